import { tinykeys } from 'tinykeys'
import type { AppState } from '../store/app-store'
import type { Commands } from '../store/commands'
import type { RoomId } from '../store/rooms'
import { COPIES, type CopyKind } from './copy-kinds'

/** Elements in which keys mean text or have a meaning of their own. */
const OWNS_KEYS = 'input:not([type="radio"]):not([type="range"]), select, textarea, dialog, [contenteditable]'
/** Elements that arrows already move. */
const OWNS_ARROWS = 'input, select, textarea, dialog, [role="grid"], [role="group"] [data-bit], [contenteditable]'
/** Elements that Space already presses. */
const OWNS_SPACE = `${OWNS_ARROWS}, button, a, summary`

/** What keys do in the story. */
export interface StoryActions {
  readonly next: () => void
  readonly back: () => void
  readonly again: () => void
  /** The answer at this place, from 1; 0 for none yet. */
  readonly answer: (place: number) => void
  readonly sources: () => void
}

/** What keys do on the Stage, and in the speaker's window, which asks the Stage for it. */
export interface StageActions {
  readonly next: () => void
  readonly back: () => void
  readonly again: () => void
  readonly lift: () => void
  readonly toggleCover: (cover: 'black' | 'white') => void
  readonly askNumber: () => void
  readonly digit: (digit: number) => void
  readonly toggleOverview: () => void
  readonly toggleSpotlight: () => void
  readonly nextTheme: () => void
  readonly fullscreen: () => void
  readonly speaker: () => void
}

/** What keys can do besides the store's commands. */
export interface PageActions {
  readonly nextTheme: () => void
  readonly help: () => void
  /** Opens the scene beside the one that is open. */
  readonly nextScene: (by: 1 | -1) => void
  readonly copy: (kind: CopyKind) => void
  readonly story: StoryActions
  /** Only where a talk is given. */
  readonly stage?: StageActions
  /** Moves the focus to a part of the Lab. */
  readonly focus: (part: 'word' | 'pages') => void
}

/** The parts of the help: what a key is about. */
export const KEY_GROUPS = ['Story', 'Time', 'World', 'Doing', 'Word and pages', 'Page', 'Stage'] as const
type KeyGroup = (typeof KEY_GROUPS)[number]

/** One key and what it does. Help and the binding read the same table. */
export interface Shortcut {
  /** As tinykeys writes it. */
  readonly key: string
  /** As it stands on key caps, one cap a word. */
  readonly cap: string
  /** What it does, as a verb. Keys that do the same stand in one row of the help. */
  readonly does: string
  readonly group: KeyGroup
  readonly act: (commands: Commands, page: PageActions, now: AppState) => void
  /** Where the key means something else already; by default where keys mean text. */
  readonly unlessIn?: string
  /** The rooms in which it acts; the Lab alone where none are named. */
  readonly rooms?: readonly RoomId[]
}

const time = (key: string, cap: string, does: string, act: Shortcut['act'], unlessIn = OWNS_ARROWS): Shortcut => ({
  key,
  cap,
  does,
  act,
  unlessIn,
  group: 'Time',
})

const letter = (group: KeyGroup, cap: string, does: string, act: Shortcut['act']): Shortcut => ({
  key: cap.replace(' ', '+'),
  cap,
  does,
  act,
  group,
})

const inStory = (key: string, cap: string, does: string, act: Shortcut['act'], unlessIn = OWNS_ARROWS): Shortcut => ({
  key,
  cap,
  does,
  act,
  unlessIn,
  group: 'Story',
  rooms: ['story'],
})

const ANSWERS = [1, 2, 3, 4].map((place) =>
  inStory(`${place}`, `${place}`, 'answer the question', (_, { story }) => story.answer(place), OWNS_KEYS),
)

const STORY: readonly Shortcut[] = [
  inStory('ArrowRight', 'ArrowRight', 'next', (_, { story }) => story.next()),
  inStory('PageDown', 'PageDown', 'next', (_, { story }) => story.next(), OWNS_KEYS),
  inStory('Space', 'Space', 'next', (_, { story }) => story.next(), OWNS_SPACE),
  inStory('ArrowLeft', 'ArrowLeft', 'back', (_, { story }) => story.back()),
  inStory('PageUp', 'PageUp', 'back', (_, { story }) => story.back(), OWNS_KEYS),
  inStory('Home', 'Home', 'this beat once more', (_, { story }) => story.again()),
  ...ANSWERS,
  inStory('0', '0', 'I do not know yet', (_, { story }) => story.answer(0), OWNS_KEYS),
  inStory('m', 'M', 'more, with sources', (_, { story }) => story.sources(), OWNS_KEYS),
]

