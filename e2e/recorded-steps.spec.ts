import { axeComplaints } from './axe'
import { expect, test } from './fixtures'
import { Lab } from './lab'

const STEPS = 'Recorded steps of 6.1: Xen PV'
const UNDONE = '6.1 with the fix undone: Xen PV'
const verdict = 'recorded-verdict'

test('a recorded step opens before it was taken, on its kernel and machine, and the model agrees', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.scenario(STEPS)
  await expect(page.getByRole('combobox', { name: 'Kernel' })).toHaveValue('6.1')
  await expect(page.getByTestId(verdict)).toHaveText('Recorded and model agree in all 4.')
  expect(await lab.time()).toMatchObject({ at: 0 })
  await page.getByRole('combobox', { name: 'Step' }).selectOption({ label: '3 anon-write-after-read' })
  const rows = page.getByRole('table', { name: /recorded of this step/ }).getByRole('row')
  await expect(rows).toHaveCount(1 + 4)
  await expect(rows.nth(2)).toContainText('0x7 present, write, user')
  await expect(rows.nth(3)).toContainText('8000000073055867')
  await expect(rows.nth(4)).toContainText('8000000073055967')
  await lab.press('Run')
  await lab.expectOutcome('completed', 1)
})

test('rows lead to their place on the tape; the steps follow each other by a click', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open('#/lab?v=1&s=step-xen-7&k=6.1')
  await expect(page.getByRole('row', { name: /entry after/ })).toHaveAttribute('aria-current', 'true')
  await page.getByRole('button', { name: 'entry before' }).click()
  expect(await lab.time()).toMatchObject({ at: 0 })
  await expect(page.getByRole('row', { name: /entry before/ })).toHaveAttribute('aria-current', 'true')
  await lab.press('The step after')
  await expect(page.getByRole('row', { name: /signal/ })).toContainText('SIGSEGV, error 0x4')
  await lab.press('The step before')
  await expect(page.getByRole('row', { name: /commit asks for/ })).toContainText('000ffffffcfb8960')
  expect(await lab.link()).toContain('s=step-xen-7')
})

test('on another kernel the list says where it differs; what was recorded is one choice away', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open('#/lab?v=1&s=step-xen-3&k=6.1')
  await lab.choose('Kernel', '3.20-rc0')
  await lab.expectOutcome('endless', 1)
  await expect(page.getByTestId(verdict)).toHaveText('Recorded and model differ in 2 of 4.')
  await expect(page.getByText('The model runs on 3.20-rc0, Xen PV.')).toBeVisible()
  await lab.choose('Recorded on', '6.1, Xen PV')
  await expect(page.getByTestId(verdict)).toHaveText('Recorded and model agree in all 4.')
  await lab.press('Undo')
  await lab.expectOutcome('endless', 1)
})

test('a run that is not the recorded one is not compared, and Reset brings it back', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open('#/lab?v=1&s=step-xen-3&k=6.1&r=r7')
  await expect(page.getByTestId(verdict)).toHaveText('This run is not the recorded one. Reset brings it back.')
  await lab.press('Reset')
  await expect(page.getByTestId(verdict)).toHaveText('Recorded and model agree in all 4.')
})

test('a step of the child is met in the child, and its link brings it back', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open('#/lab?v=1&s=step-xen-18&k=6.1')
  await lab.press('The step after')
  await expect(page.getByRole('combobox', { name: 'of', exact: true })).toHaveValue('1')
  await expect(page.getByTestId(verdict)).toHaveText('Recorded and model agree in all 4.')
  await lab.press('Run')
  await lab.expectOutcome('completed', 1)
  const picture = await lab.picture()
  await page.goto(await lab.link())
  await page.reload()
  await expect.poll(() => lab.picture()).toBe(picture)
})

test('11,164 faults beside a loop: with the fix undone each is like the first, as shipped there is one', async ({
  page,
}) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.scenario(UNDONE)
  await expect(page.getByText('Recorded as shipped: 1 fault. With one compare undone: 11,164 faults')).toBeVisible()
  await expect(page.getByTestId(verdict)).toHaveText('Recorded and model agree in all 8.')
  await lab.press('Run')
  await lab.expectOutcome('endless', 1)
  await expect(page.getByRole('row', { name: /fault 2/ })).toHaveAttribute('aria-current', 'true')
  await lab.choose('Recorded on', '6.1, Xen PV')
  await lab.expectOutcome('completed', 1)
  await expect(page.getByTestId(verdict)).toHaveText('Recorded and model agree in all 5.')
})

test('a step that the model cannot carry out says why, and what was there stays', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open('#/lab?v=1&s=step-xen-42&k=6.1')
  await expect(page.getByText(/could not be opened.*not canonical/)).toBeVisible()
})

test('the panel has a way to it from above, and axe finds nothing in it', async ({ page }) => {
  const lab = new Lab(page)
  for (const [link, name] of [
    ['s=step-bare-119&m=bare&k=6.1&c=child', 'Recorded, and beside it the model'],
    ['s=undone-xen-long&k=6.1u', 'Recorded with one compare undone, and beside it the model'],
  ] as const) {
    await lab.open(`#/lab?v=1&${link}`)
    const heading = page.getByRole('heading', { level: 2, name, exact: true })
    await expect(heading).toBeVisible()
    await page.getByText(/^About/).click()
    await page.getByRole('button', { name: /^Recorded: / }).click()
    await expect(heading).toBeFocused()
    expect(await axeComplaints(page)).toEqual([])
  }
})
