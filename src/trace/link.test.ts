import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ACCESSES } from '../arch/error-code'
import { KERNELS } from '../kernel/variants'
import { SCENARIOS } from '../machine/scenario'
import { decodeRun } from './codec'
import { LINK_DEFAULTS, linkText, parseLink, type LinkState } from './link'

const known = { scenarios: [...SCENARIOS.map(({ id }) => id), 'capture-xen'], pages: () => 11 }
const read = (hash: string) => parseLink(hash, known)

const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const state: fc.Arbitrary<LinkState> = fc.record({
  scenario: fc.constantFrom(...known.scenarios),
  machine: fc.constantFrom('bare', 'xen'),
  kernel: fc.constantFrom(...KERNELS.map(({ id }) => id), 'p0', 'p9', 'p15'),
  numa: fc.constantFrom('none', 'off', 'on'),
  access: fc.constantFrom(...ACCESSES),
  choices: orNull(fc.constantFrom('', 'w4', 'w4.f.cw4', 'b4-8.k3-0.h12.p4').map((text) => decodeRun(text).choices)),
  cursor: orNull(fc.nat(999_999)),
  page: orNull(fc.nat(10)),
  process: fc.constantFrom(0, 1),
})

test('a state written as a link and read again is the same state', () => {
  fc.assert(fc.property(state, (each) => void expect(read(linkText(each))).toEqual({ state: each, messages: [] })))
})

test('only what differs is written', () => {
  expect(linkText(LINK_DEFAULTS)).toBe('#/lab')
  expect(linkText({ ...LINK_DEFAULTS, kernel: 'rc1', cursor: 61 })).toBe('#/lab?v=1&k=rc1&t=61')
  expect(read('').state).toEqual(LINK_DEFAULTS)
  expect(read('#/lab?r=').state.choices).toEqual([])
})

test('a normal run fits in a short link', () => {
  const { choices } = decodeRun('w4.f.w4.cw4.s3.w3.m8n.m8w.w8.o6.r6.b4-8.b4-0.k4-8000000062345165.p4.h12.w4.cr4.q.w4')
  const full: LinkState = {
    scenario: 'capture-xen',
    machine: 'bare',
    kernel: 'p12',
    numa: 'none',
    access: 'read',
    choices,
    cursor: 1234,
    page: 10,
    process: 1,
  }
  const link = linkText(full)
  expect(link.length).toBeLessThanOrEqual(200)
  expect(read(link).state).toEqual(full)
})

test.each([
  ['#/lab?s=foo', '“foo”'],
  ['#/lab?k=4.1', '“4.1”'],
  ['#/lab?k=p16', '“p16”'],
  ['#/lab?m=vax', '“vax”'],
  ['#/lab?n=maybe', '“maybe”'],
  ['#/lab?a=jump', '“jump”'],
  ['#/lab?c=uncle', '“uncle”'],
  ['#/lab?p=11', '“11”'],
  ['#/lab?t=-1', '“-1”'],
  ['#/lab?r=w4.w99', '“w99”'],
  ['#/lab?v=2', 'another version'],
  ['#/lab?z=1', '“z=1”'],
  ['#/lab?s=%E0%A4%A', '%E0'],
])('%s is shown with defaults and a message', (hash, part) => {
  const { state, messages } = read(hash)
  expect(messages).toHaveLength(1)
  expect(messages[0]).toContain(part)
  expect({ ...state, choices: null }).toEqual(LINK_DEFAULTS)
})

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.string(), (text) => void read(`#/lab?${text}`)))
})
