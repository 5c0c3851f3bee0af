import type { Step } from '../arch/step'
import type { KernelCx } from '../kernel/context'
import { doPageFault } from '../kernel/fault'
import { align, type Beside } from './align'
import type { Playback } from './replay'
import type { Tick } from './tape'

/** One place of lockstep time: a tick of either world, or of one while the other waits. */
export interface Column {
  /** Index in A's tape; null while A waits. */
  readonly a: number | null
  readonly b: number | null
  /** The steps taken here are not the same, or a word written since the last place where both act is not. */
  readonly differs: boolean
  /** Cells of those words, program counters left out: what comes next shows in the next column. */
  readonly cells: readonly number[]
  /** The ways part: another step is taken here, or another one comes next. */
  readonly parts: boolean
}

/** Two runs of the same choices in two worlds, laid side by side. */
export interface Lockstep {
  readonly columns: readonly Column[]
  /** For each number of columns that have happened: how many ticks of each tape have. One more than there are columns. */
  readonly ticks: readonly { readonly a: number; readonly b: number }[]
  /** The first column that differs; null where the two runs are equal throughout. */
  readonly first: number | null
  /** The first column at which the ways part, which may come later than another word; null where they never do. */
  readonly parting: number | null
}

/**
 * Lay two worlds side by side, choice by choice and then step by step.
 *
 * What Linux and the CPU do has to meet. What the platform does between two of their steps (Xen's bounce, the way into a
 * page table) is its own affair: it stands in columns of its own, and what it wrote is compared where it hands back.
 * Words are compared exactly, never "but for what a world must do differently": that Xen counts frames itself and sets
 * bit 8 is a difference, and where it is first stored is where the worlds first differ.
 */
export function lockstep(a: Playback, b: Playback): Lockstep {
  const places = placesOf(a, b)
  const columns = compare(a, b, places)
  const ticks = [{ a: 0, b: 0 }]
  for (const column of columns) {
    const done = ticks.at(-1)!
    ticks.push({ a: done.a + (column.a === null ? 0 : 1), b: done.b + (column.b === null ? 0 : 1) })
  }
  const firstThat = (holds: (column: Column) => boolean): number | null => {
    const found = columns.findIndex(holds)
    return found < 0 ? null : found
  }
  return { columns, ticks, first: firstThat(({ differs }) => differs), parting: firstThat(({ parts }) => parts) }
}

/** How many columns have happened once A has taken so many ticks, and B then so many alone; at most all of them. */
export function columnsDone({ ticks }: Lockstep, a: number, beyond: number): number {
  const taken = Math.min(a, ticks.at(-1)!.a)
  const from = ticks.findIndex((done) => done.a === taken)
  return Math.min(
    from + beyond,
    ticks.findLastIndex((done) => done.a === taken),
  )
}

/** The inverse: A's ticks, and B's since then. */
export function cursorOf(both: Lockstep, columns: number): { readonly cursor: number; readonly beyond: number } {
  const cursor = both.ticks[columns]!.a
  return { cursor, beyond: columns - columnsDone(both, cursor, 0) }
}

/** A step of Linux or the CPU, and what the platform does before the next one. */
interface Stride {
  readonly key: string
  readonly ticks: readonly { readonly index: number; readonly name: string }[]
}

/** A column before it is compared. */
interface Place extends Beside {
  /** Laid side by side only because both are there: each takes its own way. */
  readonly apart: boolean
}

function placesOf(a: Playback, b: Playback): readonly Place[] {
  const [partsA, partsB] = [partsOf(a), partsOf(b)]
  const choices = align(
    partsA.map(({ choice }) => String(choice)),
    partsB.map(({ choice }) => String(choice)),
  )
  return choices.flatMap((pair) => {
    const stridesA = pair.a === null ? [] : partsA[pair.a]!.strides
    const stridesB = pair.b === null ? [] : partsB[pair.b]!.strides
    return placesOfStrides(stridesA, stridesB, a.machine.platform === b.machine.platform)
  })
}

/** Neighbouring ticks that carry out one choice, as strides. */
function partsOf(playback: Playback): readonly { readonly choice: number; readonly strides: readonly Stride[] }[] {
  const isDetour = detoursOf(playback)
  const parts: { choice: number; strides: { key: string; ticks: { index: number; name: string }[] }[] }[] = []
  for (const [index, { step, actor, choice }] of playback.tape.ticks.entries()) {
    const begins = parts.at(-1)?.choice !== choice
    if (begins) parts.push({ choice, strides: [] })
    const { strides } = parts.at(-1)!
    const tick = { index, name: step.name }
    if (!begins && isDetour(step)) strides.at(-1)!.ticks.push(tick)
    else strides.push({ key: `${actor} ${step.name}`, ticks: [tick] })
  }
  return parts
}

/** The steps by which the platform answers Linux or stands between the CPU and Linux. */
function detoursOf({ machine }: Playback): (step: Step<KernelCx>) => boolean {
  const { pageFault, setPte, commit, plainStore, activate } = machine.platform
  const found = new Set<Step<KernelCx>>()
  const back = new Set<Step<KernelCx>>([doPageFault, ...machine.afterStore])
  const follow = (step: Step<KernelCx>): void => {
    if (back.has(step) || found.has(step)) return
    found.add(step)
    for (const next of step.to(machine)) follow(next)
  }
  for (const entry of [pageFault, setPte, commit, plainStore, activate]) follow(entry)
  return (step) => found.has(step)
}

