import { describe, expect, test } from 'vitest'
import { kernelById, KERNELS } from '../kernel/variants'
import type { Machine } from '../machine/machine'
import { scenarioById } from '../machine/scenario'
import { decodeRun } from '../trace/codec'
import { LINK_DEFAULTS, linkText, parseLink } from '../trace/link'
import { replay, type Playback } from '../trace/replay'
import { wordsAt } from '../trace/tape'
import type { Finding } from './check'
import { Exploration } from './explore'
import { modelById, MODELS } from './models'
import { settle, tryBegin } from './move'
import { PROPERTIES } from './properties'
import type { Search } from './search'
import type { Witness } from './verdict'
import { witnessOf } from './witness'
import { PLATFORMS } from '../machine/platforms'

/** The longest link that may be sent. */
const LINK_LENGTH = 200

const painted = Array.from({ length: 16 }, (_, yes) => `p${yes}`)
const ids = KERNELS.map(({ id }) => id)
/** Every model but the biggest on every kernel and machine, and every painted test in one of them. */
const WORLDS = MODELS.filter(({ id }) => id !== 'pages').flatMap(({ id }) =>
  (['bare', 'xen'] as const).flatMap((on) =>
    [...ids, ...(id === 'page' ? painted : [])].map((kernel) => [id, kernel, on] as const),
  ),
)

/** What the Lab makes of a witness's link. */
function playedFrom(witness: Witness): Playback & { readonly link: string } {
  const scenario = scenarioById(witness.scenario)!
  const pages = scenario.image(kernelById(witness.kernel)!, witness.machine).pages.length
  const { choices } = decodeRun(witness.run, pages)
  const link = linkText({ ...LINK_DEFAULTS, ...witness, choices: [...scenario.opening, ...choices], play: true })
  const { state, messages } = parseLink(link, { scenarios: [scenario.id], pages: () => pages })
  expect(messages).toEqual([])
  const setting = { kernel: kernelById(state.kernel)!, platform: PLATFORMS[state.machine], numa: state.numa }
  return { ...replay(scenario, setting, state.choices!), link }
}

/** Every word that decides, with what actors that have nothing to do were busy with forgotten. */
function settledWords(machine: Machine): Uint32Array {
  for (const actor of machine.cpus.keys()) if (machine.isIdle(actor)) settle(machine, actor)
  return machine.world.words.slice(0, machine.decidingWords)
}

/** The words in which the explorer saw the property fail. */
function foundIn(search: Search, { state, move }: Finding): Uint32Array {
  const { machine, model } = search
  search.goTo(state)
  const { mark } = machine.world
  if (move >= 0 && move < model.menu.length) tryBegin(machine, model.menu[move]!)
  else if (move >= 0) machine.tick(move - model.menu.length)
  const words = settledWords(machine)
  machine.world.takeBack(mark)
  return words
}

/** The words of the Lab after so many ticks of its tape. */
function playedTo({ machine, tape }: Playback, cursor: number): Uint32Array {
  machine.world.words.set(wordsAt(tape, cursor))
  const words = settledWords(machine)
  machine.world.takeNotes()
  return words
}

const differing = (a: Uint32Array, b: Uint32Array): readonly number[] =>
  [...a.keys()].filter((cell) => a[cell] !== b[cell])

/** The tape closes on itself, and whoever is caught does nothing more. Others may end what they were busy with. */
function expectLasso({ tape }: Playback, where: string): void {
  const lasso = tape.lassos.at(-1)
  expect(lasso, where).toBeDefined()
  const { actor } = tape.ticks[lasso!.again]!
  expect(
    tape.ticks.findLastIndex((tick) => tick.actor === actor),
    where,
  ).toBe(lasso!.again)
}

let replayed = 0

describe('every counterexample is a run of the Lab, short enough to send', () => {
  test.each(WORLDS)('“%s”, %s, %s', (id, kernel, on) => {
    const exploration = new Exploration(modelById(id), kernel, on)
    const { search, check } = exploration
    // What fails has failed by then; that nothing else does is asked elsewhere.
    while (search.states < 12_000 && search.advance(400) === 'running');
    for (const finding of check.findings.values()) {
      const witness = witnessOf(search, finding)
      const { link, ...played } = playedFrom(witness)
      const { tape } = played
      const where = `${finding.property}: ${link}`
      expect(link.length, where).toBeLessThanOrEqual(LINK_LENGTH)
      expect(tape.problem, where).toBeNull()
      const ticks = search.openingTicks + witness.length - witness.beginnings
      expect(witness.cursor, where).toBe(witness.failure === 'endless' ? tape.lassos.at(-1)!.again + 1 : ticks)
      expect(differing(foundIn(search, finding), playedTo(played, ticks)), where).toEqual([])
      if (witness.failure === 'endless') expectLasso(played, where)
      replayed++
    }
  })

  test('there are some of every property', () => {
    expect(replayed).toBeGreaterThan(PROPERTIES.length)
  })
})
