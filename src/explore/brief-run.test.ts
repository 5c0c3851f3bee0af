import { expect, test } from 'vitest'
import { briefRun, type BriefMark } from './brief-run'
import { Exploration } from './explore'
import { modelById } from './models'
import type { PropertyId } from './properties'
import type { Witness } from './verdict'
import type { MachineId } from '../machine/platforms'

function witnessTo(property: PropertyId, kernel: string, on: MachineId): Witness {
  const exploration = new Exploration(modelById('page'), kernel, on)
  while (exploration.search.advance(1000) === 'running');
  return exploration.result().verdicts.find((verdict) => verdict.property === property)!.witness!
}

const inShort = (mark: BriefMark): string => {
  switch (mark.kind) {
    case 'begun':
      return mark.choice.do
    case 'word':
      return `${mark.lo.toString(16)} ${mark.by ?? 'before'}`
    case 'asked':
      return `${mark.lo.toString(16)}? ${mark.yes ? 'yes' : 'no'}`
    case 'hinted':
      return 'hinted'
  }
}

test('the loop of 3.20-rc0 under Xen PV: a write, a yes to a present entry, and the same word again', () => {
  const { marks, comesBack } = briefRun(witnessTo('progress', 'rc0', 'xen'))
  expect(marks.map(inShort)).toEqual(['access', '165 before', '165? yes', 'hinted', '165 xen'])
  expect(comesBack).toBe(true)
})

test('a test that never says yes: the mark is made, and a read meets a no for ever', () => {
  const { marks, comesBack } = briefRun(witnessTo('progress', 'p0', 'bare'))
  const told = marks.map(inShort)
  expect(told.slice(0, 2)).toEqual(['scan', '65 before'])
  expect(told).toContain('160? no')
  expect(told).not.toContain('hinted')
  expect(comesBack).toBe(true)
})

test('an answer that is wrong from the start: the word and the answer, and nothing comes back', () => {
  const { marks, comesBack } = briefRun(witnessTo('sound', 'p10', 'xen'))
  expect(marks.map(inShort)).toEqual(['165 before', '165? yes'])
  expect(comesBack).toBe(false)
})

test('“not PRESENT” is wrong about the empty entry that the child leaves behind', () => {
  const { marks } = briefRun(witnessTo('sound', 'p3', 'bare'))
  expect(marks.map(inShort).at(-1)).toBe('0? yes')
  expect(marks[0]).toEqual({ kind: 'begun', choice: { do: 'exit' } })
})

test('every painted test’s counterexamples are told in a handful of marks that end in an answer, a word, or a loop', () => {
  for (let yes = 0; yes < 16; yes++) {
    for (const on of ['bare', 'xen'] as const) {
      const exploration = new Exploration(modelById('page'), `p${yes}`, on)
      while (exploration.search.advance(1000) === 'running');
      for (const { witness } of exploration.result().verdicts) {
        if (!witness) continue
        const { marks, comesBack } = briefRun(witness)
        expect(marks.length).toBeGreaterThan(0)
        // As many as a phone has room for.
        expect(marks.length).toBeLessThanOrEqual(8)
        expect(comesBack).toBe(witness.failure === 'endless')
        expect(marks.map(({ kind }) => kind)).toContain('word')
      }
    }
  }
})
