import { expect, test } from 'vitest'
import { v3_20_rc0 } from '../kernel/variants'
import { samplePlaybacks } from './sample-runs'
import type { Lasso, Tape } from './tape'

/** The obvious way: copy every deciding word after every compared tick, and look at all copies since the last choice. */
function lassosByAllWords({ start, ticks, begins }: Tape, decidingWords: number): Lasso[] {
  const lassos: Lasso[] = []
  const words = start.slice()
  let states: { tick: number; actor: number; words: Uint32Array }[] = []
  for (const [index, { step, actor, choice, writes }] of ticks.entries()) {
    if (begins.includes(index)) states = []
    for (const { cell, after } of writes) words[cell] = after
    if (!step.comparesStates) continue
    const copy = words.slice(0, decidingWords)
    const first = states.find(
      (state) => state.actor === actor && state.words.every((word, cell) => word === copy[cell]),
    )
    if (first) lassos.push({ choice, first: first.tick, again: index })
    else states.push({ tick: index, actor, words: copy })
  }
  return lassos
}

test('a repeat is found exactly where all deciding words are equal', () => {
  let found = 0
  for (const { name, playback } of samplePlaybacks([v3_20_rc0])) {
    const { tape, machine } = playback
    expect(tape.lassos, name).toEqual(lassosByAllWords(tape, machine.decidingWords))
    found += tape.lassos.length
  }
  expect(found).toBeGreaterThan(20)
}, 60_000)
