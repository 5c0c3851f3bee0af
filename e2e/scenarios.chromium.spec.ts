import { kernelById } from '../src/kernel/variants'
import { scenarioById, SCENARIOS } from '../src/machine/scenario'
import { endingFor, EXPECTED_KERNELS, EXPECTED_OUTCOMES, type ExpectedOutcome } from '../src/trace/expected-outcomes'
import { expect, test } from './fixtures'
import { Lab } from './lab'
import { byClicks, byKeys, byTouch, type Way } from './ways'

const MACHINES = { bare: 'Bare metal', xen: 'Xen PV' } as const

/**
 * Open a row of the table by its link, run its accesses one after the other where none of them loops, and give the link of
 * that run.
 */
async function runOf(lab: Lab, row: ExpectedOutcome): Promise<string> {
  const { scenario, accesses = ['write'], page, byChild } = row
  const more = `${page === undefined ? '' : `&p=${page}`}${byChild ? '&c=child' : ''}`
  await lab.follow(`#/lab?v=1&s=${scenario}&m=bare&k=4.0&a=${accesses[0]}${more}`)
  for (const [index, access] of accesses.entries()) {
    if (index > 0) await lab.choose('Access', access === 'read' ? 'Read' : 'Write')
    await lab.ending(() => lab.button('Run').dispatchEvent('click'))
  }
  return new URL(await lab.link()).hash
}

for (const machine of ['bare', 'xen'] as const) {
  test(`every scenario on every kernel ends as worked out: ${MACHINES[machine]}`, async ({ page }) => {
    const lab = new Lab(page)
    await lab.open()
    for (const row of EXPECTED_OUTCOMES) {
      const run = await runOf(lab, row)
      const ends: string[] = []
      // The same run in another world is another link.
      for (const kernel of EXPECTED_KERNELS) ends.push(await lab.endingAt(inWorld(run, machine, kernel)))
      const expected = EXPECTED_KERNELS.map((kernel) => endingFor(row[machine], kernel))
      expect.soft(ends, `${row.scenario}: ${row.because}`).toEqual(expected)
    }
  })
}

/** The same link into another world; what is not needed for that is left out, so that no two links are one. */
function inWorld(hash: string, machine: string, kernel: string): string {
  const [path, query] = hash.split('?')
  const inputs = new URLSearchParams(query)
  inputs.delete('t')
  inputs.set('m', machine)
  inputs.set('k', kernel)
  return `${path}?${inputs.toString()}`
}

/** The rows that are a scenario as it opens, and its one write; in the order of the menu, where the next is one key away. */
const PLAIN = EXPECTED_OUTCOMES.filter(
  ({ accesses, page, byChild }) => !accesses && page === undefined && !byChild,
).toSorted((a, b) => placeOf(a) - placeOf(b))

function placeOf({ scenario }: ExpectedOutcome): number {
  return SCENARIOS.findIndex(({ id }) => id === scenario)
}

/**
 * Every scenario one way: run on one kernel, and then the same on another. A scenario is begun on the kernel that the one
 * before it ended on.
 */
function expectEach(how: string, wayOf: (lab: Lab) => Way) {
  const pair = ['rc0', 'rc1'] as const
  test(`every scenario by ${how}, on ${pair.map(nameOf).join(' and ')}`, async ({ page }) => {
    const lab = new Lab(page)
    const way = wayOf(lab)
    await lab.open()
    for (const [index, row] of PLAIN.entries()) {
      const [first, second] = index % 2 ? pair.toReversed() : pair
      const { title } = scenarioById(row.scenario)!
      await way.toScenario(title)
      await way.toMachine(MACHINES.xen)
      await way.toKernel(nameOf(first!))
      expect.soft(await lab.ending(way.run), `${title}, ${first}`).toBe(endingFor(row.xen, first!))
      await way.toKernel(nameOf(second!))
      await lab.expectEnding(endingFor(row.xen, second!))
    }
  })
}

function nameOf(kernel: string): string {
  return kernelById(kernel)!.name
}

test.describe('on a desk', () => {
  test.use({ viewport: { width: 1440, height: 900 } })
  expectEach('clicks', byClicks)
  expectEach('keys alone', byKeys)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })
  expectEach('touch', byTouch)
})
