import { axeInThemes } from './axe'
import { expect, test } from './fixtures'
import { Lab } from './lab'
import { TablesView } from './tables-view'
import { textsThatMeet } from './text-boxes'
import { expectNoSideways, resize } from './window'

const YELLOW = [0xf2, 0xc9, 0x37]
const DARK_GROUND = [0x0b, 0x0f, 0x14]

/** What the recordings were published with: sums over the seven walks of each machine. */
const PUBLISHED = {
  'Recorded: Xen PV': { present: 8587, bit8: 8587, shut: 7744, swap: 64, tables: 150 },
  'Recorded: bare metal': { present: 5007, bit8: 0, shut: 4170, swap: 64, tables: 86 },
}

for (const [machine, published] of Object.entries(PUBLISHED)) {
  test(`${machine}: the numbers on the screen are those of the recordings`, async ({ page }) => {
    const lab = new Lab(page)
    const tables = new TablesView(page)
    await lab.open('#/lab?z=tables')
    const menu = page.getByRole('combobox', { name: 'Scenario' })
    const titles = (await menu.locator('option').allInnerTexts()).filter(
      (title) => title === machine || (title.startsWith(`${machine}, `) && !title.includes(', exec')),
    )
    expect(titles).toHaveLength(7)
    const sum = { present: 0, bit8: 0, shut: 0, swap: 0, tables: 0 }
    for (const title of titles) {
      await menu.selectOption({ label: title })
      await expect(menu.locator('option:checked')).toHaveText(title)
      await tables.expectOpen()
      const present = await tables.fact('Present')
      const shut = await tables.fact('Shut by Linux')
      const swap = await tables.fact('In swap')
      const upper = await tables.fact('Table entries')
      expect(present.part, title).toBe(machine.endsWith('PV') ? present.whole : 0)
      expect(shut.part, title).toBe(shut.whole)
      expect(swap.part, title).toBe(0)
      expect(upper.part, title).toBe(0)
      sum.present += present.whole
      sum.bit8 += present.part
      sum.shut += shut.whole
      sum.swap += swap.whole
      sum.tables += upper.whole
    }
    expect(sum).toEqual(published)
  })
}

test('two real processes differ in more than bit 8, the modelled one on two machines in bit 8 alone', async ({
  page,
}) => {
  const lab = new Lab(page)
  const tables = new TablesView(page)
  await lab.open('#/lab?z=tables')
  await tables.expectOpen()
  const difference = page.getByTestId('difference')
  await expect(difference).toContainText('Bit 8 is the only flag that differs')
  await lab.scenario('Recorded: Xen PV')
  await expect(difference).toContainText(/\d+ of 13 flags differ, bit 8 most: 9\s% .*, 100\s% /)
  await page.getByRole('combobox', { name: 'In', exact: true }).selectOption('fork-shared-cow')
  await expect(difference).toContainText('Bit 8 is the only flag that differs')
})

test('by keys alone: Z zooms out, arrows go through every level, Enter zooms in at the page', async ({ page }) => {
  const lab = new Lab(page)
  const tables = new TablesView(page)
  await lab.open()
  await page.keyboard.press('z')
  await tables.expectOpen()
  await expect(tables.entry).toBeFocused()
  await tables.expectEntry(/^PTE 60, 0x01c3c000, \[heap\]\. PRESENT is 1, so bit 8 is GLOBAL: Xen set it\./)
  await page.keyboard.press('ArrowLeft')
  await tables.expectEntry(/^PTE 59, 0x01c3b000, \[heap\]/)
  await page.keyboard.press('ArrowUp')
  await tables.expectEntry(/^PTE 27, 0x01c1b000\. Empty\./)
  await page.keyboard.press('Control+End')
  await tables.expectEntry(/^PMD 511, .*Empty/)
  await page.keyboard.press('Control+ArrowLeft')
  await tables.expectEntry(/^PMD .*Leads to a table\. Bit 8 is 0/)
  await page.keyboard.press('Control+Home')
  await tables.expectEntry(/^PTE 0, 0x00400000, program, code/)
  await page.keyboard.press('Control+ArrowRight')
  await tables.expectEntry(/^PTE 14, 0x0060e000, program, relro/)
  await page.keyboard.press('Enter')
  await expect(tables.region).toBeHidden()
  await expect(page.locator('.page-row-selected')).toContainText('relro')
  await expect(page.locator('.page-row-selected .page-name button')).toBeFocused()
  await page.keyboard.press('z')
  await tables.expectEntry(/^PTE 14, 0x0060e000/)
})

test('by clicks: Zoom out, another entry, Zoom in', async ({ page }) => {
  const lab = new Lab(page)
  const tables = new TablesView(page)
  await lab.open()
  await lab.press('Zoom out')
  await tables.expectOpen()
  const square = await tables.entry.boundingBox()
  await page.mouse.click(square!.x - square!.width / 2, square!.y + square!.height / 2)
  await tables.expectEntry(/^PTE 59, 0x01c3b000/)
  await page.getByRole('button', { name: /^Zoom in/ }).click()
  await expect(page.locator('.page-row-selected')).toContainText('heap 1')
})

