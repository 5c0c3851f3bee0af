import { accessIn, errorCodeText, PF_PROT, PF_USER, type Access } from '../arch/error-code'
import { fromHex, has, PRESENT, RW, USER } from '../arch/pte'
import { TASK_SIZE_MAX } from '../arch/vaddr'
import { noun } from '../trace/access-sentences'
import { anonymous, vmaText } from './context'
import { mayHaveWritten, type Diagnosis } from './diagnosis'
import type { FoundFault } from './paste'
import { nextTouches, type Subject } from './next-touch'
import { LINUX_READERS, type LinuxReader } from './readers'
import { linuxReading } from './reading'
import { pageOf } from './hex-word'
import { isSick } from './say'
import { onMachine } from './words'
import { isExecutable } from './entry-kind'
import type { MachineId } from '../machine/platforms'

/** A fault and the entry that was printed for it, said together. */
export interface Joined {
  /** The error code in words; empty where none was found. */
  readonly code: string
  readonly sentences: readonly string[]
  /** The one of them that tells of a touch that would never have ended; null where none does. */
  readonly sick: string | null
  /** Readers (ids) and machines on which this very touch would never have ended. */
  readonly endless: readonly { readonly reader: string; readonly machine: MachineId }[]
}

/** What a fault, an entry and the model say together. */
export function joinFault({ code, address, user, oops }: FoundFault, diagnosis: Diagnosis): Joined {
  if (code === null) return { code: '', sentences: [], sick: null, endless: [] }
  const { subject } = diagnosis
  const kernels = address !== null && pageOf(fromHex(address)!) >= TASK_SIZE_MAX
  const endless = kernels ? [] : endlessOn(subject, code)
  const sick = endless.length > 0 ? endlessSentence(endless, subject, code) : null
  return {
    code: `0x${code.toString(16)}: ${errorCodeText(code)}`,
    sentences: [
      agreement(subject, code),
      ...(sick ? [sick] : []),
      ...(kernels && !user ? ['A kernel address never reaches the memory manager (PF1).'] : []),
      ...(oops && !kernels ? [REFUSED] : []),
    ],
    sick,
    endless,
  }
}

const REFUSED =
  'An oops was printed, so Linux did not mend the fault: no mapping was there, or it forbids the access (PF2, PF3), or the kernel was not allowed to fault.'

/** Do error code and entry fit together? [HW3] [HW5] */
function agreement({ word, level }: Subject, code: number): string {
  const present = has(word, PRESENT)
  if (Boolean(code & PF_PROT) !== present)
    return present
      ? 'The error code says not present, the entry that was printed is: it changed in between, or the CPU went by another table.'
      : 'The error code says present, the entry that was printed is not: it changed in between, or the CPU went by another table.'
  if (!present) return 'Entry and error code agree: PRESENT is 0, so any touch faults.'
  const access = accessIn(code)
  if (code & PF_USER && !has(word, USER))
    return 'Entry and error code agree: a program may not use an entry without USER.'
  if (access === 'write' && !has(word, RW)) return 'Entry and error code agree: a write to a present page without RW.'
  if (access === 'exec' && !isExecutable(word)) return 'Entry and error code agree: a fetch from a page with NX.'
  return level === 'PTE'
    ? 'The entry allows this access: an entry above it forbids it, or SMAP, SMEP or a protection key does.'
    : 'This entry leads on: one below it decides.'
}

/** On which Linux and machine this touch would never have ended, by carrying it out. */
function endlessOn(subject: Subject, code: number): Joined['endless'] {
  const access = accessIn(code)
  const machines: readonly MachineId[] = subject.machine ? [subject.machine] : ['bare', 'xen']
  return LINUX_READERS.filter((reader) => isItsWord(subject, reader)).flatMap((reader) =>
    machines.flatMap((machine) => {
      const standing: Subject = { ...subject, machine, vma: mappingFor(subject, access) }
      const next = nextTouches(standing, reader, !(code & PF_USER)).find((each) => each.access === access)
      return next && next.answers.length > 0 && next.answers.every(isSick) ? [{ reader: reader.id, machine }] : []
    }),
  )
}

const isItsWord = (subject: Subject, reader: LinuxReader): boolean =>
  mayHaveWritten(subject, reader, linuxReading(subject, reader))

/** The mapping that is known, else the one in which the touch is allowed. */
const mappingFor = ({ vma }: Subject, access: Access): Subject['vma'] =>
  vma ?? anonymous(access === 'write' ? 'rw' : access === 'exec' ? 'rx' : 'r')

function endlessSentence(endless: Joined['endless'], subject: Subject, code: number): string {
  const access = accessIn(code)
  const vma = mappingFor(subject, access)
  const where =
    vma === 'none' || vma === null
      ? ''
      : `${subject.vma ? 'In its mapping' : 'In a mapping that allows it'} (${vmaText(vma)}) `
  const names = [...new Set(endless.map(({ reader }) => LINUX_READERS.find(({ id }) => id === reader)!.title))]
  const machines = [...new Set(endless.map(({ machine }) => onMachine(machine)))]
  return `${where}this ${noun(access)} would never end ${machines.join(' and ')} on ${names.join(' and ')}.`
}
