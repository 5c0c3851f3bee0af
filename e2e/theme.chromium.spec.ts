import { expect, test } from './fixtures'

test('the theme follows the system until one is chosen', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('./#/lab')
  const html = page.locator('html')
  await expect(html).toHaveAttribute('data-theme', 'paper')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(html).toHaveAttribute('data-theme', 'dark')
})

test('the app opens where storage is forbidden', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('storage is forbidden', 'SecurityError')
      },
    })
  })
  await page.goto('./#/lab')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})
