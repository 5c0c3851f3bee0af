import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ACCESSES } from '../arch/error-code'
import { pte } from '../arch/pte'
import { RIGHTS } from '../kernel/protection'
import { ADVICE } from '../kernel/advice'
import { FORGOTTEN } from '../kernel/clear-refs'
import type { Choice, ProcessId } from '../machine/choice'
import { CHOICE_LIMIT, decodeRun, encodeRun } from './codec'

const page = fc.nat(9_999)
const process = fc.constantFrom<ProcessId>(0, 1)
const word = fc.tuple(fc.nat(0xffff_ffff), fc.nat(0xffff_ffff)).map(([lo, hi]) => pte(lo, hi))

const choice: fc.Arbitrary<Choice> = fc.oneof(
  fc.record({ do: fc.constant('access'), process, page, access: fc.constantFrom(...ACCESSES) }),
  fc.record({ do: fc.constantFrom('fork', 'exit') }),
  fc.record({ do: fc.constant('kill'), process }),
  fc.record({ do: fc.constant('exec'), process, page }),
  fc.record({ do: fc.constant('pin'), process, page, access: fc.constantFrom('read', 'write') }),
  fc.record({
    do: fc.constant('pin'),
    process,
    page,
    access: fc.constantFrom('read', 'write'),
    force: fc.constant(true),
  }),
  fc.record({
    do: fc.constant('access'),
    process,
    page,
    access: fc.constantFrom('read', 'write'),
    byKernel: fc.constant(true),
  }),
  fc.record({ do: fc.constantFrom('scan', 'reclaim', 'munmap', 'grant'), page }),
  fc.record({ do: fc.constant('mprotect'), page, rights: fc.constantFrom(...RIGHTS) }),
  fc.record({ do: fc.constant('madvise'), page, advice: fc.constantFrom(...ADVICE) }),
  fc.record({ do: fc.constant('clear-refs'), what: fc.constantFrom(...FORGOTTEN) }),
  fc.record({ do: fc.constant('flip'), process, page, bit: fc.nat(63) }),
  fc.record({ do: fc.constant('poke'), process, page, word }),
  fc.record({ do: fc.constant('store'), process, page }),
  fc.record({ do: fc.constant('hold'), ticks: fc.nat(20_000) }),
  fc.record({ do: fc.constant('hold'), ticks: fc.nat(20_000), second: fc.constant(true) }),
  fc.record({
    do: fc.constant('access'),
    process,
    page,
    access: fc.constantFrom(...ACCESSES),
    second: fc.constant(true),
  }),
) as fc.Arbitrary<Choice>
const run = fc.array(choice, { maxLength: 30 })

test('a run written and read again is the same run', () => {
  fc.assert(fc.property(run, (choices) => void expect(decodeRun(encodeRun(choices))).toEqual({ choices })))
})

test('every kind of choice has its own short token', () => {
  const text = 'r4.w4.x4.cw4.f.q.s3.m8n.m8r.m8w.o6.b4-8.cb4-63.k4-8000000062345165.k4-0.p4.h12'
  const { choices, problem } = decodeRun(text)
  expect(problem).toBeUndefined()
  expect(choices).toHaveLength(17)
  expect(encodeRun(choices)).toBe(text)
})

test('rubbish between valid tokens is dropped and named; nothing throws', () => {
  const { choices, problem } = decodeRun('w4.zz.f.b4-64.w4n.cf.w04.w.k4-.w4')
  expect(encodeRun(choices)).toBe('w4.f.w4')
  expect(problem).toContain('“zz”')
  expect(problem).toContain('4 more')
  fc.assert(
    fc.property(fc.string(), (text) => {
      const result = decodeRun(text)
      expect(text === '' || result.choices.length > 0 || result.problem !== undefined).toBe(true)
      expect(decodeRun(encodeRun(result.choices)).choices).toEqual(result.choices)
    }),
  )
})

test('a page that is not there is dropped with a message', () => {
  expect(decodeRun('w4.w11', 11)).toMatchObject({ choices: [{ page: 4 }], problem: expect.stringContaining('w11') })
})

test('a run longer than any hand makes is cut, and says so', () => {
  const { choices, problem } = decodeRun(
    Array(CHOICE_LIMIT + 5)
      .fill('f')
      .join('.'),
  )
  expect(choices).toHaveLength(CHOICE_LIMIT)
  expect(problem).toContain(String(CHOICE_LIMIT))
})