const TIME: readonly Shortcut[] = [
  time('ArrowRight', 'ArrowRight', 'one step', (c) => c.step()),
  time('ArrowLeft', 'ArrowLeft', 'one step back', (c) => c.back()),
  time('Space', 'Space', 'run, or pause', (c, _, { playing }) => (playing ? c.pause() : c.run()), OWNS_SPACE),
  time('Shift+ArrowRight', 'Shift ArrowRight', 'to the next fault', (c) => c.toNextFault()),
  time('Shift+ArrowLeft', 'Shift ArrowLeft', 'to the fault before', (c) => c.toFaultBefore()),
  letter('Time', 'E', 'to the outcome', (c) => c.toOutcome()),
  letter('Time', 'Shift E', 'to the start of the tape', (c) => c.seek(0)),
  letter('Time', 'C', 'compare two worlds', (c) => c.compare()),
  letter('Time', 'D', 'to the first difference', (c) => c.toDifference()),
]

const WORLD: readonly Shortcut[] = [
  // By place: on some keyboards the brackets take a second key.
  { ...letter('World', ']', 'next scenario', (_, page) => page.nextScene(1)), key: 'BracketRight' },
  { ...letter('World', '[', 'scenario before', (_, page) => page.nextScene(-1)), key: 'BracketLeft' },
  letter('World', 'K', 'next kernel', (c) => c.nextKernel(1)),
  letter('World', 'Shift K', 'kernel before', (c) => c.nextKernel(-1)),
  letter('World', 'V', 'the other machine', (c) => c.otherMachine()),
  letter('World', 'N', 'NUMA balancing: next', (c) => c.nextNuma()),
  letter('World', 'R', 'access: read', (c) => c.setAccess('read')),
  letter('World', 'W', 'access: write', (c) => c.setAccess('write')),
  letter('World', 'X', 'access: execute', (c) => c.setAccess('exec')),
  letter('World', 'O', 'open a recording of your own', (c) => c.askForFile(true)),
  letter('World', 'P', 'parent or child', (c) => c.otherProcess()),
]

/** The rooms in which one reads and does; where a talk is given keys mean other things. */
const TO_READ: readonly RoomId[] = ['story', 'lab', 'proof', 'clinic', 'model', 'handout']

/** The rooms in which the reader does something to a run. */
const RUNS: readonly RoomId[] = ['story', 'lab']

const DOING: readonly Shortcut[] = [
  letter('Doing', 'F', 'fork', (c) => c.choose({ do: 'fork' })),
  letter('Doing', 'S', 'scan', (c) => c.scan()),
  letter('Doing', 'M', 'mprotect: none', (c) => c.mprotect('none')),
  letter('Doing', 'Shift M', 'mprotect: read, write', (c) => c.mprotect('read-write')),
  letter('Doing', 'Shift O', 'swap out', (c) => c.reclaim()),
  letter('Doing', 'Q', 'the child exits', (c) => c.exitChild()),
  letter('Doing', 'Shift R', 'reset', (c) => c.reset()),
  { key: '$mod+z', cap: 'Ctrl Z', does: 'undo', group: 'Doing', act: (c) => c.undo(), rooms: RUNS },
  { key: '$mod+Shift+z', cap: 'Ctrl Shift Z', does: 'redo', group: 'Doing', act: (c) => c.redo(), rooms: RUNS },
  { key: '$mod+y', cap: 'Ctrl Y', does: 'redo', group: 'Doing', act: (c) => c.redo(), rooms: RUNS },
]

const DIGITS = Array.from({ length: 10 }, (_, bit) =>
  letter('Word and pages', `${bit}`, 'flip bit 0 to 9', (c) => c.flip(bit)),
)

const WORD: readonly Shortcut[] = [
  ...DIGITS,
  letter('Word and pages', 'Y', 'why is bit 8 so?', (c, _, { why }) => c.explain(why === 8 ? null : 8)),
  letter('Word and pages', 'B', 'focus on bit 8', (_, page) => page.focus('word')),
  letter('Word and pages', 'G', 'focus on the page table', (_, page) => page.focus('pages')),
  letter('Word and pages', 'Z', 'zoom out to all tables, and in', (c) => c.zoom()),
]

const copy = (cap: string, kind: CopyKind): Shortcut =>
  letter('Page', cap, `copy ${COPIES[kind]}`, (_, page) => page.copy(kind))

const PAGE: readonly Shortcut[] = [
  // The Clinic makes its link itself: its address holds nothing of what was pasted.
  { ...copy('L', 'link'), rooms: TO_READ.filter((room) => room !== 'clinic') },
  copy('Shift L', 'tape'),
  copy('H', 'word'),
  copy('Shift H', 'sentence'),
  { ...letter('Page', 'T', 'next theme', (_, page) => page.nextTheme()), rooms: TO_READ },
  { ...letter('Page', '?', 'this help', (_, page) => page.help()), key: 'Shift+?', rooms: TO_READ },
]

