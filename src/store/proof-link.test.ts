import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BIG_MODELS } from '../explore/models'
import { PROPERTIES } from '../explore/properties'
import { KERNELS } from '../kernel/variants'
import { parseProofHref, proofHref, type ProofChoices } from './proof-link'

const USUAL: ProofChoices = { test: 10, against: null, big: { model: 'pages', kernel: 'rc1', machine: 'xen' } }
const read = (hash: string) => parseProofHref(hash, USUAL)

const choices: fc.Arbitrary<ProofChoices> = fc.record({
  test: fc.nat(15),
  against: fc.constantFrom(null, ...PROPERTIES.map(({ id }) => id)),
  big: fc.record({
    model: fc.constantFrom(...BIG_MODELS.map(({ id }) => id)),
    kernel: fc.constantFrom(...KERNELS.map(({ id }) => id)),
    machine: fc.constantFrom('bare' as const, 'xen' as const),
  }),
})

test('choices written as an address and read again are the same', () => {
  fc.assert(
    fc.property(choices, (each) => void expect(read(proofHref(each, USUAL))).toEqual({ choices: each, messages: [] })),
  )
})

test('only what differs from the usual is written', () => {
  expect(proofHref(USUAL, USUAL)).toBe('#/proof')
  expect(proofHref({ ...USUAL, test: 2, against: 'progress' }, USUAL)).toBe('#/proof?v=1&t=p2&q=progress')
})

test.each([
  ['t=p16', /a test “p16”.*“p10”/],
  ['t=-1', /a test “-1”/],
  ['q=beauty', /a property “beauty”.*“nearest”/],
  ['b=page', /a larger model “page”.*“pages”/],
  ['k=p3', /a kernel “p3”.*“rc1”/],
  ['m=vmware', /a machine “vmware”.*“xen”/],
  ['v=2', /another version/],
  ['w=4&t=%E0', /“w=4”, “t=%E0”/],
])('“%s” is as usual, and a message says so', (query, message) => {
  const { choices: found, messages } = read(`#/proof?${query}`)
  expect(found).toEqual(USUAL)
  expect(messages).toEqual([expect.stringMatching(message)])
})

test('no address breaks it', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const { test: painted } = read(`#/proof?${text}`).choices
      expect(painted).toBeGreaterThanOrEqual(0)
      expect(painted).toBeLessThan(16)
    }),
  )
})
