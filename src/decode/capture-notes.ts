import { has, RW, same, type Pte } from '../arch/pte'
import { PAGE_SIZE } from '../arch/vaddr'
import type { Kernel } from '../kernel/variants'
import type { Assumption, Capture } from './capture'
import type { FramePlan } from './captured-frames'
import type { CapturedPage, CapturedPages } from './captured-page'
import { grouped } from './refusal'
import type { MachineId } from '../machine/platforms'

/** One thing a reader has to know about a recorded process that runs here. */
export interface Note {
  /** `recorded`: as it was; `changed`: written anew; `left out`; `assumed`: the recording does not tell. */
  readonly about: 'recorded' | 'changed' | 'left out' | 'assumed'
  readonly text: string
}

type Draft = readonly [about: Note['about'], count: number, text: string]

const MACHINE = { bare: 'bare metal', xen: 'Xen PV' } as const

/** What is as recorded, what was changed, what is missing and what is assumed. Nothing is said of things that are not there. */
export function captureNotes(
  capture: Capture,
  part: CapturedPages,
  words: readonly (Pte | undefined)[],
  plan: FramePlan,
  kernel: Kernel,
  platform: MachineId,
): readonly Note[] {
  const { pages } = part
  const drafts = [
    ...presentNotes(capture, pages, platform),
    ...rewrittenNotes(pages, words, kernel),
    ...leftOutNotes(capture, part),
    ...assumptions(capture, pages, plan),
  ]
  return drafts.filter(([, count]) => count > 0).map(([about, , text]) => ({ about, text }))
}

const plural = (count: number, one: string, many = `${one}s`): string => `${grouped(count)} ${count === 1 ? one : many}`
const ofKind = (pages: readonly CapturedPage[], wanted: CapturedPage['kind']) =>
  pages.filter(({ kind }) => kind === wanted)

function presentNotes(capture: Capture, pages: readonly CapturedPage[], platform: MachineId): Draft[] {
  const count = ofKind(pages, 'present').length
  const entries = plural(count, 'present entry', 'present entries')
  const away = `Recorded on ${MACHINE[capture.platform]}, placed on ${MACHINE[platform]}: ${entries}`
  if (platform === capture.platform) return [['recorded', count, `${entries}: word for word as recorded.`]]
  return platform === 'bare'
    ? [['changed', count, `${away} got the guest's frame numbers, and user entries lost bit 8, which Xen had added.`]]
    : [['changed', count, `${away} got machine frame numbers, which are made up, and bit 8, as Xen adds it.`]]
}

/** Entries without PRESENT: those that lie here as they were recorded, and those that had to be written anew. */
function rewrittenNotes(pages: readonly CapturedPage[], words: readonly (Pte | undefined)[], kernel: Kernel): Draft[] {
  const asRecorded = (kind: CapturedPage['kind']) => {
    const all = pages.flatMap((page, index) => (page.kind === kind ? [{ page, word: words[index] }] : []))
    const kept = all.filter(({ page, word }) => word !== undefined && same(page.raw, word)).length
    return { kept, anew: all.length - kept }
  }
  const forbidden = asRecorded('prot_none-vma')
  const hints = asRecorded('numa-hint')
  const swapped = asRecorded('swap-or-migration')
  const inverted = 'Linux 6.1 stores their frames inverted, kernels of 2015 do not'
  const kept = forbidden.kept + hints.kept + swapped.kept
  return [
    ['recorded', kept, `${plural(kept, 'entry', 'entries')} without PRESENT: word for word as recorded.`],
    [
      'changed',
      forbidden.anew,
      `${plural(forbidden.anew, 'PROTNONE entry', 'PROTNONE entries')} of mprotect, written anew for ${kernel.name}: ${inverted}.`,
    ],
    ['changed', hints.anew, `${plural(hints.anew, 'NUMA hint')}, ${hintText(kernel)}: ${inverted}.`],
    [
      'changed',
      lostWrite(pages, kernel),
      `${plural(lostWrite(pages, kernel), 'hint')} had kept RW; ${kernel.name} does not keep it.`,
    ],
    [
      'changed',
      swapped.anew,
      `${plural(swapped.anew, 'swap entry', 'swap entries')}, written anew in the layout of ${kernel.name}; slot numbers are given out in order.`,
    ],
  ]
}

