import { pte, PRESENT, RW, type Pte } from '../arch/pte'
import { touches, type TouchEnd } from '../clinic/touch'
import { kernelById } from '../kernel/variants'
import type { Choice } from '../machine/choice'
import type { MachineId } from '../machine/platforms'
import { scenarioById } from '../machine/scenario'
import { PAGE } from '../machine/scenarios/small-process'
import { settingOf } from '../store/derived'
import { replay } from '../trace/replay'
import { entryAt, sceneAt } from '../trace/scene'

/** A word that the reader has not seen, where it was found, and what becomes of a write in two kernels. */
export interface Unseen {
  readonly machine: MachineId
  readonly word: Pte
  readonly old: TouchEnd
  readonly fixed: TouchEnd
}

/** A small generator of numbers below `below`, for a seed that stands on the screen (Park and Miller, 1988). */
function chance(seed: number): (below: number) => number {
  let state = (seed % 2147483646) + 1
  return (below) => (state = (state * 48271) % 2147483647) % below
}

/** Three different words for a seed; the first is a page under Xen that loops with the test that shipped, and not all do. */
export function unseenWords(seed: number): readonly Unseen[] {
  const next = chance(seed)
  const drawn: Unseen[] = []
  while (drawn.length < 3) {
    const history = next(HISTORIES.length)
    const machine = drawn.length === 0 ? 'xen' : next(2) === 0 ? 'bare' : 'xen'
    const unseen = found(history, machine)
    const { lo } = unseen.word
    const wanted = drawn.length > 0 || ((lo & PRESENT) !== 0 && (lo & RW) === 0)
    const alike = drawn.length === 2 && drawn.every(({ old }) => old === unseen.old)
    if (wanted && !alike && !drawn.some((each) => each.word.lo === lo)) drawn.push(unseen)
  }
  return drawn
}

const touch: Choice = { do: 'access', process: 0, page: PAGE.shared, access: 'write' }

/** How a page comes to its word, before anybody writes to it. */
const HISTORIES: readonly (readonly [scenario: string, then: readonly Choice[]])[] = [
  ['zero', []],
  ['file', []],
  ['around', []],
  ['round', []],
  ['swap', []],
  ['touch', [touch, { do: 'scan', page: PAGE.shared }]],
  ['touch', [touch]],
]

/** What was found before: it takes some replays, and seeds share their words. */
const known = new Map<string, Unseen>()

function found(index: number, machine: MachineId): Unseen {
  const key = `${index} ${machine}`
  const before = known.get(key)
  if (before) return before
  const [id, then] = HISTORIES[index]!
  const scenario = scenarioById(id)!
  const { page } = scenario
  const playback = replay(scenario, settingOf({ machine, kernel: 'rc1', numa: 'on' }), [...scenario.opening, ...then])
  const { lo, hi } = entryAt(sceneAt(playback, Infinity), 0, page)
  const word = pte(lo, hi)
  const { address, mapping } = playback.machine.pages[page]!
  const { backing } = playback.machine.mappings[mapping]!
  // The word is given to each kernel as it was found: the one that shipped, left alone, might never have come to it.
  const write = (kernel: string): TouchEnd =>
    touches({
      word,
      level: 'PTE',
      asVal: false,
      address,
      vma: { rights: 'rw', shared: false, backing },
      shared: false,
      machine,
      kernel: kernelById(kernel)!,
      byKernel: false,
      moving: false,
    }).write.end
  const unseen = { machine, word, old: write('rc0'), fixed: write('rc1') }
  known.set(key, unseen)
  return unseen
}
