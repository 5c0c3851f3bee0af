import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ACCESSES } from '../arch/error-code'
import { KERNELS } from '../kernel/variants'
import { TOUCHERS } from '../machine/choice'
import { SCENARIOS } from '../machine/scenario'
import { decodeRun } from './codec'
import { LAB_VIEWS, LINK_DEFAULTS, linkText, parseLink, type LinkState } from './link'
import { FLAG_BITS, TABLES_DEFAULTS, type TablesInput } from './tables-input'

const recordings = ['capture-xen', 'capture-bare']
const known = { scenarios: [...SCENARIOS.map(({ id }) => id), ...recordings], recordings, pages: () => 11 }
const read = (hash: string) => parseLink(hash, known)

const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const entry = fc.oneof(
  fc.record({ address: fc.nat(0x7fff_ffff), level: fc.constantFrom(0, 1, 2, 3), second: fc.constant(false) }),
  fc.constant({ address: 0x7f5e_c01a_0000, level: 3, second: false } as const),
  fc.constant({ address: 0xff80_0000_0000, level: 0, second: true } as const),
)
const tables: fc.Arbitrary<TablesInput> = fc.record({
  flag: fc.constantFrom(...FLAG_BITS),
  beside: orNull(fc.constantFrom('other', ...recordings)),
  words: orNull(fc.constantFrom('recorded', 'run')),
  area: orNull(fc.constantFrom('[heap]', 'program, code', 'fork-shared-cow-rewritten-by-parent', '100 % & more')),
  unit: orNull(fc.constantFrom('count', 'share')),
  at: orNull(entry),
})
const machine = fc.constantFrom('bare' as const, 'xen' as const)
const kernel = fc.constantFrom(...KERNELS.map(({ id }) => id), 'p0', 'p9', 'p15')
const numa = fc.constantFrom('none' as const, 'off' as const, 'on' as const)
const states: fc.Arbitrary<LinkState> = fc.record({
  view: fc.constantFrom(...LAB_VIEWS),
  scenario: fc.constantFrom(...known.scenarios),
  machine,
  kernel,
  numa,
  other: fc.record({ machine, kernel, numa }),
  access: fc.constantFrom(...ACCESSES),
  by: orNull(fc.constantFrom(...TOUCHERS)),
  choices: orNull(fc.constantFrom('', 'w4', 'w4.f.cw4', 'b4-8.k3-0.h12.p4').map((text) => decodeRun(text).choices)),
  cursor: orNull(fc.nat(999_999)),
  beyond: orNull(fc.nat(999_999)),
  page: orNull(fc.nat(10)),
  process: fc.constantFrom(0, 1),
  play: fc.boolean(),
  tables,
})
// What is asked of the tables is written while they are shown.
const state = states.map((each) => (each.view === 'tables' ? each : { ...each, tables: TABLES_DEFAULTS }))

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
    view: 'compare',
    scenario: 'capture-xen',
    machine: 'bare',
    kernel: 'p12',
    numa: 'none',
    other: { machine: 'bare', kernel: '3.19', numa: 'none' },
    access: 'read',
    by: 'kernel',
    choices,
    cursor: 1234,
    beyond: 12,
    page: 10,
    process: 1,
    // Written for counterexamples only, which are short.
    play: false,
    tables: TABLES_DEFAULTS,
  }
  const link = linkText(full)
  expect(link.length).toBeLessThanOrEqual(200)
  expect(read(link).state).toEqual(full)
})

test('all that can be asked of the tables fits in a short link', () => {
  const link = linkText({
    ...LINK_DEFAULTS,
    view: 'tables',
    scenario: 'capture-xen',
    machine: 'bare',
    kernel: '8a05',
    process: 1,
    choices: decodeRun('w4.f.w4.cw4').choices,
    page: 10,
    tables: {
      flag: 63,
      beside: 'capture-bare',
      words: 'recorded',
      area: 'fork-shared-cow-rewritten-by-parent',
      unit: 'count',
      at: { address: 0x7f2754b0a000, level: 2, second: false },
    },
  })
  expect(link.length).toBeLessThanOrEqual(200)
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
  ['#/lab?z=1', '“1”'],
  ['#/lab?zf=12', '“12”'],
  ['#/lab?zb=cow', '“cow”'],
  ['#/lab?zw=mine', '“mine”'],
  ['#/lab?zu=inch', '“inch”'],
  ['#/lab?zx=7f00.5', '“7f00.5”'],
  ['#/lab?zx=ffffffffffff', '“ffffffffffff”'],
  ['#/lab?y=1', '“1”'],
  ['#/lab?d=1', '“d=1”'],
  ['#/lab?o=xen-4.1-on', '“xen-4.1-on”'],
  ['#/lab?o=xen-rc1', '“xen-rc1”'],
  ['#/lab?o=xen-rc1-on-on', '“xen-rc1-on-on”'],
  ['#/lab?u=x', '“x”'],
  ['#/lab?s=%E0%A4%A', '%E0'],
])('%s is shown with defaults and a message', (hash, part) => {
  const { state, messages } = read(hash)
  expect(messages).toHaveLength(1)
  expect(messages[0]).toContain(part)
  expect({ ...state, choices: null, by: null }).toEqual(LINK_DEFAULTS)
})

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.string(), (text) => void read(`#/lab?${text}`)))
})
