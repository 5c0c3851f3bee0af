import type { Choice } from '../machine/choice'
import { SECOND_CPU, type Machine } from '../machine/machine'
import { actorOf } from '../machine/operations'
import { encodeRun } from '../trace/codec'
import { replay } from '../trace/replay'
import type { Finding } from './check'
import type { Model } from './model'
import type { Search } from './search'
import type { Witness } from './verdict'

/** The shortest way into a finding, as a run that the Lab plays. */
export function witnessOf(search: Search, { failure, state, move }: Finding): Witness {
  const moves = move < 0 ? [] : [...search.movesTo(state), move]
  return witnessFrom(search, moves, failure)
}

/** The same for any list of moves from the first state. */
export function witnessFrom(
  { model, machine, openingTicks }: Search,
  moves: readonly number[],
  failure: Witness['failure'],
): Witness {
  const ticks = moves.filter((move) => move >= model.menu.length).length
  const choices = choicesOf(model, moves)
  return {
    failure,
    scenario: model.scenario.id,
    machine: machine.platform.id,
    kernel: machine.kernel.id,
    run: encodeRun(choices),
    cursor: failure === 'endless' ? loopCloses(model, machine, choices) : openingTicks + ticks,
    length: moves.length,
    beginnings: moves.length - ticks,
  }
}

/** How many ticks of the tape it takes until the loop has closed. Whoever is not caught in it may go on after that. */
function loopCloses({ scenario }: Model, { kernel, platform }: Machine, choices: readonly Choice[]): number {
  const { tape } = replay(scenario, { kernel, platform, numa: 'on' }, [...scenario.opening, ...choices])
  const lasso = tape.lassos.at(-1)
  if (!lasso) throw new Error(`The run ${encodeRun(choices)} was found to come back to a state, and does not.`)
  return lasso.again + 1
}

/**
 * Moves as choices: what is begun, and behind it how many steps its actor takes before somebody else acts. A run lets an
 * operation come to its end unless it is held, so what ends before its actor begins anew needs no word.
 */
export function choicesOf({ menu }: Model, moves: readonly number[]): readonly Choice[] {
  const choices: Choice[] = []
  const turns = turnsOf(menu, moves)
  for (const [index, { actor, begins, ticks }] of turns.entries()) {
    if (begins !== null) choices.push(menu[begins]!)
    const next = turns[index + 1]
    const endsByItself = next === undefined || (next.actor === actor && next.begins !== null)
    if (!endsByItself) choices.push({ do: 'hold', ticks, ...(actor === SECOND_CPU ? { second: true as const } : {}) })
  }
  return choices
}

/** Moves in a row by one actor, from one beginning to the next. */
interface Turn {
  readonly actor: number
  /** Index into the menu of what it begins with; null where the actor goes on. */
  readonly begins: number | null
  ticks: number
}

function turnsOf(menu: Model['menu'], moves: readonly number[]): readonly Turn[] {
  const turns: Turn[] = []
  for (const move of moves) {
    const begins = move < menu.length ? move : null
    const actor = begins === null ? move - menu.length : actorOf(menu[begins]!)
    const last = turns.at(-1)
    if (begins !== null || last?.actor !== actor) turns.push({ actor, begins, ticks: begins === null ? 1 : 0 })
    else last.ticks++
  }
  return turns
}
