import { notation, substituted, holds, type Predicate } from '../arch/predicate'
import { groupedHex, RW, same, type Pte } from '../arch/pte'
import { stepById } from '../arch/step'
import { pagesOfMapping, type KernelCx } from '../kernel/context'
import { hintOffPath } from '../kernel/variants'
import { cellName } from './cell-name'
import { differenceOf, differenceWords } from './entry-difference'
import type { Lockstep } from './lockstep'
import { entryBefore, momentOf, snapshot, type Moment } from './moment'
import type { Playback } from './replay'
import { entryAt, entryIn, type Scene } from './scene'
import { stepTitle } from './sentence'

/** One world's side of a place where two worlds differ. */
export interface Side {
  /** What it asked or wrote, as notation. */
  readonly asked: string
  /** The same with its numbers in it; empty where there are none. */
  readonly numbers: string
  readonly verdict: 'yes' | 'no' | null
  /** The step it takes next. */
  readonly next: string
}

/** A place where two worlds differ, said. */
export interface Difference {
  /** How many columns have happened once it has. */
  readonly step: number
  readonly parts: boolean
  readonly words: string
  readonly a: Side
  readonly b: Side
}

/** Say how the worlds differ at a column; the scenes are those after it. */
export function differenceAt(both: Lockstep, column: number, a: Scene, b: Scene): Difference {
  const { parts, cells, a: atA, b: atB } = both.columns[column]!
  const [askedA, askedB] = [atA === null ? null : questionAt(a), atB === null ? null : questionAt(b)]
  const about = { step: column + 1, parts }
  // The same answer twice means that something else decided.
  if (parts && askedA && askedB && verdictOn(askedA) !== verdictOn(askedB))
    return { ...about, words: questionWords(askedA, askedB), a: answered(askedA, a), b: answered(askedB, b) }
  const shown = shownCell(a, cells)
  if (!parts && shown !== null)
    return { ...about, words: wordWords(a, b, shown), a: wrote(a, shown), b: wrote(b, shown) }
  return { ...about, words: wayWords(a, b, atA !== null && atB !== null), a: went(a, atA), b: went(b, atB) }
}

/** A question that a step asked of an entry. */
interface Question {
  readonly predicate: Predicate
  readonly word: Pte
}

const IS_WRITABLE: Predicate = { form: 'any', name: 'pte_write', mask: RW }

/** The question that the tick of a scene asked of an entry; null where it asked none. */
function questionAt(scene: Scene): Question | null {
  const at = momentOf(scene)
  if (!at) return null
  const { kernel } = at
  switch (at.tick.step.name) {
    case 'pte_present?':
      return { predicate: kernel.present, word: snapshot(at) }
    case 'hint?':
      return { predicate: kernel.hint, word: snapshot(at) }
    case 'write, not RW?':
      return { predicate: IS_WRITABLE, word: snapshot(at) }
    case 'change_pte_range, hint':
      return { predicate: hintOffPath(kernel), word: scannedEntry(at) }
    default:
      return null
  }
}

/** The entry that this step of the scanner's pass looked at. */
function scannedEntry(at: Moment): Pte {
  const passed = at.before[at.cpu.cursor]!
  const page = pagesOfMapping(at.machine, at.page)[passed] ?? at.page
  return entryBefore(at, page)
}

function questionWords(a: Question, b: Question): string {
  if (notation(a.predicate) === notation(b.predicate)) return 'Two words, one test, two answers.'
  return same(a.word, b.word) ? 'The same word, the same question, two answers.' : 'Two words, two tests, two answers.'
}

const verdictOn = ({ predicate, word }: Question): boolean => holds(predicate, word.lo)

const answered = ({ predicate, word }: Question, scene: Scene): Side => ({
  asked: notation(predicate),
  numbers: substituted(predicate, word.lo),
  verdict: verdictOn({ predicate, word }) ? 'yes' : 'no',
  next: nextOf(scene),
})

/** The cell to show of those that differ: one of an entry rather than one of the books. */
function shownCell({ machine }: Scene, cells: readonly number[]): number | null {
  const entry = cells.find((cell) => cellName(machine, cell).word !== null)
  return entry ?? cells[0] ?? null
}

function wordWords(a: Scene, b: Scene, cell: number): string {
  const { word } = cellName(a.machine, cell)
  if (word === null) return 'The same step, another number.'
  const unequal = differenceOf(entryIn(a.words, word), entryIn(b.words, word))
  return `The same step, another word: ${differenceWords(unequal)} ${unequal.bits.length + Number(unequal.frame) > 1 ? 'differ' : 'differs'}.`
}

function wrote(scene: Scene, cell: number): Side {
  const { text, word } = cellName(scene.machine, cell)
  const numbers = word === null ? String(scene.words[cell]) : groupedHex(entryIn(scene.words, word))
  return { asked: text, numbers, verdict: null, next: nextOf(scene) }
}

function wayWords(a: Scene, b: Scene, both: boolean): string {
  if (!both) return 'One world takes a step here that the other does not.'
  return a.tick?.step === b.tick?.step ? 'The same step, and another one comes next.' : 'Each takes a step of its own.'
}

const went = (scene: Scene, at: number | null): Side => ({
  asked: at === null ? 'waits' : titleOf(scene),
  numbers: '',
  verdict: null,
  next: nextOf(scene),
})

const titleOf = ({ tick, machine }: Scene): string => (tick ? stepTitle(tick.step, machine.kernel) : '')

/** The step that the CPU which acted last takes next; empty where it has come to its end. */
function nextOf(scene: Scene): string {
  const at = momentOf(scene)
  if (!at) return ''
  const next = stepById<KernelCx>(at.after[at.cpu.pc]!)
  return next.name === 'idle' ? '' : stepTitle(next, at.kernel)
}

/** Entries of the process that begin as other words in the two worlds, and how many entries there are. */
export function beginOtherwise(a: Playback, b: Playback): { readonly other: number; readonly all: number } {
  const { slots } = a.machine.processes[0]!
  const isOther = (slot: number) => !same(entryIn(a.tape.start, slot), entryIn(b.tape.start, slot))
  return { other: slots.filter(isOther).length, all: slots.length }
}

/** Where two worlds first differ, and where their ways part, as a sentence. */
export function partingSentence({ first, parting }: Lockstep): string {
  if (first === null) return 'The two worlds do the same.'
  const differs = `The worlds first differ at step ${first + 1}`
  if (parting === null) return `${differs}, and take the same steps all the same.`
  return parting === first
    ? `${differs}, where their ways part.`
    : `${differs}; their ways part at step ${parting + 1}.`
}

/** How the same entry of two worlds differs at the playhead, as a sentence. */
export function entrySentence(a: Scene, b: Scene, process: number, page: number): string {
  const words = differenceWords(differenceOf(entryAt(a, process, page), entryAt(b, process, page)))
  const name = a.machine.pages[page]!.name
  return words === '' ? `The entry of ${name} is the same word in both.` : `The entry of ${name} differs in ${words}.`
}
