import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { THEMES } from '../src/app/theme'
import { axeComplaints } from './axe'
import { expect, test } from './fixtures'
import { textsThatMeet } from './text-boxes'

const BUILT = '.cache/specimens'
const PHOTOGRAPHS = '.cache/specimen-photographs'
const GROUPS = [
  'bit-grid',
  'timeline',
  'fault-path',
  'compare',
  'tables',
  'proof',
  'recorded',
  'opened',
  'sources',
  'controls',
] as const

/** Cells by the hundred, of which those before stand for all; and shapes that no text is in. */
const MORE_OF_THE_SAME = [
  '[aria-label="Three hundred pages"]',
  '[aria-label="Opened: a part of more"] .page-row:nth-child(n + 4)',
  'main > section:nth-of-type(n + 4) :is(.word-rows, .stratum-bits)',
  'svg :is(path, rect, circle)',
].join()

/** The same part of the Lab stands here many times. */
const ON_PURPOSE = ['landmark-unique']

test.use({ viewport: { width: 1440, height: 900 } })

test.beforeEach(async ({ page, baseURL }) => {
  expect(existsSync(join(BUILT, 'specimens.html')), 'run `npm run build:specimens` first').toBe(true)
  // They are no part of the app, so its server does not know them.
  await page.route(`${baseURL}**`, (route) =>
    route.fulfill({ path: join(BUILT, new URL(route.request().url()).pathname) }),
  )
})

for (const group of GROUPS) {
  test(`specimens, ${group}: axe finds nothing in any theme, and no two texts meet`, async ({ page }) => {
    mkdirSync(PHOTOGRAPHS, { recursive: true })
    await page.goto(`./specimens.html#${group}`)
    await expect(page.getByRole('region').first()).toBeVisible()
    await page.evaluate(() => document.fonts.ready)
    for (const theme of THEMES) {
      await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme)
      await page.screenshot({ path: join(PHOTOGRAPHS, `${group}-${theme}.png`), fullPage: true })
      const coloursOnly = theme !== THEMES[0]
      const look = { leftOut: MORE_OF_THE_SAME, without: ON_PURPOSE, coloursOnly }
      expect.soft(await axeComplaints(page, look), theme).toEqual([])
    }
    expect(await textsThatMeet(page, 10)).toEqual([])
  })
}

test('every group of specimens is looked at', async ({ page }) => {
  await page.goto('./specimens.html')
  await expect(page.getByRole('navigation', { name: 'Groups' }).getByRole('link')).toHaveText([...GROUPS])
})
