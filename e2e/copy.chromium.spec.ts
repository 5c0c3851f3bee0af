import { axeComplaints } from './axe'
import { expect, test } from './fixtures'
import { Lab } from './lab'

const clipboard = (lab: Lab) => lab.page.evaluate(() => navigator.clipboard.readText())

test('copied by buttons and by keys: the link, the word, the sentence, the tape; each is said', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const lab = new Lab(page)
  await lab.open()
  await lab.press('Run')
  await lab.expectOutcome('endless')
  await page.locator('summary').filter({ hasText: 'Copy' }).click()
  await lab.press('Copy the link')
  await expect(page.getByText('Copied: the link')).toBeVisible()
  expect(await clipboard(lab)).toBe(await lab.link())
  await page.keyboard.press('Escape')
  await page.keyboard.press('h')
  await expect(page.getByText('Copied: the word')).toBeVisible()
  expect(await clipboard(lab)).toBe('0x8000000062345165')
  await page.keyboard.press('Shift+H')
  await expect(page.getByText('Copied: the sentence')).toBeVisible()
  expect(await clipboard(lab)).toContain('nothing has changed')
  await page.keyboard.press('Shift+L')
  await expect(page.getByText('Copied: the tape as text')).toBeVisible()
  const text = await clipboard(lab)
  expect(text.split('\n')[0]).toContain('3.20-rc0')
  expect(text).toContain('endless, faults: 1')
})

test('a copied link opened anew is the same state', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const lab = new Lab(page)
  await lab.open()
  await lab.press('Run')
  await lab.press('Back')
  const picture = await lab.picture()
  await page.keyboard.press('l')
  await expect(page.getByText('Copied: the link')).toBeVisible()
  const other = new Lab(await context.newPage())
  await other.page.goto(await clipboard(lab))
  await expect(other.page.getByRole('heading', { level: 1 })).toBeAttached()
  expect(await other.picture()).toBe(picture)
})

for (const [why, forbid] of [
  ['there is no clipboard', () => Object.defineProperty(navigator, 'clipboard', { value: undefined })],
  [
    'the clipboard is forbidden',
    () => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('forbidden', 'NotAllowedError'))
    },
  ],
] as const) {
  test(`where ${why}, the text stands in a dialog, selected`, async ({ page }) => {
    await page.addInitScript(forbid)
    const lab = new Lab(page)
    await lab.open()
    await page.keyboard.press('h')
    const field = page.getByRole('textbox', { name: /Text to copy/ })
    await expect(field).toBeFocused()
    await expect(field).toHaveValue('0x8000000062345165')
    expect(await page.evaluate(() => document.getSelection()?.toString())).toBe('0x8000000062345165')
    expect(await axeComplaints(page, 'dialog')).toEqual([])
    await page.keyboard.press('Escape')
    await expect(field).toHaveCount(0)
  })
}