const onStage = (cap: string, does: string, act: (stage: StageActions) => void, key = cap): Shortcut => ({
  key,
  cap,
  does,
  act: (_, { stage }) => stage && act(stage),
  group: 'Stage',
  rooms: ['stage', 'speaker'],
})

const next = (cap: string) => onStage(cap, 'next', (stage) => stage.next())
const back = (cap: string, key = cap) => onStage(cap, 'one beat back', (stage) => stage.back(), key)

/** What clickers send, and what a hand finds in the dark. Nothing else does anything there. */
const STAGE: readonly Shortcut[] = [
  ...['PageDown', 'ArrowRight', 'ArrowDown', 'Space', 'N', 'Enter'].map(next),
  ...['PageUp', 'ArrowLeft', 'ArrowUp', 'P', 'Backspace'].map((cap) => back(cap)),
  back('Shift Space', 'Shift+Space'),
  ...['.', 'B'].map((cap) => onStage(cap, 'black', (stage) => stage.toggleCover('black'))),
  onStage('W', 'white', (stage) => stage.toggleCover('white')),
  onStage('F5', 'this beat from its start', (stage) => stage.again()),
  onStage('Home', 'this beat from its start', (stage) => stage.again()),
  onStage('0', 'this beat from its start', (stage) => stage.digit(0)),
  onStage('Escape', 'lift black, list and number', (stage) => stage.lift()),
  onStage('G', 'go to a beat by its number', (stage) => stage.askNumber()),
  onStage('O', 'overview', (stage) => stage.toggleOverview()),
  onStage('T', 'theme', (stage) => stage.nextTheme()),
  onStage('L', 'spotlight', (stage) => stage.toggleSpotlight()),
  onStage('F', 'full screen', (stage) => stage.fullscreen()),
  onStage('S', 'speaker window', (stage) => stage.speaker()),
  ...[1, 2, 3, 4].map((digit) => onStage(`${digit}`, 'what the room predicts', (stage) => stage.digit(digit))),
  onStage('5', 'to the five-minute script', (stage) => stage.digit(5)),
  ...[6, 7, 8, 9].map((digit) => onStage(`${digit}`, 'a digit of the number', (stage) => stage.digit(digit))),
]

/** The shortcut of the Stage that a key means, by the name that `stageKey` gives it. */
export const stageShortcut = (key: string): Shortcut | undefined => STAGE.find((each) => each.key === key)

/** A key as the table writes it; null where it is held together with a key of the system. */
export function stageKey({ key, code, shiftKey, ctrlKey, altKey, metaKey }: KeyboardEvent): string | null {
  if (ctrlKey || altKey || metaKey) return null
  if (key === ' ' || code === 'Space') return shiftKey ? 'Shift+Space' : 'Space'
  return key.length === 1 ? key.toUpperCase() : key
}

/** The one table of shortcuts. */
export const SHORTCUTS: readonly Shortcut[] = [...STORY, ...TIME, ...WORLD, ...DOING, ...WORD, ...PAGE, ...STAGE]

/** Keys that do the same thing share a row. */
export interface KeyRow {
  readonly does: string
  readonly caps: readonly string[]
}

/** Shortcuts by what they do, in the order of the table. */
export function rowsOf(shortcuts: readonly Shortcut[]): readonly KeyRow[] {
  const rows = new Map<string, string[]>()
  for (const { cap, does } of shortcuts) rows.set(does, [...(rows.get(does) ?? []), cap])
  return [...rows].map(([does, caps]) => ({ does, caps }))
}

/** The rooms in which a shortcut acts. */
export const roomsOf = ({ rooms = ['lab'] }: Shortcut): readonly RoomId[] => rooms

/** Is it a single character, with Shift or without? Such keys can be switched off. */
export const isLetterKey = ({ cap }: Shortcut): boolean => /^(?:Shift )?.$/u.test(cap)

/** Bind the shortcuts of the table that act in this room. Returns what takes them away again. */
export function bindKeys(
  commands: Commands,
  page: PageActions,
  now: () => AppState,
  { room, letters }: { readonly room: RoomId; readonly letters: boolean },
): () => void {
  const active = SHORTCUTS.filter((each) => roomsOf(each).includes(room) && (letters || !isLetterKey(each)))
  const bound = active.map(({ key, act, unlessIn = OWNS_KEYS }) => [
    key,
    (event: KeyboardEvent) => {
      if (event.target instanceof Element && event.target.closest(unlessIn)) return
      event.preventDefault()
      act(commands, page, now())
    },
  ])
  return tinykeys(window, Object.fromEntries(bound))
}
