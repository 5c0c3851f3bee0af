import type { Page } from '@playwright/test'
import { axeComplaints, axeInThemes } from './axe'
import { expect, test } from './fixtures'
import { expectNoSideways } from './window'

test.beforeEach(async ({ page }) => {
  await page.goto('./#/proof')
  await expect(page.getByText('Every case checked in')).toBeVisible()
  // The room comes in pieces when the search is over; this is the last.
  await expect(page.getByRole('region', { name: 'A larger run' })).toBeVisible()
})

test('every claim has a verdict, and the shipped test fails under Xen by one write that plays', async ({ page }) => {
  const claims = page.getByRole('region', { name: 'What was claimed' })
  await expect(claims.getByText('Holds: they never part.')).toHaveCount(2)
  await expect(claims.getByText('not finished')).toHaveCount(0)
  // What no search can say is said to be so.
  await expect(claims.getByText('Taken as given.')).toBeVisible()

  const row = page.getByRole('row', { name: /^progress/ })
  await expect(row.getByText('fails')).toHaveCount(1)
  await row.getByRole('link').click()
  await expect(page).toHaveURL(/#\/lab\?.*s=x1.*r=w0\.f\.w0/)
  await expect(page.getByText(/endless/i).first()).toBeVisible()
})

test('by keys alone: the right test lights every lamp, and a wrong one shows why not', async ({ page }) => {
  const square = (present: number, bit8: number) =>
    page.getByRole('button', { name: `Your test for PRESENT ${present} and bit 8 ${bit8}` })
  const lamps = page.getByRole('list', { name: 'What your test does, on both machines' })
  await expect(lamps.getByText('fails')).not.toHaveCount(0)

  const shortest = page.getByRole('region', { name: 'Shortest counterexample' })
  await expect(shortest.getByRole('list')).toContainText('the same again: for ever')

  await square(1, 1).focus()
  await page.keyboard.press('Enter')
  await expect(lamps.getByText('holds')).toHaveCount(7)
  await expect(shortest.getByRole('link')).toHaveCount(0)

  await square(0, 1).focus()
  await page.keyboard.press('Enter')
  await expect(shortest.getByRole('link')).toHaveAttribute('href', /#\/lab\?.*k=p0/)
  await lamps.getByRole('link').first().focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#\/lab\?.*k=p0/)
})

test('a glyph of the sieve paints its test, and says how far it falls', async ({ page }) => {
  const sieve = page.getByRole('list', { name: 'The sixteen tests' })
  await expect(sieve.getByRole('button')).toHaveCount(16)
  await expect(sieve.getByRole('button', { name: /passes all three/ })).toHaveCount(1)
  await expect(sieve.getByRole('button', { name: /stopped by Xen PV; what 3\.20-rc0 shipped/ })).toHaveCount(1)
  const accident = sieve.getByRole('button', { name: /stopped by the specification/ })
  await accident.press('Enter')
  await expect(accident).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByText(/^It works on both machines, by accident/)).toBeVisible()
})

/** Every link that the Tab key comes by, from the top of the page to its end. */
async function linksByTab(page: Page): Promise<readonly string[]> {
  await page.getByRole('heading', { level: 1 }).focus()
  const met: string[] = []
  for (;;) {
    await page.keyboard.press('Tab')
    const href = await page.evaluate(() => {
      const { activeElement } = document
      if (!activeElement?.closest('main')) return null
      return activeElement.getAttribute('href') ?? ''
    })
    if (href === null) return met
    met.push(href)
  }
}

test('the Tab key comes by every counterexample of the page', async ({ page }) => {
  const main = page.getByRole('main')
  const all = await main.locator('a[href*="#/lab"]').evaluateAll((links) => links.map((a) => a.getAttribute('href')))
  expect(all.length).toBeGreaterThan(8)
  expect((await linksByTab(page)).filter((href) => href.includes('#/lab'))).toEqual(all)
})

test('the wall by keys: every word says what it is, and opens its story', async ({ page }) => {
  const wall = page.getByRole('slider', { name: /^All words of twelve bits/ })
  await expect(wall).toHaveAttribute('aria-valuetext', /^0x165: GLOBAL.* 3\.20-rc0 says yes, wrongly\. .*under Xen PV/)
  await wall.press('ArrowLeft')
  await expect(wall).not.toHaveAttribute('aria-valuetext', /^0x165/)
  await wall.press('ArrowRight')
  await wall.press('Enter')
  await expect(page.getByRole('group', { name: 'The word 0x165' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#\/lab\?.*k0-8000000062344165/)
})

test('a larger run can be stopped, and its last numbers are called unfinished', async ({ page }) => {
  const run = page.getByRole('region', { name: 'A larger run' })
  await run.getByRole('button', { name: 'Start' }).click()
  await expect(run.getByText('Running.')).toBeVisible()
  await run.getByRole('button', { name: 'Stop' }).click()
  await expect(run.getByText('Not finished: you stopped it.')).toBeVisible()
})

test('the address carries the painted test and what is chosen beside it; what it says wrongly is as usual, and told', async ({
  page,
}) => {
  const shortest = page.getByRole('region', { name: 'Shortest counterexample' })
  await page.getByRole('button', { name: 'Your test for PRESENT 1 and bit 8 1' }).click()
  await expect(page).toHaveURL(/#\/proof\?v=1&t=p2$/)
  await page.goto('./#/proof?v=1&t=p0&q=complete&b=race&m=bare')
  await expect(shortest.getByRole('link')).toHaveAttribute('href', /#\/lab\?.*k=p0/)
  await expect(shortest.getByRole('combobox', { name: 'Against' })).toHaveValue('complete')
  const run = page.getByRole('region', { name: 'A larger run' })
  await expect(run.getByRole('combobox', { name: 'Model' })).toHaveValue('race')
  await expect(run.getByRole('radio', { name: 'Bare metal' })).toBeChecked()

  await page.goto('./#/proof?v=1&t=p16&q=beauty&b=everything')
  await expect(page.getByRole('alert').getByText(/does not know/)).toHaveCount(3)
  await expect(shortest.getByRole('link')).toHaveAttribute('href', /#\/lab\?.*k=p10/)
})

test('no violation in any theme, and no sideways scrolling on any screen', async ({ page }) => {
  expect.soft(await axeInThemes(page)).toEqual([])
  for (const [width, height] of [
    [320, 640],
    [390, 844],
    [1024, 768],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height })
    await expectNoSideways(page)
    if (width === 390) expect.soft(await axeComplaints(page, 'main'), 'on a phone').toEqual([])
  }
})

test('on a phone every verdict of the table is on the screen, and its counterexamples are large enough for a finger', async ({
  browser,
}) => {
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const page = await phone.newPage()
  await page.goto(new URL('#/proof', test.info().project.use.baseURL).href)
  await expect(page.getByText('Every case checked in')).toBeVisible()
  await expect(page.getByRole('region', { name: 'A larger run' })).toBeVisible()
  const table = page.getByRole('table', { name: 'Which property holds where' })
  const cells = await table.getByRole('cell').all()
  expect(cells.length).toBeGreaterThan(20)
  for (const cell of cells) {
    const box = (await cell.boundingBox())!
    expect(box.x + box.width).toBeLessThanOrEqual(390)
  }
  for (const link of await table.getByRole('link').all())
    expect((await link.boundingBox())!.height).toBeGreaterThanOrEqual(44)
  await phone.close()
})

test('a search that takes long keeps the rest of the room waiting for a moment only', async ({ context }) => {
  const page = await context.newPage()
  await page.addInitScript(() => {
    // A worker that never answers.
    const silent = class extends EventTarget {
      postMessage(): void {}
      terminate(): void {}
    }
    Object.defineProperty(window, 'Worker', { value: silent })
  })
  await page.goto('./#/proof')
  await expect(page.getByRole('region', { name: 'A larger run' })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Which property holds where' })).toBeVisible()
  await expect(page.getByText('Checking every case')).toBeVisible()
})
