// `npm run bench:explore`: how fast the explorer meets states, what they take, and what its designs are worth.
import { allSteps, stepById } from '../src/arch/step'
import { Exploration } from '../src/explore/explore'
import { modelById } from '../src/explore/models'
import { MOST_WORDS } from '../src/explore/packing'
import { Search, type Limits, type Watch } from '../src/explore/search'
import { startOf } from '../src/explore/start'
import { Visited } from '../src/explore/visited'
import { v4_0_rc1 } from '../src/kernel/variants'
import type { KernelCx } from '../src/kernel/context'
import type { Machine } from '../src/machine/machine'
import { openTable, setOfDigits, setOfStrings, type Met } from './explore-designs'
import { compare, machineLine } from './measure'

/** A large run is left off here. */
const LARGE: Limits = { states: 500_000, bytes: Infinity }

const NOBODY: Watch = { onMove: () => undefined }

function searchOf(model: string, watch: Watch = NOBODY): Search {
  const { scenario } = modelById(model)
  const { machine } = startOf(scenario, v4_0_rc1, 'xen')
  return new Search(machine, modelById(model), watch)
}

console.log(machineLine())
console.log('4.0-rc1 under Xen PV. Medians; × is the ratio to the first line of a group.')

console.log(`\nThree pages, two CPUs, the first ${LARGE.states.toLocaleString('en')} states`)
for (const round of ['cold', 'warm', 'warm']) {
  const { search } = new Exploration(modelById('pages'), 'rc1', 'xen', { limits: LARGE })
  const began = performance.now()
  search.advance(Infinity)
  const seconds = (performance.now() - began) / 1000
  console.log(
    `  ${round}: ${Math.round(search.states / seconds).toLocaleString('en')} states/s, ` +
      `${Math.round(search.transitions / seconds).toLocaleString('en')} transitions/s, ` +
      `${(search.bytes / search.states).toFixed(1)} bytes a state (${search.packedWords} words packed, ${search.columns} that change)`,
  )
}

const explored =
  (asked: boolean, reduces = false) =>
  () => {
    const search = asked ? new Exploration(modelById('race'), 'rc1', 'xen').search : searchOf('race')
    search.reduces = reduces
    return search.advance(Infinity)
  }
compare('One page, two CPUs, every state', [
  { name: 'every property asked (the app)', run: explored(true) },
  { name: 'nothing asked', run: explored(false) },
  { name: 'every property asked, local steps looked at alone', run: explored(true, true) },
])

/** What a search asks its visited set, once its layout is settled: each state as it is met, packed. */
function metBy(model: string): Met {
  const packed: Uint32Array[] = []
  const search = searchOf(model, { onMove: () => void (search['compacted'] && packed.push(search['next'].slice())) })
  search.advance(Infinity)
  const width = search.packedWords
  const words = new Uint32Array(packed.length * width)
  for (const [index, state] of packed.entries()) words.set(state.subarray(0, width), index * width)
  return { words, width, count: packed.length }
}

function inVisited(width: number, states: readonly Uint32Array[]): number {
  const visited = new Visited(width)
  for (const packed of states) visited.add(packed, 0, 0)
  return visited.size
}

const met = metBy('race')
// As a search hands them over: in a buffer that is long enough for any.
const handed = Array.from({ length: met.count }, (_, index) => {
  const packed = new Uint32Array(MOST_WORDS)
  packed.set(met.words.subarray(index * met.width, (index + 1) * met.width))
  return packed
})
const designs = [
  { name: 'packed, in blocks, with the way to each (the app)', run: () => inVisited(met.width, handed) },
  { name: 'one array, 6 bits of the hash beside the number', run: () => openTable(met, 6) },
  { name: 'one array, no bits of the hash', run: () => openTable(met, 0) },
  { name: 'a Set of strings, two characters a word', run: () => setOfStrings(met) },
  { name: 'a Set of strings of digits', run: () => setOfDigits(met) },
]
const sizes = new Set(designs.map(({ run }) => run()))
if (sizes.size !== 1) throw new Error('The sets disagree: comparing their speed would say nothing.')
compare(`A visited set: ${met.count} states of ${met.width} words, ${[...sizes][0]} of them new`, designs)

/** All words of some states of a model, and the actor that goes on in each. */
function statesOf(model: string): { machine: Machine; states: readonly (readonly [Uint32Array, number])[] } {
  const search = searchOf(model)
  search.advance(Infinity)
  const { machine } = search
  const states = Array.from({ length: search.states }, (_, state) => {
    search.goTo(state)
    return [machine.world.words.slice(), machine.cpus.findIndex((__, actor) => !machine.isIdle(actor))] as const
  })
  return { machine, states: states.filter(([, actor]) => actor >= 0) }
}

const { machine, states } = statesOf('quiet')
const { world, firstTableWord, decidingWords } = machine
/** Take a step in every state, and take it back as `undo` does, to which `keep` gave what it needs. */
const steps =
  <Kept>(keep: () => Kept, undo: (kept: Kept) => void) =>
  () => {
    let taken = 0
    for (const [words, actor] of states) {
      world.words.set(words.subarray(0, firstTableWord))
      for (const slot of machine.entrySlots()) world.words.set(words.subarray(slot, slot + 2), slot)
      const kept = keep()
      taken += machine.tick(actor).id
      undo(kept)
    }
    return taken
  }
const noted = (from: number) => world.takeBack(from)
const forgotten = (kept: Uint32Array, length: number) => {
  world.words.set(kept.subarray(0, length))
  world.takeBack(0)
}
compare(`${states.length} steps, each from its state and back`, [
  { name: 'what was written is taken back (the app)', run: steps(() => world.mark, noted) },
  {
    name: `the ${firstTableWord} words before the tables are copied`,
    run: steps(
      () => world.words.slice(0, firstTableWord),
      (kept) => forgotten(kept, firstTableWord),
    ),
  },
  {
    name: `all ${decidingWords} words that decide are copied`,
    run: steps(
      () => world.words.slice(0, decidingWords),
      (kept) => forgotten(kept, decidingWords),
    ),
  },
])

const ids = states.map(([words, actor]) => words[machine.cpus[actor]!.pc]!)
const byId = new Map(allSteps<KernelCx>().map((step) => [step.id, step]))
const byName = new Map(allSteps<KernelCx>().map((step) => [step.name, step]))
const names = ids.map((id) => stepById<KernelCx>(id).name)
const found = (step: { readonly lane: string } | undefined): number => (step!.lane === 'xen' ? 1 : 0)
compare(`Finding the next step, ${ids.length} times`, [
  { name: 'its place in a list (the app)', run: () => ids.reduce((sum, id) => sum + found(stepById(id)), 0) },
  { name: 'a Map by number', run: () => ids.reduce((sum, id) => sum + found(byId.get(id)), 0) },
  { name: 'a Map by name', run: () => names.reduce((sum, name) => sum + found(byName.get(name)), 0) },
])
