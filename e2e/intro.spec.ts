import { axeComplaints } from './axe'
import { expect, test } from './fixtures'

test.use({ storageState: { cookies: [], origins: [] } })

test('a room greets once: three lines, dismissed for ever', async ({ page }) => {
  await page.goto('./#/lab')
  const greeting = page.getByRole('region', { name: 'What to do here' })
  await expect(greeting.getByRole('listitem')).toHaveCount(3)
  expect(await axeComplaints(page)).toEqual([])
  await greeting.getByRole('button', { name: 'Understood' }).click()
  await expect(greeting).toBeHidden()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Lab' })).toBeAttached()
  await expect(greeting).toBeHidden()
  await page.goto('./#/proof')
  await expect(greeting.getByRole('listitem')).toHaveCount(3)
})

test('the Story needs no greeting', async ({ page }) => {
  await page.goto('./')
  await expect(page.getByRole('heading', { level: 1, name: '0 Stuck' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'What to do here' })).toHaveCount(0)
})
