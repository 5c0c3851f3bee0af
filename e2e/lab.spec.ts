import { expect, test } from './fixtures'
import { Lab, type Outcome } from './lab'

type Row = readonly [kernel: string, outcome: Outcome, faults: number]

/** One access of a scenario on one machine, by kernel. */
async function expectTable(
  lab: Lab,
  scenario: string,
  machine: string,
  accesses: readonly string[],
  rows: readonly Row[],
) {
  await lab.open()
  await lab.scenario(scenario)
  await lab.choose('Machine', machine)
  for (const [kernel, outcome, faults] of rows) {
    await lab.choose('Kernel', kernel)
    await lab.press('Reset')
    await lab.expectOutcome('idle')
    for (const access of accesses) {
      await lab.choose('Access', access)
      await lab.press('Run')
    }
    await lab.expectOutcome(outcome, faults)
  }
}

test('copy-on-write under Xen PV: endless on 3.20-rc0, one fault with the fix', async ({ page }) => {
  const lab = new Lab(page)
  await expectTable(
    lab,
    'Copy-on-write',
    'Xen PV',
    ['Write'],
    [
      ['3.20-rc0', 'endless', 1],
      ['4.0-rc1', 'completed', 1],
      ['4.0', 'completed', 1],
    ],
  )
})

test('copy-on-write on bare metal: one fault on every kernel', async ({ page }) => {
  const lab = new Lab(page)
  await expectTable(
    lab,
    'Copy-on-write',
    'Bare metal',
    ['Write'],
    [
      ['3.19', 'completed', 1],
      ['8a0516ed', 'completed', 1],
      ['3.20-rc0', 'completed', 1],
      ['4.0-rc1', 'completed', 1],
      ['4.0', 'completed', 1],
    ],
  )
})

test('a hinted page on bare metal: one fault, or two where write permission is lost', async ({ page }) => {
  const lab = new Lab(page)
  await expectTable(
    lab,
    'Hinted page',
    'Bare metal',
    ['Write'],
    [
      ['3.19', 'completed', 1],
      ['3.20-rc0', 'completed', 2],
      ['4.0-rc1', 'completed', 2],
      ['4.0', 'completed', 1],
    ],
  )
})

test('a forced scan under Xen PV: 3.20-rc0 hints nothing, 3.19 loops', async ({ page }) => {
  const lab = new Lab(page)
  await expectTable(
    lab,
    'Hinted page',
    'Xen PV',
    ['Write'],
    [
      ['3.20-rc0', 'completed', 0],
      ['3.19', 'endless', 1],
    ],
  )
})

for (const machine of ['Bare metal', 'Xen PV']) {
  test(`the guard page ends in SIGSEGV everywhere: ${machine}`, async ({ page }) => {
    const kernels = ['3.19', '8a0516ed', '3.20-rc0', '4.0-rc1', '4.0', 'Yours']
    const rows = kernels.map((kernel): Row => [kernel, 'sigsegv', 1])
    await expectTable(new Lab(page), 'Guard page', machine, ['Write'], rows)
  })
}

test('the zero page under Xen PV, read then written: endless on 3.20-rc0, BUG on 8a0516ed', async ({ page }) => {
  const lab = new Lab(page)
  await expectTable(
    lab,
    'Zero page',
    'Xen PV',
    ['Read', 'Write'],
    [
      ['3.20-rc0', 'endless', 1],
      ['8a0516ed', 'bug', 1],
    ],
  )
  await expect(page.getByRole('status').filter({ hasText: 'zero page' })).toBeVisible()
})

test('the lasso closes only at the repeat, and its XOR is zero', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  const proof = page.getByRole('region', { name: 'Proof that the fault is endless' })
  await lab.press('Step')
  await expect(proof).toHaveCount(0)
  await lab.press('Run')
  await lab.expectOutcome('endless', 1)
  await expect(proof).toContainText('0000 0000 0000 0000')
  await lab.press('Back')
  await lab.expectOutcome('running')
  await expect(proof).toHaveCount(0)
})

test('back through the whole run and forward again gives the identical pictures', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.press('Run')
  await lab.expectOutcome('endless')
  const { length } = await lab.time()
  const there: string[] = []
  for (let at = length; at > 0; at--) {
    there.push(await lab.picture())
    await page.keyboard.press('ArrowLeft')
  }
  expect(await lab.time()).toEqual({ at: 0, length })
  const back: string[] = []
  for (let at = 0; at < length; at++) {
    await page.keyboard.press('ArrowRight')
    back.unshift(await lab.picture())
  }
  expect(back).toEqual(there)
})

test('a link opened in a new window is the same state', async ({ page, context }) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.choose('Kernel', '4.0-rc1')
  await lab.press('Run')
  await lab.press('Back')
  await lab.press('Back')
  const picture = await lab.picture()
  const other = new Lab(await context.newPage())
  await other.page.goto(await lab.link())
  await expect(other.page.getByRole('combobox', { name: 'Kernel' })).toHaveValue('rc1')
  expect(await other.picture()).toBe(picture)
})

test('painting the test: yes on PRESENT and bit 8 taken away mends 3.20-rc0', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.choose('Kernel', 'Yours')
  await lab.press('Run')
  await lab.expectOutcome('endless')
  await page.getByRole('button', { name: /Your test for PRESENT 1 and bit 8 1/ }).click()
  await lab.expectOutcome('completed', 1)
})

test('without NUMA balancing built in, 3.20-rc0 is cured; switched off at run time it is not', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.press('Run')
  await lab.choose('NUMA balancing', 'off')
  await lab.expectOutcome('endless', 1)
  await lab.choose('NUMA balancing', 'not built in')
  await lab.expectOutcome('completed', 1)
})
