import { axeComplaints } from './axe'
import { expect, test } from './fixtures'
import { Lab } from './lab'

test('the whole lap by keys alone: from the address bar to the closed lasso and back', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await page.keyboard.press('Space')
  await lab.expectOutcome('endless', 1)
  await page.keyboard.press('ArrowLeft')
  await lab.expectOutcome('running')
  await page.keyboard.press('ArrowRight')
  await lab.expectOutcome('endless', 1)
})

test('every control is reached by Tab, and none keeps the focus', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  const seen = new Set<string>()
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab')
    seen.add(
      await page.evaluate(() => {
        const on = document.activeElement
        const group = on?.closest('[role="radiogroup"],[role="grid"]')
        const labelled = group?.getAttribute('aria-labelledby')
        const label = labelled ? document.getElementById(labelled)?.textContent : group?.getAttribute('aria-label')
        return label ?? on?.getAttribute('aria-label') ?? on?.closest('label')?.textContent ?? on?.textContent ?? ''
      }),
    )
  }
  const names = [...seen].join('|')
  for (const name of [
    'Machine',
    'Kernel',
    'NUMA balancing',
    'Access',
    'Fork',
    'Scan',
    'mprotect',
    'Page table',
    'Step',
  ])
    expect(names, `${name} is reached`).toContain(name)
})

test('arrows move through the bits, Space flips one, ? asks why', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  const grid = page.getByRole('grid', { name: 'Page table' })
  const first = grid.getByRole('button').first()
  await first.focus()
  await page.keyboard.press('ArrowRight')
  const focused = page.locator(':focus')
  await expect(focused).toHaveAttribute('data-bit', '63')
  const before = await focused.getAttribute('aria-pressed')
  await page.keyboard.press('Space')
  await expect(focused).not.toHaveAttribute('aria-pressed', before ?? '')
  await page.keyboard.press('Shift+?')
  await expect(page.getByRole('region', { name: /Why is bit 63/ })).toBeVisible()
})

test('the accessible name of bit 8 changes with its meaning', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  const bit8 = page.getByRole('group', { name: 'Xen stored', exact: true }).locator('[data-bit="8"]').first()
  await expect(bit8).toHaveAccessibleName(/GLOBAL because PRESENT is 1/)
  await page.getByRole('switch', { name: 'PRESENT', exact: true }).click()
  await expect(bit8).toHaveAccessibleName(/PROTNONE because PRESENT is 0/)
})

test('the help tells every key, comes by ? and by a button, and gives the focus back', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await page.keyboard.press('Shift+?')
  const help = page.getByRole('dialog', { name: 'Keys' })
  await expect(help).toBeVisible()
  for (const verb of ['one step back', 'next scenario', 'fork', 'why is bit 8 so?', 'undo'])
    await expect(help.getByRole('listitem').filter({ hasText: verb })).toBeVisible()
  expect(await axeComplaints(page, 'dialog')).toEqual([])
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()
  await lab.press('Keys')
  await help.getByRole('button', { name: 'Close' }).click()
  await expect(lab.button('Keys')).toBeFocused()
})

test('scenes, kernel and machine by keys; letters can be switched off, and stay off', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await page.keyboard.press(']')
  await expect(page.getByRole('combobox', { name: 'Scenario' })).toHaveValue('zero')
  await page.keyboard.press('[')
  await expect(page.getByRole('combobox', { name: 'Scenario' })).toHaveValue('cow')
  await page.keyboard.press('k')
  await expect(page).toHaveURL(/k=rc1/)
  await page.keyboard.press('v')
  await expect(page).toHaveURL(/m=bare/)
  await lab.press('Keys')
  const letters = page.getByRole('checkbox', { name: /single letter/ })
  await letters.uncheck()
  await page.keyboard.press('Escape')
  const before = page.url()
  for (const visit of ['this one', 'the next']) {
    await page.keyboard.press('k')
    await page.keyboard.press('[')
    await page.keyboard.press('ArrowRight')
    await expect(page, visit).toHaveURL(/t=|r=/)
    expect(page.url(), visit).toContain('k=rc1')
    expect(page.url(), visit).not.toContain('s=')
    await page.goto('about:blank')
    await lab.open(new URL(before).hash)
  }
})

test('where storage is forbidden, settings hold until the page is closed, and a message says so', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('storage is forbidden', 'SecurityError')
      },
    })
  })
  const lab = new Lab(page)
  await lab.open()
  await page.keyboard.press('t')
  await expect(page.getByRole('alert').filter({ hasText: 'holds until the page is closed' })).toBeVisible()
  await lab.press('Keys')
  await page.getByRole('checkbox', { name: /single letter/ }).uncheck()
  await page.keyboard.press('Escape')
  await page.keyboard.press('k')
  await expect(page).not.toHaveURL(/k=/)
})

test('B leads to bit 8, G to the page table; Y asks why and takes the answer away', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await page.keyboard.press('b')
  await expect(page.locator(':focus')).toHaveAttribute('data-bit', '8')
  await page.keyboard.press('g')
  await expect(page.locator(':focus')).toHaveAttribute('data-page', '4')
  const why = page.getByRole('region', { name: 'Why is bit 8 as it is' })
  await page.keyboard.press('y')
  await expect(why).toBeVisible()
  await page.keyboard.press('y')
  await expect(why).toBeHidden()
})

test('who hears the page is told what it shows, how things stand, and each step with its number', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  const summary = page.getByRole('region', { name: 'Summary' })
  await expect(summary).toContainText('Copy-on-write, on Linux 3.20-rc0, Xen PV.')
  await expect(summary).toContainText('bit 8 is 1 and means GLOBAL')
  await expect(summary).toContainText('Choose an access, then Step or Run.')
  await lab.press('Step')
  const { at, length } = await lab.time()
  const said = `Step ${at} of ${length}.`
  await expect(page.locator('.lab-sentence [role="status"]')).toContainText(said)
  await expect(summary).toContainText(said)
  await page.getByRole('switch', { name: 'PRESENT', exact: true }).click()
  await expect(summary).toContainText('bit 8 is 1 and means PROTNONE')
  // It can be read; only the sentence is spoken by itself.
  await expect(summary.locator('[aria-live], [role="status"]')).toHaveCount(0)
})
