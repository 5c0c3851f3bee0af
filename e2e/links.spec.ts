import { expect, test } from './fixtures'
import { Lab } from './lab'

test('a link from elsewhere: the defaults, and a message for each thing that is not known', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open('#/lab?v=9&s=nowhere&k=7.3&t=abc&r=w4.zz.f')
  await expect(page.getByRole('alert').filter({ hasText: 'nowhere' })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Scenario' })).toHaveValue('cow')
  await lab.expectOutcome('idle')
  const { length } = await lab.time()
  expect(length).toBeGreaterThan(0)
  const messages = await page.getByRole('button', { name: 'Understood' }).count()
  expect(messages).toBeGreaterThanOrEqual(3)
  await lab.press('Run')
  await lab.expectOutcome('endless')
})

test('links hold inputs only, and stay short', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.choose('Machine', 'Bare metal')
  await lab.choose('Kernel', '4.0')
  await lab.press('Fork')
  await lab.press('Run')
  await lab.press('Back')
  await expect(page).toHaveURL(/k=4\.0/)
  expect(new URL(page.url()).hash.length).toBeLessThanOrEqual(200)
})

test("the browser's back returns to the scenario before", async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.scenario('Guard page')
  await expect(page).toHaveURL(/s=guard/)
  await page.goBack()
  await expect(page.getByRole('combobox', { name: 'Scenario' })).toHaveValue('cow')
  await page.goForward()
  await expect(page.getByRole('combobox', { name: 'Scenario' })).toHaveValue('guard')
})
