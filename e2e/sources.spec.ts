import type { Page } from '@playwright/test'
import { axeComplaints, axeInThemes } from './axe'
import { expect, test } from './fixtures'
import { Lab } from './lab'
import { expectNoSideways } from './window'

const roomLink = (page: Page) => page.getByRole('link', { name: 'Model', exact: true })
const heading = (page: Page) => page.getByRole('heading', { level: 1, name: 'What is modelled and what is left out' })
const source = (page: Page) => page.getByRole('dialog')

/** A run in the middle of its tape, with something to undo. */
async function inTheMiddle(lab: Lab) {
  await lab.open()
  await lab.choose('Kernel', '4.0-rc1')
  await lab.press('Run')
  for (let times = 0; times < 5; times++) await lab.press('Back')
}

for (const way of ['link', 'browser'] as const) {
  test(`to what is modelled and back by the ${way}: the Lab is as it was left`, async ({ page }) => {
    const lab = new Lab(page)
    await inTheMiddle(lab)
    const [picture, link] = [await lab.picture(), await lab.link()]
    await roomLink(page).click()
    await expect(heading(page)).toBeFocused()
    await expect(page).toHaveTitle(/^Model/)
    await expect(page.getByRole('main')).toHaveCount(1)
    // The keys of the Lab do nothing here.
    await page.keyboard.press('Control+z')
    await page.keyboard.press('ArrowRight')
    if (way === 'link') await page.getByRole('link', { name: 'Lab', exact: true }).click()
    else await page.goBack()
    await expect(roomLink(page)).toBeFocused()
    expect(await lab.picture()).toBe(picture)
    expect(await lab.link()).toBe(link)
    await lab.press('Undo')
    await lab.press('Undo')
    await lab.expectChosen('Kernel', '3.20-rc0')
  })
}

test('leaving at once keeps the last step: the address has it before the Lab is left', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.press('Run')
  const { length } = await lab.time()
  // Faster than addresses are written.
  await page.evaluate(() => {
    const back = [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.includes('Back'))!
    for (let times = 0; times < 3; times++) back.click()
    document.querySelector<HTMLElement>('a[href="#/model"]')!.click()
  })
  await expect(heading(page)).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(new RegExp(`t=${length - 3}$`))
  expect((await lab.time()).at).toBe(length - 3)
})

test('opened by its address the room of rules comes first, and the Lab begins where it begins', async ({ page }) => {
  await page.goto('./#/model')
  await expect(heading(page)).toBeVisible()
  await expect(page).toHaveURL(/#\/model$/)
  await page.getByRole('link', { name: 'Lab', exact: true }).click()
  await new Lab(page).expectOutcome('idle')
  await expect(page.getByRole('heading', { level: 1, name: 'Lab' })).toBeVisible()
})

test('every rule stands there with its steps and its sources; what is left out too', async ({ page }) => {
  await page.goto('./#/model')
  await expect(heading(page)).toBeVisible()
  expect(await page.locator('[id^="rule-"]').count()).toBeGreaterThan(70)
  const hint = page.locator('#rule-HF3')
  await expect(hint).toContainText('hint?')
  await expect(hint.getByRole('link', { name: /mm\/memory\.c/ })).toHaveAttribute('href', /git\.kernel\.org.*v4\.0$/)
  const left = page.getByRole('region', { name: 'Left out' })
  expect(await left.getByRole('listitem').count()).toBeGreaterThan(15)
  await expect(left.getByText('src/xen/pv.ts: mmu_update')).toBeVisible()
  for (const link of await page.getByRole('main').getByRole('link').all()) {
    await expect(link).toHaveAttribute('target', '_blank')
    await expect(link).toHaveAttribute('rel', 'noreferrer')
  }
})

test('by keys: the sentence opens its source, Escape closes it and gives the focus back', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.press('Run')
  await lab.press('Back')
  await lab.press('Back')
  const opener = page.locator('.lab-sentence').getByRole('button')
  await opener.focus()
  await page.keyboard.press('Enter')
  await expect(source(page)).toBeVisible()
  await expect(source(page).getByRole('button', { name: 'Close' })).toBeFocused()
  // The Lab's keys are not the dialog's.
  const before = await lab.time()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Escape')
  await expect(source(page)).toBeHidden()
  await expect(opener).toBeFocused()
  expect(await lab.time()).toEqual(before)
})

