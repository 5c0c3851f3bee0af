import { fromHex, has, PRESENT, SOFT_DIRTY, toHex, withFrame, frameOf, RW, type Pte } from '../arch/pte'
import { PAGE_SIZE, TASK_SIZE_MAX } from '../arch/vaddr'
import { readCapture } from '../decode/capture-reader'
import { captureScenario, type CaptureScenario } from '../decode/capture-scenario'
import { kernelById } from '../kernel/variants'
import { pageProtection } from '../kernel/protection'
import { noun } from '../trace/access-sentences'
import { LINK_DEFAULTS, linkText } from '../trace/link'
import { accessIn, type Access } from '../arch/error-code'
import { anonymous, vmaFlags, vmaOfFlags, vmaText, type Vma } from './context'
import type { Case } from './examine'
import { LINUX_READERS, type LinuxReader } from './readers'
import { frameToLinux, entryKind } from './entry-kind'
import { SOME_ADDRESS } from './next-touch'
import { isSick } from './say'
import { FRAME_OFFSET } from './touch-image'
import { capital, onMachine } from './words'
import type { MachineId } from '../machine/platforms'

/** One word in its place, as the Lab opens it: all of it stands in the scenario's id, so that a link is enough. */
export interface LabWord {
  readonly word: string
  /** The word is as Linux counts frames. */
  readonly asVal: boolean
  readonly address: number
  readonly machine: MachineId
  readonly vma: Vma
  /** Is the page mapped by another process too? */
  readonly shared: boolean
}

const ID = /^word-([0-9a-f]{1,16})-([0-9a-f]{1,12})-([bx])([vm])([12])-([0-9a-f]{1,8})$/

/** The id of a scenario that begins with this word. */
export const labWordId = ({ word, asVal, address, machine, vma, shared }: LabWord): string =>
  `word-${word.replace(/^0+(?=.)/, '')}-${address.toString(16)}-${machine.charAt(0)}${asVal ? 'v' : 'm'}${shared ? 2 : 1}-${vmaFlags(vma).toString(16)}`

/** The inverse of `labWordId`; null for an id that says no word in a place that can run. */
export function labWordOf(id: string): LabWord | null {
  const [, word, address, machine, form, mappers, flags] = ID.exec(id) ?? []
  if (word === undefined) return null
  const page = Number.parseInt(address!, 16)
  if (page % PAGE_SIZE !== 0 || page >= TASK_SIZE_MAX) return null
  return {
    word: toHex(fromHex(word)!),
    asVal: form === 'v',
    address: page,
    machine: machine === 'x' ? 'xen' : 'bare',
    vma: vmaOfFlags(Number.parseInt(flags!, 16)),
    shared: mappers === '2',
  }
}

/** The word as a scenario of the Lab; null where no machine can be built around it. */
export function labWordScenario(id: string): CaptureScenario | null {
  const lab = labWordOf(id)
  const result = lab && readCapture(captureText(lab))
  const capture = result?.ok ? result.captures[0] : undefined
  if (!lab || !capture) return null
  const scenario = captureScenario(capture, {
    id,
    title: `Pasted: ${lab.word}`,
    look: 'A word out of the Clinic, in a machine of one page. Step through the access and see what each kernel makes of it.',
  })
  return scenario.pages.length > 0 ? scenario : null
}

/** A recording of one page. */
function captureText({ word, asVal, address, machine, vma, shared }: LabWord): string {
  const printed = fromHex(word)!
  const present = has(printed, PRESENT)
  const translated = asVal && machine === 'xen' && present
  const raw = translated ? withFrame(printed, frameOf(printed) + FRAME_OFFSET) : printed
  const flags = vmaFlags(vma)
  const at = address.toString(16)
  const protection = toHex(pageProtection(flags, vma.backing))
  return [
    'one-bit-two-names capture 2',
    `platform ${machine}`,
    `soft-dirty ${has(printed, SOFT_DIRTY) ? 'yes' : 'no'}`,
    'about note A pasted word. The frames around it are made up.',
    `map ${at} ${(address + PAGE_SIZE).toString(16)} ${flags.toString(16)} ${protection} ${vma.shared ? '/dev/shm/pasted' : '[anon]'}`,
    `PTE ${at} ${toHex(raw)} ${translated ? frameOf(printed).toString(16) : '-'} ${shared ? 2 : 1}`,
    'end 1',
    '',
  ].join('\n')
}

