import { axeComplaints } from './axe'
import { expect, test } from './fixtures'
import { Lab } from './lab'

const INIT = 'init of the 2015 kernel under Xen'
const list = 'Recorded faults and the model’s'

test('the recorded init opens where it never got on, each recorded fault beside the model’s', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.scenario(INIT)
  await lab.expectOutcome('endless', 1)
  const rows = page.getByRole('table', { name: list }).getByRole('row')
  await expect(rows).toHaveCount(1 + 12)
  await expect(rows.last()).toContainText('fault 12, 0x5e0cd8')
  await expect(rows.last()).toContainText('do_numa_page, 200 times')
  await expect(rows.last()).toContainText('do_numa_page, for ever')
  await expect(rows.last()).toContainText('= agrees')
  await expect(rows.last()).toHaveAttribute('aria-current', 'true')
  await expect(page.getByText('154,508 faults in about 20 s, 154,497 of them at 0x5e0cd8')).toBeVisible()
})

test('a row leads to its fault on the tape, and the tape marks its row', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open('#/lab?v=1&s=run-init')
  const { length } = await lab.time()
  await page.getByRole('button', { name: 'fault 9, 0x5e0030' }).click()
  const { at } = await lab.time()
  expect(at).toBeLessThan(length)
  await expect(page.getByRole('row', { name: /fault 9/ })).toHaveAttribute('aria-current', 'true')
  await page.getByRole('button', { name: 'fault 4, 0x5eb898' }).click()
  await expect(page.locator('.page-row-selected')).toContainText('bss 5eb')
  await lab.press('Start')
  await expect(page.locator('.recorded-row[aria-current]')).toHaveCount(0)
})

test('with the fix the same program goes on; one undo leads back', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.scenario(INIT)
  await lab.choose('Recorded on', '4.0-rc1, Xen')
  await expect(page.getByText('16 more were recorded than this tape has')).toBeVisible()
  await lab.press('The program goes on')
  await expect(page.getByText('15 more were recorded than this tape has')).toBeVisible()
  await lab.press('Undo')
  await lab.press('Undo')
  await lab.expectOutcome('endless', 1)
})

test('where a kernel was not recorded on the machine, the panel says so and leads to one that was', async ({
  page,
}) => {
  const lab = new Lab(page)
  await lab.open('#/lab?v=1&s=run-zero&k=6.1')
  await expect(page.getByText('This kernel was not recorded on this machine.', { exact: true })).toBeVisible()
  await lab.choose('Recorded on', '3.19, bare metal')
  await expect(page.getByText('All 2 agree; 1 more was recorded than this tape has.')).toBeVisible()
})

test('the panel has a way to it from above, and axe finds nothing in it', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open('#/lab?v=1&s=run-fork')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByText(/^About/).click()
  await lab.press('Recorded faults')
  await expect(page.getByRole('heading', { name: 'Recorded, and beside it the model' })).toBeFocused()
  expect(await axeComplaints(page, '[aria-labelledby="recorded"]')).toEqual([])
})

test('recordings that are cut short: a message, and the Lab as it was', async ({ page }) => {
  await page.route('**/runs-of-2015-*.js', async (route) => {
    await route.fulfill({ body: `export default '{"programs":['`, contentType: 'text/javascript' })
  })
  const lab = new Lab(page)
  await lab.open()
  await lab.press('Run')
  const picture = await lab.picture()
  await lab.scenario(INIT)
  await expect(page.getByRole('alert').filter({ hasText: 'could not be opened' })).toBeVisible()
  expect(await lab.picture()).toBe(picture)
})
