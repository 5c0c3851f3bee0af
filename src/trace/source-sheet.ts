import { ENTRY_FIELDS } from '../arch/entry-fields'
import { notation } from '../arch/predicate'
import type { Source, Step } from '../arch/step'
import type { KernelCx } from '../kernel/context'
import { hasHistory, historyOf } from '../kernel/history'
import type { Kernel } from '../kernel/variants'
import { stepTitle } from './sentence'

/** A fact on the screen whose source can be asked for. */
export type Subject =
  | { readonly of: 'step'; readonly step: Step<KernelCx> }
  /** Steps that stand in one place of the picture, under the name it has there. */
  | { readonly of: 'place'; readonly title: string; readonly steps: readonly Step<KernelCx>[] }
  /** The test for a hint of the kernel that runs. */
  | { readonly of: 'test' }
  | { readonly of: 'kernel' }
  | { readonly of: 'bit'; readonly bit: number }

/** Where a fact comes from: all that is said about its source, links made elsewhere. */
export interface SourceSheet {
  readonly title: string
  readonly says: readonly string[]
  /** Numbers of the rules that it follows from. */
  readonly rules: readonly string[]
  /** A function, beyond those that the rules name. */
  readonly where: Source | null
  /** Tag or commit of Linux at which files are read. */
  readonly at: string
  readonly commits: readonly string[]
}

/** The source of a fact, in the kernel that runs. */
export function sourceSheet(subject: Subject, kernel: Kernel): SourceSheet {
  const { at, note } = historyOf(kernel)
  const empty = { says: [], rules: [], where: null, at, commits: [] }
  switch (subject.of) {
    case 'step': {
      const { rule, where } = subject.step
      const says = note && where && !where.file.startsWith('xen/') ? [note] : []
      return { ...empty, title: stepTitle(subject.step, kernel), says, rules: rule ? [rule] : [], where: where ?? null }
    }
    case 'place':
      return { ...empty, title: subject.title, rules: rulesOf(subject.steps) }
    case 'test':
      return { ...empty, ...testSheet(kernel) }
    case 'kernel':
      return {
        ...empty,
        title: `Linux ${kernel.name}`,
        says: kernelSays(kernel, note),
        commits: historyOf(kernel).commits,
      }
    case 'bit':
      return { ...empty, ...bitSheet(subject.bit) }
  }
}

/** The rules that steps carry out, each once. */
const rulesOf = (steps: readonly Step<KernelCx>[]): string[] => [...new Set(steps.flatMap(({ rule }) => rule ?? []))]

function kernelSays(kernel: Kernel, note: string | undefined): string[] {
  const booted =
    kernel.derivedOnly && hasHistory(kernel) ? ['Derived from its source; nobody known to us booted it.'] : []
  return [kernel.story, ...booted, ...(note ? [note] : [])]
}

/** Bit 8 alone, as the tree had it from this commit until the fix. */
const FAULTY_AT = '8a0516ed8b90c95ffa1363b420caa37418149f21'

function testSheet(kernel: Kernel): Partial<SourceSheet> & Pick<SourceSheet, 'title' | 'says' | 'rules'> {
  const { hint } = kernel
  const sheet = { title: hint.name, says: [`\`${notation(hint)}\``], rules: ['PT2', 'HF3'] }
  const where = { file: 'arch/x86/include/asm/pgtable.h', function: 'pte_protnone' }
  switch (hint.form) {
    case 'any':
      if (kernel.hintElsewhere) return { ...sheet, says: [...sheet.says, kernel.story] }
      return { ...sheet, where: { ...where, at: FAULTY_AT }, commits: ['e7bb4b6d1609', '8a0516ed8b90'] }
    case 'painted':
      return { ...sheet, says: [...sheet.says, 'You painted this test. All else is 3.20-rc0.'] }
    case 'never':
      return { ...sheet, says: ['Always no: this kernel is built without CONFIG_NUMA_BALANCING.'] }
    default:
      return hint.name === 'pte_numa' ? sheet : { ...sheet, where, commits: ['e3a1f6cac1fe'] }
  }
}

/** Rules that tell what a bit does; all others are only carried along. */
const RULES_OF_BIT: Readonly<Record<number, readonly string[]>> = {
  0: ['HW2', 'PT8', 'XS2'],
  1: ['HW3', 'HF5', 'PR1'],
  2: ['HW3', 'XA1'],
  5: ['HW4', 'HF6'],
  6: ['HW4', 'HF6', 'PT7'],
  8: ['PT2', 'XA1', 'HW2'],
  9: ['PT9', 'NH1', 'NH2'],
  52: ['XA1'],
  58: ['PT7'],
  63: ['HW3'],
}

function bitSheet(bit: number): Pick<SourceSheet, 'title' | 'says' | 'rules' | 'where'> {
  const field = ENTRY_FIELDS.find((each) => each.bit === bit)
  const frame = bit >= 12 && bit <= 51
  const name = bit === 8 ? 'GLOBAL and PROTNONE' : (field?.name ?? (frame ? 'part of the frame number' : ''))
  const macro = field ? `_PAGE_${field.name}` : frame ? 'PTE_PFN_MASK' : null
  return {
    title: name === '' ? `Bit ${bit}` : `Bit ${bit}: ${name}`,
    says: field ? [`With PRESENT: ${field.present}.`, `Without PRESENT: ${field.absent}.`] : [],
    rules: RULES_OF_BIT[bit] ?? (frame ? ['XP1', 'XP2', 'PT6'] : ['PT3']),
    where: macro === null ? null : { file: 'arch/x86/include/asm/pgtable_types.h', function: macro },
  }
}