test('the test and the kernel say their commits, and links lead out in a tab of their own', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  const beside = page.getByRole('region', { name: 'The test' })
  await beside.getByRole('button', { name: 'pte_protnone' }).click()
  await expect(source(page)).toHaveAccessibleName('pte_protnone')
  await expect(source(page)).toContainText('flags & PROTNONE')
  const live = source(page)
    .getByRole('link', { name: /^8a0516ed8b90/ })
    .first()
  await expect(live).toHaveAttribute('href', /git\.kernel\.org.*commit\/\?id=8a0516ed8b90/)
  await expect(live).toHaveAttribute('target', '_blank')
  await expect(live).toHaveAttribute('rel', 'noreferrer')
  await source(page).getByRole('button', { name: 'Close' }).click()
  await lab.choose('Kernel', '4.0-rc1')
  await beside.getByRole('button', { name: '4.0-rc1' }).click()
  await expect(source(page)).toHaveAccessibleName('Linux 4.0-rc1')
  await expect(source(page).getByRole('link', { name: /^e3a1f6cac1fe/ })).toBeVisible()
})

test('a bit opens its source from its why, and Escape closes the source alone', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.press('Why is bit 8 so?')
  const why = page.getByRole('region', { name: /Why is bit 8/ })
  await why.getByRole('button', { name: 'source' }).click()
  await expect(source(page)).toHaveAccessibleName('Bit 8: GLOBAL and PROTNONE')
  await page.keyboard.press('Escape')
  await expect(source(page)).toBeHidden()
  await expect(why).toBeVisible()
  await expect(why.getByRole('button', { name: 'source' })).toBeFocused()
})

test('a station opens its source, a click beside it closes it, and its rule is found in the room of rules', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  const lab = new Lab(page)
  await lab.open()
  await page.locator('.fp-asks text', { hasText: 'do_numa_page' }).click()
  await expect(source(page)).toHaveAccessibleName('do_numa_page')
  await page.mouse.click(10, 10)
  await expect(source(page)).toBeHidden()
  await page.locator('.fp-asks text', { hasText: 'do_numa_page' }).click()
  await source(page).getByRole('link', { name: 'NF1' }).click()
  await expect(page.locator('#rule-NF1')).toBeFocused()
  await expect(page.locator('#rule-NF1')).toBeInViewport()
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1, name: 'Lab' })).toBeVisible()
})

test('axe finds nothing in a source and in the room of rules, in any theme', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await page.getByRole('button', { name: '3.20-rc0', exact: true }).click()
  await expect(source(page)).toBeVisible()
  expect(await axeInThemes(page, ['dialog'])).toEqual([])
  await page.keyboard.press('Escape')
  await roomLink(page).click()
  await expect(heading(page)).toBeVisible()
  expect(await axeComplaints(page)).toEqual([])
  // The long lists are of one kind: the other themes see one of each.
  const lists = ['section[aria-label="Rules of the CPU"]', 'section[aria-label="The kernels"]']
  expect(await axeInThemes(page, lists)).toEqual([])
})

test('on a phone neither is wider than the screen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const lab = new Lab(page)
  await lab.open()
  await page.getByRole('button', { name: 'pte_protnone', exact: true }).click()
  const box = await source(page).boundingBox()
  expect(box!.x).toBeGreaterThanOrEqual(0)
  expect(box!.x + box!.width).toBeLessThanOrEqual(390)
  expect(await source(page).evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)).toBe(0)
  await source(page).getByRole('link', { name: 'HF3' }).click()
  await expect(page.locator('#rule-HF3')).toBeInViewport()
  await expectNoSideways(page)
})
