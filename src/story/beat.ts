import type { Access } from '../arch/error-code'
import type { Candidate } from '../explore/verdict'
import type { Choice, ProcessId, Toucher } from '../machine/choice'
import type { World } from '../trace/link'
import type { Scene } from '../trace/scene'

/** Every text of a chapter. A translation is another value of this type; identifiers stay as they are. */
export interface ChapterWords {
  readonly title: string
  /** Its name on the bar of chapters. */
  readonly short: string
  readonly beats: Readonly<Record<string, BeatWords>>
}

/** The texts of a beat. Marks: `code`, [term] for a word of the glossary, {name} for a computed number. */
export interface BeatWords {
  readonly lead: string
  readonly body?: string
  /** What there is to do, as a verb. */
  readonly verb?: string
  readonly question?: string
  /** Answers by id, in the order of their keys. */
  readonly answers?: Readonly<Record<string, AnswerWords>>
  /** What a reader who wants to know more finds behind one key; each sentence has its source. */
  readonly facts: Readonly<Record<string, string>>
}

export interface AnswerWords {
  readonly says: string
  /** Said beside the answer once the reader has seen: what was right about it. */
  readonly after: string
}

/** The public source of a sentence. */
export type SourceRef =
  /** A numbered rule: it names file and function upstream. */
  | { readonly rule: string }
  /** A commit named in kernel/history.ts. */
  | { readonly commit: string }
  | { readonly title: string; readonly href: string }

/** Where a run stands: behind the scenario's opening, at its end, or behind a step of what follows the opening. */
export type Stop = 'opening' | 'end' | { readonly behind: string; readonly time?: number }

/** The run of a figure. What is left out is as in a link that says nothing: copy-on-write, Xen PV, 3.20-rc0, a write. */
export interface Run {
  readonly scenario?: string
  readonly machine?: World['machine']
  readonly kernel?: string
  readonly numa?: World['numa']
  /** The world beside it, where two are compared. */
  readonly other?: World
  readonly access?: Access
  readonly by?: Toucher
  readonly page?: number
  readonly process?: ProcessId
  /** Done behind the scenario's opening. Left out: the access, once. */
  readonly does?: readonly Choice[]
}

/** What stands beside the words: parts of the Lab and of the Proof. */
export type Figure =
  /**
   * One process, one instruction, and how often it has faulted; `climbs`: the counter is seen to rise, for a while;
   * `recorded`: it shows what was recorded.
   */
  | { readonly shows: 'stuck'; readonly climbs?: true; readonly recorded?: true }
  /** The word alone, with what its two readers make of it. */
  | { readonly shows: 'word'; readonly readers?: true; readonly asked?: true; readonly names?: true }
  /**
   * The word above the path of its fault; `open`: the switch has not answered yet, and says so; `asked`: what Linux asked
   * to have stored stands above it.
   */
  | { readonly shows: 'path'; readonly open?: true; readonly asked?: true }
  /** The square of PRESENT and bit 8; `asks`: the reader places the word in it; `xen`: with what lives there under Xen. */
  | { readonly shows: 'square'; readonly asks?: true; readonly xen?: true }
  | { readonly shows: 'painter' }
  | { readonly shows: 'sieve' }
  | { readonly shows: 'compare' }
  | { readonly shows: 'worlds' }
  | { readonly shows: 'wall' }
  | { readonly shows: 'claims' }
  | { readonly shows: 'scope' }
  | { readonly shows: 'history' }
  | { readonly shows: 'elsewhere' }
  | { readonly shows: 'unseen' }

const PROVED = new Set<Figure['shows']>(['painter', 'sieve', 'wall', 'claims', 'scope'])

/** Does the figure, or a number beside it, wait for the proof? */
export const needsProof = ({ shows }: Figure): boolean => PROVED.has(shows)

/** What a number of the text is computed from. */
export interface Known {
  readonly scene: Scene
  /** What became of all tests; empty until the proof has come to it. */
  readonly candidates: readonly Candidate[]
  /** The recorded first program of 2015: its faults at one address, in about so many seconds. Null until it is fetched. */
  readonly recorded: { readonly faults: number; readonly seconds: number } | null
}

/** A number of the text; null while it is not known yet. */
export type Counted = (known: Known) => string | null

/** One beat, its words aside. */
export interface BeatData<W extends BeatWords = BeatWords> {
  readonly run: Run
  /** Where the run stands when the beat has come to rest. */
  readonly stop: Stop
  /** Where it sets out from when the reader comes from the beat before; left out: it does not move. */
  readonly from?: Stop
  readonly figure: Figure
  readonly numbers?: Readonly<Record<string, Counted>>
  /** The answer that the run bears out. */
  readonly right?: W['answers'] extends Readonly<Record<infer A, AnswerWords>> ? A : never
  /** The beat whose question this one answers: what the reader said stays in sight. */
  readonly reveals?: string
  readonly facts: { readonly [F in keyof W['facts']]: readonly SourceRef[] }
}

/** A beat with its place in the story. */
export interface Beat extends BeatData {
  readonly chapter: Chapter
  readonly id: string
  /** From 1, within the chapter. */
  readonly number: number
  readonly words: BeatWords
}

export interface Chapter {
  /** Stable, for addresses. */
  readonly id: string
  /** From 0. */
  readonly number: number
  readonly title: string
  readonly short: string
  readonly beats: readonly Beat[]
}

/** A chapter as it is written: every beat of the catalogue has its data, and every sentence its sources. */
export interface ChapterText<W extends ChapterWords = ChapterWords> {
  readonly id: string
  readonly words: W
  readonly beats: { readonly [B in keyof W['beats']]: BeatData<W['beats'][B]> }
}

/** Checks words and data against each other when it is compiled. */
export const chapterText = <const W extends ChapterWords>(
  id: string,
  words: W,
  beats: ChapterText<W>['beats'],
): ChapterText => ({ id, words, beats }) as unknown as ChapterText

/** Chapters in their order, with every beat in its place. */
export function bind(texts: readonly ChapterText[]): readonly Chapter[] {
  return texts.map(({ id, words, beats }, number) => {
    const chapter = { id, number, title: words.title, short: words.short, beats: [] as Beat[] }
    chapter.beats = Object.entries(words.beats).map(([name, said], index) => ({
      ...beats[name]!,
      chapter,
      id: name,
      number: index + 1,
      words: said,
    }))
    return chapter
  })
}
