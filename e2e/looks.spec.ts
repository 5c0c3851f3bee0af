import { axeInThemes } from './axe'
import { expect, test } from './fixtures'
import { Lab } from './lab'
import { textsThatMeet } from './text-boxes'
import { pageSize, resize } from './window'

const LAPTOP = { width: 1440, height: 900 }

/** Windows that have the Lab put together alike. 640 and 320 wide are 1280 at 200 % and at 400 %. */
const SIZES = [
  [
    { width: 1920, height: 1080 },
    { width: 1440, height: 900 },
  ],
  [
    { width: 1280, height: 800 },
    { width: 1024, height: 768 },
    { width: 900, height: 700 },
  ],
  [
    { width: 768, height: 1024 },
    { width: 640, height: 400 },
    { width: 390, height: 844 },
    { width: 320, height: 640 },
  ],
] as const

/** Whether the page may not be higher than the window. */
const mustFit = ({ width }: { readonly width: number }) => width >= 1024

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
    'a test of the reader',
    async (lab) => {
      await lab.page.getByRole('textbox').press('Escape')
      await lab.choose('Kernel', 'Yours')
    },
  ],
  [
    'guard page',
    async (lab) => {
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

for (const alike of SIZES) {
  const named = alike.map(({ width, height }) => `${width} × ${height}`).join(', ')
  test(`no two texts meet, nothing scrolls sideways, and where it must, the page fits: ${named}`, async ({ page }) => {
    await page.setViewportSize(alike[0])
    const lab = new Lab(page)
    await lab.open()
    for (const [state, act] of STATES) {
      await act(lab)
      for (const viewport of alike) {
        const what = `${state}, ${viewport.width} × ${viewport.height}`
        await resize(page, viewport)
        await expect.poll(() => textsThatMeet(page), { message: what, timeout: 2_000 }).toEqual([])
        const { width, height } = await pageSize(page)
        expect.soft(width, what).toBe(viewport.width)
        if (mustFit(viewport)) expect.soft(height, what).toBe(viewport.height)
      }
    }
  })
}

test('the measure sees texts that meet', async ({ page }) => {
  await page.setViewportSize(LAPTOP)
  await new Lab(page).open()
  await page.locator('.lab-sentence').evaluateAll((all: HTMLElement[]) => {
    for (const each of all) each.style.marginTop = '-60px'
  })
  expect((await textsThatMeet(page)).length).toBeGreaterThan(0)
})

test('axe finds nothing at the start, in an endless fault, in its why, in a recording, in any theme', async ({
  page,
}) => {
  await page.setViewportSize(LAPTOP)
  const lab = new Lab(page)
  await lab.open()
  expect(await axeInThemes(page), 'start').toEqual([])
  await lab.press('Run')
  await lab.expectOutcome('endless')
  // The grid of bits is what axe takes long over, and it has been looked at.
  const parts = ['section[aria-label="Tape"]', 'section[aria-label^="Proof"]']
  expect(await axeInThemes(page, parts), 'tape and proof').toEqual([])
  await lab.press('Why is bit 8 so?')
  expect(await axeInThemes(page, ['.lab-said']), 'why').toEqual([])
  await lab.scenario('Recorded: Xen PV')
  await page.getByText(/About this recording/).click()
  expect(await axeInThemes(page, ['section[aria-label="The world"]']), 'recording').toEqual([])
})

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
  await expect(page.locator('summary').filter({ hasText: 'About this recording' })).toBeFocused()
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