test('the squares are painted by the words in memory, and follow the run', async ({ page }) => {
  const lab = new Lab(page)
  const tables = new TablesView(page)
  await page.addInitScript(() => localStorage.setItem('one-bit-two-names.theme', 'dark'))
  await lab.open('#/lab?z=tables')
  await tables.expectOpen()
  expect(await tables.colour()).toEqual(YELLOW)
  await lab.choose('Machine', 'Bare metal')
  await expect.poll(() => tables.colour()).toEqual(DARK_GROUND)
  await lab.choose('Machine', 'Xen PV')
  await expect.poll(() => tables.colour()).toEqual(YELLOW)
  await lab.press('Start')
  await tables.expectEntry(/^PTE 60, 0x01c3c000, \[heap\]\. Empty/)
  expect(await tables.colour()).not.toEqual(YELLOW)
})

test('each level of the way is a button, and an address leads to its entry', async ({ page }) => {
  const lab = new Lab(page)
  const tables = new TablesView(page)
  await lab.open('#/lab?z=tables&s=capture-xen')
  await tables.expectOpen()
  const way = page.getByRole('list', { name: 'The way from the root' })
  await way.getByRole('button', { name: /^PMD/ }).click()
  await tables.expectEntry(/^PMD 165, .*Leads to a table\. Bit 8 is 0: Xen adds it to entries of pages alone/)
  await expect(way).toContainText('PTE: the way ends above')
  const address = page.getByRole('textbox', { name: 'Address' })
  await address.fill('0x7f2754b1a000')
  await address.press('Enter')
  await tables.expectEntry(/^PTE 282, 0x7f2754b1a000, fork-shared-cow/)
  await address.fill('hello')
  await address.press('Enter')
  await expect(tables.region.getByRole('alert')).toContainText('hexadecimal')
  await expect(address).toHaveValue('hello')
  await tables.expectEntry(/^PTE 282/)
})

test('flag, process, area, unit and entry travel in a short link', async ({ page }) => {
  const lab = new Lab(page)
  const tables = new TablesView(page)
  await lab.open('#/lab?z=tables&s=capture-xen')
  await tables.expectOpen()
  await page.getByRole('radio', { name: /^DIRTY/ }).check()
  await page.getByRole('combobox', { name: 'Beside' }).selectOption({ label: 'Recorded: Xen PV, child' })
  await page.getByRole('combobox', { name: 'In', exact: true }).selectOption('anon-pageout')
  await lab.choose('As', 'Counts')
  await page.getByRole('button', { name: /^PUD/ }).click()
  const said = await tables.entry.getAttribute('aria-label')
  const difference = await page.getByTestId('difference').innerText()
  const link = await lab.link()
  expect(link.length - link.indexOf('#')).toBeLessThanOrEqual(200)
  await page.goto('about:blank')
  await page.goto(link)
  await tables.expectOpen()
  await tables.expectEntry(said!)
  await expect(page.getByRole('radio', { name: /^DIRTY/ })).toBeChecked()
  await expect(page.getByTestId('difference')).toHaveText(difference)
  await expect(page.getByRole('radio', { name: 'Counts' })).toBeChecked()
})

test('without a canvas, letters stand for the squares, and every entry is still reached', async ({ page }) => {
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null
  })
  const lab = new Lab(page)
  const tables = new TablesView(page)
  await lab.open('#/lab?z=tables')
  await tables.expectOpen()
  await expect(tables.region.getByRole('alert')).toContainText('no canvas')
  await expect(page.locator('.tables-text').first()).toContainText(/[#oP.-]{32}/)
  await tables.entry.press('ArrowLeft')
  await tables.expectEntry(/^PTE 59/)
})

test('axe finds nothing in the tables, in any theme', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  const tables = new TablesView(page)
  await new Lab(page).open('#/lab?z=tables&s=capture-xen')
  await tables.expectOpen()
  expect(await axeInThemes(page, ['section[aria-label="All tables"]'])).toEqual([])
})

test('no two texts meet in the tables, and nothing lies beside the page, in any window', async ({ page }) => {
  const tables = new TablesView(page)
  await new Lab(page).open('#/lab?z=tables&s=capture-xen')
  for (const viewport of [
    { width: 1920, height: 1080 },
    { width: 1440, height: 900 },
    { width: 1280, height: 720 },
    { width: 1024, height: 768 },
    { width: 640, height: 400 },
    { width: 390, height: 844 },
    { width: 320, height: 640 },
  ]) {
    const what = `${viewport.width} × ${viewport.height}`
    await resize(page, viewport)
    await tables.expectOpen()
    await expect.poll(() => textsThatMeet(page), { message: what, timeout: 2_000 }).toEqual([])
    await expectNoSideways(page, what)
  }
})
