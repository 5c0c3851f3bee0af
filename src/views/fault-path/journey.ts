import { allSteps, type Step } from '../../arch/step'
import type { KernelCx } from '../../kernel/context'
import { mapCopy } from '../../kernel/write-protect'
import { actorAt, type Scene } from '../../trace/scene'
import { stationOf, type StationId } from './stations'

/** A rail between two stations, as one word. */
export type RailId = `${StationId}>${StationId}`

/** Where the fault of a scene has been, read from the ticks of the operation at the cursor. */
export interface Journey {
  /** The station of the step that has just happened; `access` before anything has. */
  readonly at: StationId
  readonly passed: ReadonlySet<StationId>
  readonly travelled: ReadonlySet<RailId>
  /** Rails of the closed loop; empty until the model has found two equal states. */
  readonly loop: ReadonlySet<RailId>
}

/** The CPU stands before its next instruction. */
export const AT_REST: Journey = { at: 'access', passed: new Set(), travelled: new Set(), loop: new Set() }

/** Where the CPU that acted last has been in its current operation; at rest between operations. */
export const journeyOf = (scene: Scene): Journey => (scene.outcome.name === 'idle' ? AT_REST : wayOf(scene))

/** The same, with the way of an operation that is over still in sight. */
export function wayOf(scene: Scene): Journey {
  const { tape, cursor, outcome, machine } = scene
  const who = actorAt(scene)
  const afterCell = machine.cpus[who]!.after as number
  const current = tape.ticks.slice(0, cursor).findLast(({ actor }) => actor === who)?.choice
  const stops: { readonly id: StationId; readonly index: number }[] = []
  let after = tape.start[afterCell]!
  for (const [index, tick] of tape.ticks.slice(0, cursor).entries()) {
    if (tick.actor !== who) continue
    // The word is read before this tick's own writes: a store step leaves it, and the return clears it.
    const id = tick.choice === current ? stationOf(tick.step, after) : null
    if (id && stops.at(-1)?.id !== id) stops.push({ id, index })
    after = tick.writes.find(({ cell }) => cell === afterCell)?.after ?? after
  }
  const rails = stops
    .slice(1)
    .map((stop, place) => ({
      id: railId(stops[place]!.id, stop.id),
      from: stops[place]!.id,
      to: stop.id,
      index: stop.index,
    }))
    .filter(({ from, to }) => !OFF_PATH.has(from) && !OFF_PATH.has(to))
  const { lasso } = outcome
  return {
    at: stops.at(-1)?.id ?? 'access',
    passed: new Set(stops.map(({ id }) => id)),
    travelled: new Set(rails.map(({ id }) => id)),
    loop: new Set(lasso ? rails.filter(({ index }) => index > lasso.first).map(({ id }) => id) : []),
  }
}

const railId = (from: StationId, to: StationId): RailId => `${from}>${to}`

/** Operations that are no fault: they are named beside the path, and their rails are not drawn. */
const OFF_PATH = new Set<StationId>(['elsewhere'])

/** Every rail that the rules declare on this machine, between stations of the fault path. */
export function declaredRails(cx: KernelCx): ReadonlySet<RailId> {
  const rails = new Set<RailId>()
  const seen = new Set<string>()
  const follow = (from: Step<KernelCx>, after: number): void => {
    const here = stationOf(from, after)
    const key = `${from.id}/${after}`
    if (seen.has(key) || !here || OFF_PATH.has(here)) return
    seen.add(key)
    const then = from.name === 'copy the page' ? mapCopy.id : here === 'clear' ? after : 0
    for (const next of from.to(cx)) {
      const there = stationOf(next, then)
      // A store that clears an entry, and no other, is followed by the copy.
      const toCopy = next === mapCopy
      if (here === 'clear' ? there !== 'clear' && !toCopy : toCopy) continue
      if (there && !OFF_PATH.has(there) && there !== here) rails.add(railId(here, there))
      follow(next, next === mapCopy ? 0 : then)
    }
  }
  for (const first of allSteps<KernelCx>()) if (first.name === 'access') follow(first, 0)
  return rails
}
