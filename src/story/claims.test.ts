import { expect, test } from 'vitest'
import { holds, quadrant } from '../arch/predicate'
import { bitOf, flipBit, FLAGS_LO, has, PROTNONE, RW, toHex } from '../arch/pte'
import { touches } from '../clinic/touch'
import { anonymous } from '../clinic/context'
import runsOf2015 from '../decode/runs-of-2015.json?raw'
import { readRecordedRuns } from '../decode/recorded-runs'
import { candidates as provedCandidates } from '../explore/candidates'
import { kernelById, v3_20_rc0, v4_0_rc1 } from '../kernel/variants'
import { createAppStore, EMPTY_EXPERIMENT } from '../store/app-store'
import { playbackOf } from '../store/derived'
import { entryAt, lastAsked, pageAt, processAt, sceneAt, slotOf, type Scene } from '../trace/scene'
import type { Beat, BeatData, Known, Run } from './beat'
import { CHAPTERS } from './chapters/chapters'
import { passBare } from './numbers'
import { beatsOf } from './place'
import { openedBeat } from './scene-of-beat'

const store = createAppStore(EMPTY_EXPERIMENT)
const BEATS = beatsOf(CHAPTERS)
const nameOf = ({ chapter, id }: Beat): string => `${chapter.id}/${id}`
const beat = (name: string): Beat => BEATS.find((each) => nameOf(each) === name)!

const CANDIDATES = [...provedCandidates()].flatMap((news) => (news.kind === 'candidate' ? [news.candidate] : []))

const stuck = readRecordedRuns(runsOf2015)
  .programs.find(({ id }) => id === 'init')!
  .recordings.find((each) => each.stuck)!
const recorded = { faults: stuck.stuck!.faults, seconds: stuck.seconds }

/** The scene of a beat, and the steps that lie between its beginning and its rest. */
function opened(data: Pick<BeatData, 'run' | 'stop' | 'from'>): { scene: Scene; steps: readonly string[] } {
  const { experiment, from } = openedBeat(store.getState(), data)
  const playback = playbackOf({ ...store.getState(), ...experiment })
  const steps = playback.tape.ticks.slice(from, experiment.cursor).map(({ step }) => step.name)
  return { scene: sceneAt(playback, experiment.cursor), steps }
}

const known = (of: Beat): Known => ({ scene: opened(of).scene, candidates: CANDIDATES, recorded })
const ended = (run: Run) => opened({ run, stop: 'end', from: 'opening' })
const entry = (scene: Scene) => entryAt(scene, processAt(scene), pageAt(scene))
const asked = (scene: Scene) => lastAsked(scene, slotOf(scene, processAt(scene), pageAt(scene)))!.value

test.each(BEATS.filter(({ numbers }) => numbers).map((each) => ({ name: nameOf(each), each })))(
  '$name: every number has a value',
  ({ each }) => {
    for (const [name, number] of Object.entries(each.numbers!))
      expect(number(known(each)), name).toMatch(/^([\d,]*\d|…[\da-f]{4})$/)
  },
)

test('what the proof and the recording have not told yet is left open', () => {
  const nothing = { ...known(beat('tape/sieve')), candidates: CANDIDATES.slice(0, 15), recorded: null }
  const open = BEATS.flatMap(({ numbers = {} }) => Object.entries(numbers))
    .filter(([, number]) => number(nothing) === null)
    .map(([name]) => name)
  expect(open).toEqual(['faults', 'seconds', 'bare', 'both', 'left'])
})

