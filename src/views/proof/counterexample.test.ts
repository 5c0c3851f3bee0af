import { expect, test } from 'vitest'
import type { Failure, PropertyId } from '../../explore/properties'
import type { Candidate, Verdict } from '../../explore/verdict'
import { counterexampleTo } from './counterexample'

const failed = (property: PropertyId, failure: Failure, length: number): Verdict => ({
  property,
  holds: false,
  witness: { failure, scenario: 'x1', machine: 'xen', kernel: 'p10', run: '', cursor: 0, length, beginnings: 1 },
})
const candidate = (verdicts: readonly Verdict[]): Candidate => ({
  yes: 10,
  bare: true,
  xen: false,
  specification: false,
  verdicts,
})

test('what a program notices goes before what the specification says, and the shorter before the longer', () => {
  const verdicts = [
    failed('sound', 'yes to unmarked', 0),
    failed('hints', 'passed over', 6),
    failed('progress', 'endless', 4),
  ]
  expect(counterexampleTo(candidate(verdicts), null)?.failure).toBe('endless')
})

test('where nobody would notice, the specification is shown; where nothing fails, nothing', () => {
  expect(counterexampleTo(candidate([failed('sound', 'yes to unmarked', 2)]), null)?.failure).toBe('yes to unmarked')
  expect(counterexampleTo(candidate([{ property: 'sound', holds: true, witness: null }]), null)).toBeNull()
})

test('against the property that is asked for, if it fails', () => {
  const verdicts = [failed('sound', 'yes to unmarked', 0), failed('progress', 'endless', 4)]
  expect(counterexampleTo(candidate(verdicts), 'sound')?.failure).toBe('yes to unmarked')
  expect(counterexampleTo(candidate(verdicts), 'frame')?.failure).toBe('endless')
})
