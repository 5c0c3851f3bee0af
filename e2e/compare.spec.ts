import { axeInThemes } from './axe'
import { DEFAULT, openPair, pair } from './compare-view'
import { expect, test } from './fixtures'
import { Lab } from './lab'
import { textsThatMeet } from './text-boxes'
import { pageSize, resize } from './window'

test('3.20-rc0 and 4.0-rc1 under Xen are compared first, and part with their own numbers', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.press('Compare')
  await expect(page.getByRole('group', { name: 'A, 3.20-rc0, Xen PV' })).toBeVisible()
  await expect(page.getByRole('group', { name: 'B, 4.0-rc1, Xen PV' })).toBeVisible()
  const difference = page.getByRole('region', { name: 'The difference' })
  await expect(difference).toContainText('The same word, the same question, two answers.')
  await expect(difference.getByRole('group', { name: 'A' })).toContainText('0x165 & 0x100 = 0x100')
  await expect(difference.getByRole('group', { name: 'A' })).toContainText('yes')
  await expect(difference.getByRole('group', { name: 'B' })).toContainText('0x165 & 0x101 = 0x101, 0x101 == 0x100')
  await expect(difference.getByRole('group', { name: 'B' })).toContainText('no')
  await lab.press('Run')
  await expect.poll(() => pair(page)).toMatchObject({ a: 'endless', b: 'completed' })
  await expect(page.getByRole('status')).toContainText('The entry of heap 2 differs in RW and the frame.')
})

test('by keys alone: C compares, D goes to the difference, arrows move both worlds, Undo brings a world back', async ({
  page,
}) => {
  await new Lab(page).open()
  await page.keyboard.press('c')
  await expect(page.getByTestId('pair')).toBeAttached()
  await page.keyboard.press('d')
  const { at, first } = await pair(page)
  expect(at).toBe(first)
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('status')).toContainText(/never asks whether this was a write.*takes the page-table lock/)
  await page.keyboard.press('ArrowLeft')
  expect((await pair(page)).at).toBe(first)
  const chosen = page.getByRole('radio', { name: /^B: 4.0-rc1, Xen PV/ })
  await chosen.focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('radio', { name: /^B: 4.0, Bare metal/ })).toBeChecked()
  await page.keyboard.press('Control+z')
  await expect(chosen).toBeChecked()
})

test('D goes to the first other word, then to where the ways part, then back', async ({ page }) => {
  await openPair(page, '#/lab?z=compare&m=bare&r=w4.f.w4&o=xen-rc0-on')
  const difference = page.getByRole('region', { name: 'The difference' })
  await page.keyboard.press('d')
  const first = (await pair(page)).at
  await expect(difference).toContainText('The same step, another word: the frame differs.')
  await page.keyboard.press('d')
  expect((await pair(page)).at).toBeGreaterThan(first)
  await expect(difference).toContainText('Two words, one test, two answers.')
  await page.keyboard.press('d')
  expect((await pair(page)).at).toBe(first)
})

test('the grid says how the run ends in every world, and puts A and B in any two', async ({ page }) => {
  await openPair(page)
  const grid = page.getByRole('table')
  await expect(grid).toContainText('12 worlds: 2 are sick')
  await expect(grid.getByText('forever')).toHaveCount(2)
  await grid.getByRole('radio', { name: /^A: 6.1, Bare metal/ }).check()
  await grid.getByRole('radio', { name: /^B: 8a0516ed, Xen PV/ }).check()
  await expect(page.getByRole('group', { name: 'A, 6.1, Bare metal' })).toBeVisible()
  await expect(page.getByRole('group', { name: 'B, 8a0516ed, Xen PV' })).toBeVisible()
  await expect.poll(() => pair(page)).toMatchObject({ a: 'completed', b: 'endless' })
})

test('a guard page is the same in two worlds that hold other words, and that is said', async ({ page }) => {
  await openPair(page, '#/lab?z=compare&s=guard&r=w8&o=bare-6.1-on')
  const difference = page.getByRole('region', { name: 'The difference' })
  await expect(difference).toContainText('No difference')
  await expect(difference).toContainText(/\d+ of 11 entries are other words/)
  const { at } = await pair(page)
  await page.keyboard.press('d')
  expect((await pair(page)).at).toBe(at)
})

test('a link opened in a new window is the same pair at the same step', async ({ page, context }) => {
  const lab = await openPair(page)
  await page.getByRole('group', { name: 'World B' }).getByRole('combobox', { name: 'NUMA' }).selectOption('none')
  await page.keyboard.press('d')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  const there = await pair(page)
  const link = await lab.link()
  expect(new URL(link).hash.length).toBeLessThanOrEqual(200)
  const other = await context.newPage()
  await other.goto(link)
  await expect(other.getByTestId('pair')).toBeAttached()
  expect(await pair(other)).toEqual(there)
  await expect(other.getByRole('group', { name: 'World B' }).getByRole('combobox', { name: 'NUMA' })).toHaveValue(
    'none',
  )
})

test('one world again is the world of A, and the comparison is found as it was left', async ({ page }) => {
  const lab = await openPair(page)
  await lab.press('One world again')
  await lab.expectOutcome('endless', 1)
  await page.keyboard.press('c')
  await expect.poll(() => pair(page)).toMatchObject({ a: 'endless', b: 'completed' })
})

test('who hears the page is told the two worlds, where they part and how each ends', async ({ page }) => {
  await openPair(page)
  const summary = page.getByRole('region', { name: 'Summary' })
  await expect(summary).toContainText('A: Linux 3.20-rc0, Xen PV. B: Linux 4.0-rc1, Xen PV.')
  await expect(summary).toContainText('The run ends in A: forever; in B: 1 fault, then done.')
  const { first } = await pair(page)
  await expect(summary).toContainText(`The worlds first differ at step ${first}, where their ways part.`)
  await page.keyboard.press('d')
  await expect(summary).toContainText(`Step ${first} of`)
  // It can be read; only the sentences are spoken by themselves.
  await expect(summary.locator('[aria-live], [role="status"]')).toHaveCount(0)
})

test('no two texts meet, and nothing scrolls sideways', async ({ page }) => {
  const sizes = [
    { width: 1920, height: 1080 },
    { width: 1440, height: 900 },
    { width: 1024, height: 768 },
  ]
  await page.setViewportSize(sizes[0]!)
  for (const hash of [
    DEFAULT,
    '#/lab?z=compare&m=bare&r=w4.f.w4&o=xen-rc0-on',
    '#/lab?z=compare&s=hint&m=bare&k=4.0&o=bare-rc0-on&r=s3.w3',
  ]) {
    await openPair(page, hash)
    for (const key of ['', 'd', 'ArrowRight', 'ArrowRight']) {
      if (key !== '') await page.keyboard.press(key)
      for (const size of sizes) {
        const what = `${hash} ${key}, ${size.width} × ${size.height}`
        await resize(page, size)
        await expect.poll(() => textsThatMeet(page), { message: what, timeout: 3_000 }).toEqual([])
        const { width, height } = await pageSize(page)
        expect(width, what).toBe(size.width)
        if (size.width > 1400) expect(height, what).toBe(size.height)
      }
    }
    await page.goto('about:blank')
  }
})

test('axe finds nothing where two worlds have parted, in any theme', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await openPair(page)
  expect(await axeInThemes(page)).toEqual([])
})