/** What each question comes to, computed; the answer that stands as right has to be it. */
const BORNE_OUT: Readonly<Record<string, () => string>> = {
  'stuck/climb': () => {
    const { scene, steps } = ended(beat('stuck/climb').run)
    const repairsWhatIsNoHint = steps.includes('do_numa_page') && !holds(v4_0_rc1.hint, entry(scene).lo)
    return scene.outcome.name === 'endless' && repairsWhatIsNoHint ? 'repair' : 'other'
  },
  'word/ask': () => {
    const word = entry(opened(beat('word/none')).scene)
    expect(bitOf(word, 0)).toBe(0)
    const errors = Array.from({ length: 63 }, (_, bit) => errorOf(flipBit(word, bit + 1)))
    return new Set(errors).size === 1 ? 'none' : 'some'
  },
  'names/place': () => ['neither', 'note', 'plain', 'global'][quadrant(entry(opened(beat('names/place')).scene).lo)]!,
  'hint/ask': () => {
    const { name, faults } = ended(beat('hint/ask').run).scene.outcome
    return name === 'completed' && faults === 1 ? 'runs' : 'faults'
  },
  'copy/ask': () => {
    const { steps } = ended(beat('copy/ask').run)
    return steps.includes('do_wp_page') && !steps.includes('do_numa_page') ? 'copy' : 'other'
  },
  'xen/ask': () => ({ endless: 'forever', completed: 'copies', sigsegv: 'signal', bug: 'oops' })[outcomeOf('xen/ask')]!,
  'xen/forever': () => {
    const { scene, steps } = ended(beat('xen/forever').run)
    return !has(entry(scene), RW) && !steps.includes('do_wp_page') && asked(scene).lo ? 'rw' : 'other'
  },
  'tape/worlds': () => ({ 1: 'one', 4: 'few', 8: 'half', 12: 'most' })[passBare(known(beat('tape/worlds')))!]!,
  'cases/doubt': () => {
    const wrong = lowWords.filter((lo) => holds(v3_20_rc0.hint, lo) !== holds(v4_0_rc1.hint, lo)).length
    return { 64: 'few', 8: 'eighth', 4: 'quarter', 2: 'half' }[lowWords.length / wrong]!
  },
}

const lowWords = Array.from({ length: FLAGS_LO + 1 }, (_, lo) => lo)
const outcomeOf = (name: string) =>
  ended(beat(name).run).scene.outcome.name as 'endless' | 'completed' | 'sigsegv' | 'bug'

/** The error code that a program's write to such a word raises, on bare metal. */
const errorOf = (word: Parameters<typeof flipBit>[0]): number | undefined =>
  touches({
    word,
    level: 'PTE',
    asVal: false,
    address: 0x1000,
    vma: anonymous('rw'),
    shared: false,
    machine: 'bare',
    kernel: v4_0_rc1,
    byKernel: false,
    moving: false,
  }).write.errors[0]

test('the right answer of every question is what the run comes to', () => {
  const questions = BEATS.filter(({ right }) => right !== undefined)
  expect(Object.keys(BORNE_OUT)).toEqual(questions.map(nameOf))
  for (const question of questions) expect(BORNE_OUT[nameOf(question)]!(), nameOf(question)).toBe(question.right)
})

test('“The read cost one fault”, and the write of chapter 4 is copied', () => {
  expect(ended(beat('hint/done').run).scene.outcome).toMatchObject({ name: 'completed', faults: 1 })
  const copied = ended(beat('copy/copied').run)
  expect(copied.scene.outcome.name).toBe('completed')
  expect(has(entry(copied.scene), RW)).toBe(true)
  expect(copied.steps.join()).toMatch(/copy/)
})

test('“no RW, no bit 8 … the word from before”', () => {
  const { run } = beat('xen/because')
  const [before, after] = [opened({ run, stop: 'opening' }).scene, ended(run).scene]
  expect(has(asked(after), RW | PROTNONE)).toBe(false)
  expect(toHex(entry(after))).toBe(toHex(entryAt(before, processAt(after), pageAt(after))))
  expect(toHex(entry(after))).not.toBe(toHex(asked(after)))
})

test('“Even “never” loops”, on both machines; the fix does not', () => {
  const { run } = beat('test/never')
  for (const machine of ['bare', 'xen'] as const) expect(ended({ ...run, machine }).scene.outcome.name).toBe('endless')
  expect(CANDIDATES[0]).toMatchObject({ yes: 0, bare: false, xen: false })
  expect(outcomeOf('test/fix')).toBe('completed')
})

test('“The two that pass on both machines”: the fix, and plain not PRESENT', () => {
  const both = CANDIDATES.filter(({ bare, xen }) => bare && xen).map(({ yes }) => kernelById(`p${yes}`)!.hint)
  expect(both.length).toBe(2)
  const answers = both.map((hint) => lowWords.map((lo) => holds(hint, lo)))
  expect(answers).toEqual([lowWords.map((lo) => holds(v4_0_rc1.hint, lo)), lowWords.map((lo) => (lo & 1) === 0)])
})

test('“bit for bit, the test of 3.8 to 3.15”', () => {
  const { hint } = kernelById('3.14')!
  expect(lowWords.filter((lo) => holds(hint, lo) !== holds(v4_0_rc1.hint, lo))).toEqual([])
})