/** A way into the Lab: a link, or why there is none. */
export interface LabWay {
  readonly link: string | null
  readonly says: string
  /** The same on 3.20-rc0, where the access never ends; null where that is the link itself, or it does end. */
  readonly loop: string | null
}

/** The Lab with a case's word, its mapping, machine and kernel, and the access begun that was faulting. */
export function labWay({ diagnosis, fault }: Case, chosen: LinuxReader | null): LabWay {
  const { subject, writer } = diagnosis
  const { word, level, address, vma, asVal } = subject
  if (level !== 'PTE') return none('The Lab runs entries of 4 KB pages: open one of these.')
  if (address !== null && address >= TASK_SIZE_MAX) return none('A page of the kernel: the Lab runs pages of programs.')
  if (vma === 'none') return none('Nothing is mapped here: every access ends in SIGSEGV (PF2).')
  const access = typeof fault?.code === 'number' ? accessIn(fault.code) : 'write'
  const machine = subject.machine ?? 'bare'
  const sick = sickReader(diagnosis, access)
  const reader = chosen ?? sick ?? writer.value ?? LINUX_READERS.at(-1)!
  const kernel = kernelOf(reader)
  if (tooFar(subject, reader)) return none('Its frame lies beyond the memory of the Lab’s machine.')
  const mapping = vma ?? anonymous(rightsFor(word, access))
  const scenario = labWordId({
    word: toHex(word),
    asVal,
    address: address ?? SOME_ADDRESS.program,
    machine,
    vma: mapping,
    shared: false,
  })
  const linkOn = (on: string): string =>
    linkText({
      ...LINK_DEFAULTS,
      scenario,
      machine,
      kernel: on,
      access,
      page: 0,
      choices: [{ do: 'access', process: 0, page: 0, access }],
      play: true,
    })
  return {
    link: linkOn(kernel),
    loop: sick && kernel !== kernelOf(sick) ? linkOn(kernelOf(sick)) : null,
    says: `${capital(noun(access))} on Linux ${kernelById(kernel)?.name ?? kernel}, ${onMachine(machine)}, mapping ${vmaText(mapping)}.`,
  }
}

const none = (says: string): LabWay => ({ link: null, says, loop: null })

/** What is taken for the mapping where nobody told: one that allows the access. */
const rightsFor = (word: Pte, access: Access): string =>
  access === 'exec' ? 'rx' : has(word, RW) || access === 'write' ? 'rw' : 'r'

/** The first Linux on which this access never ends: the one to look at. */
function sickReader({ readings }: Case['diagnosis'], access: Access): LinuxReader | null {
  const sick = readings.filter(
    ({ linux, next }) => linux && next.find((each) => each.access === access)?.answers.some(isSick),
  )
  const ids = sick.map(({ reader }) => reader)
  return LINUX_READERS.find(({ id }) => id === 'rc0' && ids.includes(id)) ?? null
}

/** The kernel of the Lab that stands for a reader: its own, or the nearest whose fault path was read. */
const kernelOf = ({ id, paths }: LinuxReader): string => (id === '3.7' ? '3.14' : paths.at(-1)!.id)

function tooFar({ word, level }: Case['diagnosis']['subject'], { kernel }: LinuxReader): boolean {
  const kind = entryKind(kernel, level, word)
  return (kind === 'page' || kind === 'shut') && frameToLinux(kernel, level, word, kind) >= 2 ** 33
}
