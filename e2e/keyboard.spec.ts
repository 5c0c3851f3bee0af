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
