import type { Locator, Page } from 'playwright-core'

/** Something a reader does again and again. */
export interface Interaction {
  readonly name: string
  /** Brings the page to where the interaction is possible; not measured. */
  readonly prepare: (page: Page, turn: number) => Promise<void>
  /** One press of the mouse, where the pointer already is. */
  readonly act: (page: Page, turn: number) => Promise<void>
}

/** So many steps forward, then as many back: both interactions see the same ticks. */
const WALK = 20

const press = (page: Page): Promise<void> => page.mouse.down().then(() => page.mouse.up())

/** Rest the pointer on the middle of an element. */
async function pointAt(page: Page, target: Locator): Promise<void> {
  const box = await target.boundingBox()
  if (!box) throw new Error(`Nothing to point at: ${String(target)}`)
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
}

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })

/** Choose a scenario by its title; a recording has to be fetched first, and only then does the menu show it. */
export async function openScenario(page: Page, title: string): Promise<void> {
  const menu = page.getByRole('combobox', { name: 'Scenario' })
  await menu.selectOption({ label: title })
  await menu.locator('option:checked', { hasText: title }).waitFor({ state: 'attached' })
}

/** Make the chosen access and go to its end. */
export async function showEndlessFault(page: Page): Promise<void> {
  await button(page, 'Run').click()
  await page.locator('[data-testid="outcome"][data-outcome="endless"]').waitFor({ state: 'attached' })
}

/** What is pressed for a turn, after `ready` has made it possible. */
function pressing(
  name: string,
  target: (page: Page, turn: number) => Locator,
  ready: (page: Page, turn: number) => Promise<void> = async () => {},
): Interaction {
  return {
    name,
    async prepare(page, turn) {
      await ready(page, turn)
      await pointAt(page, target(page, turn))
    },
    act: press,
  }
}

/** The row above the selected one, which is in view; then the one below that. */
const NEIGHBOURS = [
  '.page-row:has(+ .page-row-selected) .page-name button',
  '.page-row-selected + .page-row .page-name button',
]
const KERNELS = ['4.0-rc1', '3.20-rc0']

/** In this order: each leaves the page as the next one needs it. */
export const INTERACTIONS: readonly Interaction[] = [
  pressing('nothing is hit', (page) => page.getByText('One Bit, Two Names').first(), preventLeaving),
  pressing(
    'Step',
    (page) => button(page, 'Step'),
    async (page, turn) => {
      if (turn % WALK === 0) await button(page, 'Start').click()
    },
  ),
  pressing(
    'Back',
    (page) => button(page, 'Back'),
    async (page, turn) => {
      if (turn % WALK === 0) await showEndlessFault(page)
    },
  ),
  pressing(
    'flip a bit',
    (page) => page.locator('.page-row-selected [data-bit="6"]'),
    async (page, turn) => {
      if (turn === 0) await showEndlessFault(page)
      else await button(page, 'Undo').click()
    },
  ),
  pressing('select a row', (page, turn) => page.locator(NEIGHBOURS[turn % 2]!)),
  pressing(
    'change the kernel',
    (page, turn) => page.getByRole('radio', { name: KERNELS[turn % 2]!, exact: true }).locator('xpath=..'),
    async (page, turn) => {
      if (turn === 0) {
        await button(page, 'Reset').click()
        await showEndlessFault(page)
      }
    },
  ),
]

/** The name of the app is a link: pressing it measures an event that changes nothing. */
async function preventLeaving(page: Page, turn: number): Promise<void> {
  if (turn === 0)
    await page.evaluate(() =>
      addEventListener('click', (event) => {
        if (event.target instanceof Element && event.target.closest('a')) event.preventDefault()
      }),
    )
}
