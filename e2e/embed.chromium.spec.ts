import type { Page } from '@playwright/test'
import { CHAPTERS } from '../src/story/chapters/chapters'
import { plain } from '../src/story/text'
import { axeComplaints } from './axe'
import { expect, test } from './fixtures'
import { Lab } from './lab'

/** A page that holds nothing but this. */
async function openBarePage(page: Page, code: string) {
  await page.route('**/bare.html', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>bare</title>${code}` }),
  )
  await page.goto('./bare.html')
  return page.frameLocator('iframe')
}

const tell = (page: Page, message: unknown) =>
  page.evaluate((told) => document.querySelector('iframe')!.contentWindow!.postMessage(told, '*'), message)

test('the story in another page: nothing is told before it is asked for, then it steps by button and by message', async ({
  page,
}) => {
  const frame = await openBarePage(
    page,
    '<iframe title="One Bit, Two Names" width="1000" height="700" src="./?embed=spoiler#/story/xen/3"></iframe>',
  )
  const { beats } = CHAPTERS.find(({ id }) => id === 'xen')!
  const [asks, tells] = [beats[2]!, beats[3]!].map(({ words }) => plain(words.lead, () => '…'))
  const lead = frame.locator('.story-lead')
  await expect(frame.getByRole('button')).toHaveCount(1)
  await tell(page, { step: 1 })
  await expect(frame.locator('body')).toHaveText('Show what happens', { useInnerText: true })
  await frame.getByRole('button').click()
  await expect(lead).toHaveText(asks!)
  await expect(frame.getByRole('navigation', { name: 'Rooms' })).toHaveCount(0)
  await tell(page, { step: 1 })
  await expect(lead).toHaveText(tells!)
  await tell(page, { step: -1 })
  await expect(lead).toHaveText(asks!)
  await frame.getByRole('button', { name: 'Next' }).click()
  await expect(lead).toHaveText(tells!)
})

test('the code that the Lab gives shows the same run in another page, once its reader asks', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const lab = new Lab(page)
  await lab.open()
  await lab.press('Run')
  await lab.expectOutcome('endless', 1)
  await lab.press('Back')
  const { at } = await lab.time()
  await page.locator('summary').filter({ hasText: 'Copy' }).click()
  await lab.press('QR code, picture…')
  const code = page.getByRole('textbox', { name: 'Code of the frame' })
  await expect(code).not.toHaveValue(/spoiler/)
  await page.getByRole('checkbox', { name: /tells nothing/ }).check()
  await expect(code).toHaveValue(/embed=spoiler/)
  expect(await axeComplaints(page, 'dialog[open]')).toEqual([])
  await lab.press('Copy the code')
  await expect(page.getByText('Copied.')).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe(await code.inputValue())

  const frame = await openBarePage(page, copied)
  await expect(page.locator('iframe')).toHaveAttribute('title', /^One Bit, Two Names: ./)
  await expect(frame.locator('body')).toHaveText('Show what happens', { useInnerText: true })
  await frame.getByRole('button').click()
  const time = frame.getByRole('slider', { name: 'Time' })
  await expect(time).toHaveValue(String(at))
  await tell(page, { step: -1 })
  await expect(time).toHaveValue(String(at - 1))
  await frame.getByRole('button', { name: 'Step', exact: true }).click()
  await expect(time).toHaveValue(String(at))
})

test('where nothing can be copied the code is selected, to be copied by hand', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
  const lab = new Lab(page)
  await lab.open()
  await page.locator('summary').filter({ hasText: 'Copy' }).click()
  await lab.press('QR code, picture…')
  await lab.press('Copy the code')
  await expect(page.getByText('The code is selected', { exact: false })).toBeVisible()
  expect(await page.evaluate(() => document.getSelection()?.toString())).toContain('<iframe title=')
})
