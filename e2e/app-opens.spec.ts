import { axeComplaints } from './axe'
import { expect, test } from './fixtures'

test('the app opens in the Lab', async ({ page }) => {
  await page.goto('./')
  await expect(page).toHaveTitle('One Bit, Two Names')
  await expect(page.getByRole('heading', { level: 1, name: 'Lab' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Lab', exact: true })).toHaveAttribute('aria-current', 'page')
})

test('the fonts come with the app', async ({ page }) => {
  await page.goto('./')
  const loaded = await page.evaluate(async () => {
    await document.fonts.ready
    return [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family)
  })
  expect(loaded).toContain('Plex Sans')
})

for (const theme of ['dark', 'paper', 'contrast']) {
  test(`axe finds nothing to complain about in the theme ${theme}`, async ({ page }) => {
    await page.addInitScript((name) => localStorage.setItem('one-bit-two-names.theme', name), theme)
    await page.goto('./')
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await expect(page.getByRole('main')).toBeVisible()
    expect(await axeComplaints(page)).toEqual([])
  })
}
