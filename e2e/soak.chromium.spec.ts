import { busyWhenStill, driftOf, MOST, nodesOf, soak } from '../bench/kiosk-rounds'
import { expect, test } from './fixtures'

/** Written by the test runner itself, which lets no page keep anything for the next. */
const NO_WORKER = 'Service Worker registration blocked by Playwright'

// A clock's scripts are taken out of a page one by one. In a page that tests share, those still there throw in the next test's documents,
// where the one that makes the clock is gone: so each of these tests has a page of its own.
test.use({ reuseContext: false })

test('five minutes of the kiosk leave nothing behind: heap, nodes, console', async ({ page }) => {
  const run = await soak(page, 5)
  expect(run.messages.filter((each) => each !== NO_WORKER)).toEqual([])
  expect(nodesOf(run)).toHaveLength(1)
  expect(Math.abs(driftOf(run))).toBeLessThan(MOST.drift)
})

test('a page that keeps what it made is found out', async ({ page }) => {
  await page.addInitScript(() => {
    const kept: unknown[] = []
    setInterval(() => kept.push(Array.from({ length: 10_000 }, Math.random), document.createElement('p')), 50)
  })
  const run = await soak(page, 2)
  expect(nodesOf(run).length).toBeGreaterThan(1)
  expect(driftOf(run)).toBeGreaterThan(MOST.drift)
})

test('a beat that stands still takes no time of the processor', async ({ page }) => {
  await page.goto('./#/stage/five/7')
  await expect(page.locator('.talk')).toHaveAttribute('data-fetched', 'true')
  await page.waitForTimeout(2000)
  expect(await busyWhenStill(page, 3)).toBeLessThan(MOST.busy)
})
