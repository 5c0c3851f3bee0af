import { expect, test } from './fixtures'
import { Lab } from './lab'

const word = (lab: Lab) => lab.page.getByRole('group', { name: /^(Xen stored|In memory)$/ })
const hex = async (lab: Lab) => (await word(lab).locator('.hex-line').innerText()).replaceAll(/\s/g, '')

test('the three names are two bits: PROTNONE clears PRESENT, and taking it away says what remains', async ({
  page,
}) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.scenario('Hinted page')
  const at = (name: string) => page.getByRole('switch', { name, exact: true })
  await expect(at('PRESENT')).toBeChecked()
  await at('PROTNONE').click()
  await expect(at('PRESENT')).not.toBeChecked()
  await expect(at('PROTNONE')).toBeChecked()
  await expect(at('GLOBAL')).not.toBeChecked()
  await at('GLOBAL').click()
  await expect(page.getByRole('status').filter({ hasText: 'PROTNONE' }).first()).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(at('PROTNONE')).toBeChecked()
})

test('a flipped bit is one choice: undo takes it back, redo brings it again', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  const before = await hex(lab)
  await word(lab).locator('[data-bit="1"]').first().click()
  expect(await hex(lab)).not.toBe(before)
  await lab.press('Undo')
  expect(await hex(lab)).toBe(before)
  await lab.press('Redo')
  expect(await hex(lab)).not.toBe(before)
})

test('in the endless fault: RW given by hand is stripped again, bit 8 taken away lets the write land', async ({
  page,
}) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.press('Run')
  await lab.expectOutcome('endless', 1)
  await word(lab).locator('[data-bit="1"]').first().click()
  await lab.expectOutcome('running')
  await lab.press('Run')
  await lab.expectOutcome('endless')
  await word(lab).locator('[data-bit="8"]').first().click()
  await lab.press('Run')
  await lab.expectOutcome('completed')
})

test('bit 8 cleared by hand under Xen comes back through set_pte', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  const before = await hex(lab)
  await word(lab).locator('[data-bit="8"]').first().click()
  expect(await hex(lab)).not.toBe(before)
  await word(lab).getByRole('button', { name: 'set_pte' }).click()
  expect(await hex(lab)).toBe(before)
})

test('a hex word with rubbish: a message that says what to do, and what was typed stays', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  const before = await hex(lab)
  await word(lab).getByRole('button', { name: 'edit hex' }).click()
  const field = page.getByRole('textbox')
  await field.fill('80000xyz')
  await field.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'hexadecimal' })).toBeVisible()
  await expect(field).toHaveValue('80000xyz')
  await field.press('Escape')
  expect(await hex(lab)).toBe(before)
})

test('clearing PRESENT under Xen leaves a machine frame, and the app says so', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await page.getByRole('switch', { name: 'PRESENT', exact: true }).click()
  await expect(page.getByText(/machine frame/).first()).toBeVisible()
})

test('why is bit 8 set: Xen, with its function; and the question that reads it', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.press('Why is bit 8 so?')
  const why = page.getByRole('region', { name: 'Why is bit 8 as it is' })
  await expect(why).toContainText('Xen')
  await expect(why).toContainText('adjust_guest_l1e')
})
