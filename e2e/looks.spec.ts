import { axeComplaints } from './axe'
import { expect, test } from './fixtures'
import { Lab } from './lab'
import { textsThatMeet } from './text-boxes'

const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1440, height: 900 },
]

type Act = (lab: Lab) => Promise<void>

/** One after the other on one page; each begins with the scenario of the one before it. */
const STATES: readonly (readonly [string, Act])[] = [
  ['start', async () => {}],
  ['endless', (lab) => lab.press('Run')],
  ['why open', (lab) => lab.press('Why is bit 8 so?')],
  ['all 64 bits open', (lab) => lab.press('all 64 bits')],
  [
    'fixed',
    async (lab) => {
      await lab.press('all 64 bits')
      await lab.press('Close')
      await lab.choose('Kernel', '4.0-rc1')
    },
  ],
  ['PRESENT taken away by hand', (lab) => lab.page.getByRole('switch', { name: 'PRESENT', exact: true }).click()],
  [
    'a hex word refused',
    async (lab) => {
      await lab.press('edit hex')
      await lab.page.getByRole('textbox').fill('80000xyz')
      await lab.page.getByRole('textbox').press('Enter')
    },
  ],
  [
    'guard page',
    async (lab) => {
      await lab.page.getByRole('textbox').press('Escape')
      await lab.scenario('Guard page')
      await lab.press('Run')
    },
  ],
  [
    'recording',
    async (lab) => {
      await lab.choose('Kernel', '3.20-rc0')
      await lab.scenario('Recorded: Xen PV')
      await lab.page.getByText(/About this recording/).waitFor()
      await lab.press('Run')
    },
  ],
  ['its notes', (lab) => lab.page.getByText(/About this recording/).click()],
]

for (const viewport of SIZES) {
  test(`no two texts meet, and the page needs no scrolling: ${viewport.width} × ${viewport.height}`, async ({
    page,
  }) => {
    await page.setViewportSize(viewport)
    const lab = new Lab(page)
    await lab.open()
    await page.evaluate(() => document.fonts.ready)
    for (const [state, act] of STATES) {
      await act(lab)
      await expect.poll(() => textsThatMeet(page), { message: state, timeout: 2_000 }).toEqual([])
      const size = await page.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement
        return { width: scrollWidth, height: scrollHeight }
      })
      expect.soft(size, state).toEqual(viewport)
    }
  })
}

test('the measure sees texts that meet', async ({ page }) => {
  await page.setViewportSize(SIZES[1]!)
  await new Lab(page).open()
  await page.addStyleTag({ content: '.lab-sentence { margin-top: -60px }' })
  expect((await textsThatMeet(page)).length).toBeGreaterThan(0)
})

for (const theme of ['dark', 'paper', 'contrast']) {
  test(`axe finds nothing in an endless fault, in its why, in a recording: ${theme}`, async ({ page }) => {
    await page.addInitScript((name) => localStorage.setItem('one-bit-two-names.theme', name), theme)
    await page.setViewportSize(SIZES[1]!)
    const lab = new Lab(page)
    await lab.open()
    await lab.press('Run')
    await lab.expectOutcome('endless')
    // The grid of bits is what axe takes long over, and the start of the Lab has been looked at whole.
    expect(await axeComplaints(page, 'section[aria-label="Tape"]'), 'tape').toEqual([])
    expect(await axeComplaints(page, 'section[aria-label^="Proof"]'), 'proof').toEqual([])
    await lab.press('Why is bit 8 so?')
    expect(await axeComplaints(page, '.lab-said'), 'why').toEqual([])
    await lab.scenario('Recorded: Xen PV')
    await page.getByText(/About this recording/).click()
    expect(await axeComplaints(page, 'section[aria-label="The world"]'), 'recording').toEqual([])
  })
}

test('the notes close by Escape, which gives the focus back, and by a click elsewhere', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.scenario('Recorded: Xen PV')
  const summary = page.getByText(/About this recording/)
  const notes = page.getByRole('region', { name: /About this recording/ })
  await summary.click()
  await expect(notes).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(notes).toBeHidden()
  await expect(page.locator('summary')).toBeFocused()
  await summary.click()
  await page.getByRole('status').click()
  await expect(notes).toBeHidden()
})

test('why takes the focus, and Escape gives it back to the question', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.press('Why is bit 8 so?')
  await expect(page.getByRole('combobox', { name: 'Why bit' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(lab.button('Why is bit 8 so?')).toBeFocused()
})
