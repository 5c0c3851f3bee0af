import { axeInThemes } from './axe'
import { expect, test } from './fixtures'

test('the app opens with the Story, at the machine that will not move', async ({ page }) => {
  await page.goto('./')
  await expect(page).toHaveTitle('One Bit, Two Names')
  await expect(page.getByRole('heading', { level: 1, name: '0 Stuck' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Story', exact: true })).toHaveAttribute('aria-current', 'page')
})

test('the fonts come with the app', async ({ page }) => {
  await page.goto('./')
  const loaded = await page.evaluate(async () => {
    await document.fonts.ready
    return [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family)
  })
  expect(loaded).toContain('Plex Sans')
})

test('the theme of the last visit is there again, and axe finds nothing to complain about in any', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('one-bit-two-names.theme', 'contrast'))
  await page.goto('./')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'contrast')
  await expect(page.getByRole('main')).toBeVisible()
  expect(await axeInThemes(page)).toEqual([])
})