function placesOfStrides(a: readonly Stride[], b: readonly Stride[], samePlatform: boolean): readonly Place[] {
  const keysOf = (strides: readonly Stride[]) => strides.map(({ key }) => key)
  return besideEachOther(
    align(keysOf(a), keysOf(b)),
    (at) => a[at]!.ticks.map(({ index }) => index),
    (at) => b[at]!.ticks.map(({ index }) => index),
    (atA, atB) => placesOfStride(a[atA]!, b[atB]!, samePlatform),
  )
}

/** The same step in both worlds, then what their platforms do. */
function placesOfStride(a: Stride, b: Stride, samePlatform: boolean): readonly Place[] {
  const [[headA, ...detourA], [headB, ...detourB]] = [a.ticks, b.ticks]
  const head = { a: headA!.index, b: headB!.index, apart: false }
  if (!samePlatform) return [head, ...meetingAtTheirEnds(detourA, detourB)]
  const names = (ticks: Stride['ticks']) => ticks.map(({ name }) => name)
  const detours = besideEachOther(
    align(names(detourA), names(detourB)),
    (at) => [detourA[at]!.index],
    (at) => [detourB[at]!.index],
    (atA, atB) => [{ a: detourA[atA]!.index, b: detourB[atB]!.index, apart: false }],
  )
  return [head, ...detours]
}

/** Ways of two platforms: however long each is, they meet at their ends, where both have stored. */
function meetingAtTheirEnds(a: Stride['ticks'], b: Stride['ticks']): readonly Place[] {
  const longer = Math.max(a.length, b.length)
  return Array.from({ length: longer }, (_, at) => ({
    a: a[at - longer + a.length]?.index ?? null,
    b: b[at - longer + b.length]?.index ?? null,
    apart: false,
  }))
}

/** What meets, as `met` lays it; between two meetings whatever either world does alone, side by side and apart. */
function besideEachOther(
  pairs: readonly Beside[],
  ticksOfA: (at: number) => readonly number[],
  ticksOfB: (at: number) => readonly number[],
  met: (a: number, b: number) => readonly Place[],
): readonly Place[] {
  const places: Place[] = []
  let [aloneA, aloneB]: [number[], number[]] = [[], []]
  const layAloneDown = (): void => {
    for (let at = 0; at < Math.max(aloneA.length, aloneB.length); at++)
      places.push({ a: aloneA[at] ?? null, b: aloneB[at] ?? null, apart: true })
    ;[aloneA, aloneB] = [[], []]
  }
  for (const { a, b } of pairs) {
    if (a !== null && b !== null) {
      layAloneDown()
      places.push(...met(a, b))
    } else if (a !== null) aloneA.push(...ticksOfA(a))
    else if (b !== null) aloneB.push(...ticksOfB(b))
  }
  layAloneDown()
  return places
}

/** Carry both tapes out along the places, and look at every word written since both last acted. */
function compare(a: Playback, b: Playback, places: readonly Place[]): readonly Column[] {
  const [wordsA, wordsB] = [a.tape.start.slice(), b.tape.start.slice()]
  const nextStepsAreSame = nextStepComparer(a, b)
  const programCounters = new Set<number>(a.machine.cpus.map(({ pc }) => pc))
  const written = new Set<number>()
  const carryOut = (tick: Tick | null, words: Uint32Array): void => {
    for (const { cell, after } of tick?.writes ?? []) {
      words[cell] = after
      written.add(cell)
    }
  }
  return places.map(({ a: atA, b: atB, apart }) => {
    const [tickA, tickB] = [atA === null ? null : a.tape.ticks[atA]!, atB === null ? null : b.tape.ticks[atB]!]
    carryOut(tickA, wordsA)
    carryOut(tickB, wordsB)
    // One platform is at its own work: compared when both act again.
    if (!apart && !(tickA && tickB)) return { a: atA, b: atB, differs: false, cells: [], parts: false }
    const unequal = [...written].filter((cell) => wordsA[cell] !== wordsB[cell])
    written.clear()
    const cells = unequal.filter((cell) => !programCounters.has(cell))
    const parts =
      apart || unequal.some((cell) => programCounters.has(cell) && !nextStepsAreSame(wordsA[cell]!, wordsB[cell]!))
    return { a: atA, b: atB, differs: parts || cells.length > 0, cells, parts }
  })
}

/** Is the step that comes next the same? Each platform has its own first step for what Linux asks of it. */
function nextStepComparer(a: Playback, b: Playback): (a: number, b: number) => boolean {
  const askedOf = ({ machine: { platform } }: Playback): ReadonlyMap<number, string> =>
    new Map([
      [doPageFault.id, 'fault'],
      [platform.pageFault.id, 'fault'],
      [platform.activate.id, 'activate'],
      ...[platform.setPte, platform.commit, platform.plainStore].map(({ id }) => [id, 'store'] as const),
    ])
  if (a.machine.platform === b.machine.platform) return (stepA, stepB) => stepA === stepB
  const [ofA, ofB] = [askedOf(a), askedOf(b)]
  return (stepA, stepB) => (ofA.get(stepA) ?? stepA) === (ofB.get(stepB) ?? stepB)
}
