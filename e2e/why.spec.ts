import { expect, test } from './fixtures'
import { Lab } from './lab'

test('why is followed both ways by keys: to the writer, and to who reads the bit next', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.press('Why is bit 8 so?')
  const why = page.getByRole('region', { name: 'Why is bit 8 as it is' })
  const next = why
    .locator('p')
    .last()
    .getByRole('button', { name: /, step \d+$/ })
    .last()
  await next.focus()
  const name = await next.textContent()
  await page.keyboard.press('Enter')
  await expect(why.locator('p').last()).toContainText(`Read now by ${name}`)
  await expect(why.locator(':focus')).toHaveCount(1)
})

test('the rule of a reader opens its source and gives the focus back', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.press('Why is bit 8 so?')
  const rule = page
    .getByRole('region', { name: /Why is bit 8/ })
    .getByRole('button', { name: /^rule / })
    .last()
  await rule.click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(rule).toBeFocused()
})

test('the answer fits beside the sentence of a laptop', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  const lab = new Lab(page)
  await lab.open()
  await lab.press('Run')
  await lab.press('Why is bit 8 so?')
  const beside = page.locator('.lab-beside')
  await expect(page.getByRole('region', { name: /Why is bit 8/ })).toBeVisible()
  expect(await beside.evaluate((box) => box.scrollHeight - box.clientHeight)).toBeLessThanOrEqual(0)
})

test('a dot stands over the bits that the step reads, and over no other', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  const read = page.locator('.stratum-large [data-bit]').filter({ has: page.locator('.bit-read') })
  await expect(read).toHaveCount(0)
  await page.getByRole('slider', { name: 'Time' }).focus()
  const status = page.locator('.lab-sentence [role="status"]')
  for (let steps = 0; steps < 20 && !(await status.textContent())?.includes('pte_protnone asks'); steps++)
    await lab.press('Step')
  await expect(read).toHaveCount(1)
  await expect(read).toHaveAttribute('data-bit', '8')
})
