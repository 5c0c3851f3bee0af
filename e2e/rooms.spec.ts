import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { Lab } from './lab'

/** Would a file that is dropped now be taken? */
const takesFiles = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['0'], 'words.txt'))
    return !document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }))
  })

test('the Lab that was left is out of reach: unseen, passed by Tab, and no file that is dropped is for it', async ({
  page,
}) => {
  const lab = new Lab(page)
  await lab.open()
  await page.getByRole('link', { name: 'Model', exact: true }).click()
  await expect(page.locator('[data-room="model"] h1')).toBeFocused()
  await expect(page.locator('[data-room="lab"] h1')).toBeAttached()
  await expect(page.getByRole('button', { name: 'Open…' })).toHaveCount(0)

  // Backwards from the heading is what would stand before it: the links of the header, and nothing of the Lab.
  await page.keyboard.press('Shift+Tab')
  expect(await page.evaluate(() => document.activeElement!.closest('[data-room]'))).toBeNull()

  expect(await takesFiles(page)).toBe(false)
  await page.getByRole('link', { name: 'Lab', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Open…' })).toBeVisible()
  expect(await takesFiles(page)).toBe(true)
})

for (const way of ['link', 'browser'] as const) {
  test(`a dialog goes with the room that it lies over, left by the ${way}`, async ({ page }) => {
    await page.goto('./#/model')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    const lab = new Lab(page)
    await lab.follow('#/lab')
    await page.getByRole('button', { name: 'Open…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Open a recording' })
    await expect(dialog).toBeVisible()

    if (way === 'browser') await page.goBack()
    else await lab.follow('#/proof')
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
    // A modal dialog that stayed would keep all of this from being clicked.
    await page.getByRole('link', { name: 'Lab', exact: true }).click()
    await expect(page.getByRole('button', { name: 'Open…' })).toBeVisible()
    await expect(dialog).toBeHidden()
  })
}