/** Hints that had RW, where the kernel's own hints do not. */
function lostWrite(pages: readonly CapturedPage[], kernel: Kernel): number {
  if (kernel.keepsWriteOverHint || kernel.marking === 'bit 9' || !kernel.numaBuilt) return 0
  return ofKind(pages, 'numa-hint').filter(({ raw }) => has(raw, RW)).length
}

function hintText(kernel: Kernel): string {
  if (!kernel.numaBuilt) return 'made present, for this kernel is built without NUMA balancing'
  if (kernel.marking === 'own protection') return `made present, for the scanner of ${kernel.name} marks nothing`
  return `marked as ${kernel.name} marks them`
}

function leftOutNotes(capture: Capture, { pages, huge, hugeCovers, unmapped, strange }: CapturedPages): Draft[] {
  return [
    ['left out', huge, `${plural(huge, 'huge page')}: this machine runs entries of 4 KiB pages only.`],
    ['left out', unmapped, `${plural(unmapped, 'entry', 'entries')} outside of every mapping.`],
    [
      'left out',
      strange,
      `${plural(strange, 'entry', 'entries')} whose frame lies beyond the memory of the model, or goes by another number elsewhere.`,
    ],
    [
      'left out',
      capture.pinned ? 0 : 1,
      'That no program runs in these tables yet: Xen does not know them. Here one can, and what Linux stores gets no bit 8.',
    ],
    ...absentNotes(capture, pages, hugeCovers),
    ['left out', pages.length, 'The tables above the last level are built anew; the recorded ones do not run.'],
  ]
}

/** Pages of the mappings met that have no entry in this part of the recording. */
function absentNotes(capture: Capture, pages: readonly CapturedPage[], inHuge: number): Draft[] {
  if (capture.assumed.includes('mappings')) return []
  const seen = new Map<number, number>()
  for (const { vmaIndex } of pages) seen.set(vmaIndex, (seen.get(vmaIndex) ?? 0) + 1)
  const missing = [...seen].map(([index, count]) => {
    const vma = capture.vmas[index]!
    return (vma.end - vma.start) / PAGE_SIZE - count
  })
  const absent = missing.reduce((sum, count) => sum + count, 0) - inHuge
  const places = missing.filter((count) => count > 0).length
  const text = `${plural(absent, 'page')} of ${plural(places, 'mapping')} without an entry here: those that are empty were recorded in small mappings only.`
  return [['left out', absent, text]]
}

const ASSUMED: Record<Assumption, string> = {
  machine: 'On which machine it was recorded: under Xen PV if most present entries have bit 8, on bare metal if not.',
  addresses: 'The addresses: one page after the other.',
  mappings: 'The mappings: private, anonymous memory that may be read, written and run.',
  frames: "The guest's frame numbers: the machine's own.",
}

function assumptions(capture: Capture, pages: readonly CapturedPage[], plan: FramePlan): Draft[] {
  const inFiles = pages.filter(({ backing, pfn }) => backing === 'file' && pfn !== null)
  const copies = inFiles.filter(({ content }) => content === 'anon').length
  const counted = pages.filter(({ mapcount }) => mapcount !== null).length
  const named = pages.filter(({ pfn }) => pfn !== null).length
  const swapped = ofKind(pages, 'swap-or-migration').length
  return [
    [
      'recorded',
      counted,
      'Map counts are as recorded. They also count processes that are not here, such as the child of a fork.',
    ],
    ...capture.assumed.map((each): Draft => ['assumed', 1, ASSUMED[each]]),
    ['assumed', named - counted, `Map counts of ${plural(named - counted, 'page')}: mapped once.`],
    [
      'assumed',
      inFiles.length,
      `Which pages of files are private copies: those dirty, soft-dirty or writable (${copies}); the other ${inFiles.length - copies} are the file's own.`,
    ],
    [
      'assumed',
      pages.length,
      'Anonymous mappings hold anonymous pages, or the zero page where the entry is special; a mapping with such a page was written (it has an anon_vma).',
    ],
    [
      'assumed',
      plan.madeUpMachineFrames,
      `${plural(plan.madeUpMachineFrames, 'machine frame')} of pages without PRESENT: those entries hold the guest's frame only.`,
    ],
    [
      'assumed',
      plan.madeUpFilePages,
      `${plural(plan.madeUpFilePages, 'frame')} of file pages that no recorded entry maps: the numbers are made up.`,
    ],
    ['assumed', swapped, 'Each swap slot is named by one entry only.'],
    ['assumed', plan.frames.length, 'Free frames lie beyond the recorded ones, and the process has a single thread.'],
  ]
}
