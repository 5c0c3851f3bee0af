import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { samplesIn } from '../src/clinic/samples'
import { axeComplaints, axeInThemes } from './axe'
import { BROKEN_WORKERS } from './broken-workers'
import { expect, test } from './fixtures'
import { expectNoSideways } from './window'

/** The recorded oopses by their names, as the room has them. */
const SAMPLES = new Map(
  samplesIn(readFileSync(new URL('../src/clinic/samples.txt', import.meta.url), 'utf8')).map(
    ({ name, text }) => [name, text] as const,
  ),
)
const OOPS = SAMPLES.get('xen 2')!

const field = (page: Page) => page.getByRole('textbox', { name: 'What your machine printed' })
const row = (page: Page, reader: string) => page.getByRole('row', { name: new RegExp(`^${reader}`) })
const open = async (page: Page, text: string) => {
  await page.goto('./#/clinic')
  await field(page).fill(text)
}

test('from an oops to the Lab in two keys, with the fault running from the pasted word', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('./#/clinic')
  await page.evaluate((text) => navigator.clipboard.writeText(text), OOPS)
  await field(page).focus()
  await page.keyboard.press('ControlOrMeta+v')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page).toHaveURL(/#\/lab\?.*s=word-80000000032e2965-7f32f1b6d000-xv1-100073/)
  await expect(page.getByText('Pasted: 80000000032e2965').first()).toBeVisible()
  // The machine's frame is not known; the flags are those that were printed.
  await expect(page.getByText(/8000 0000 532e 296[57]/).first()).toBeVisible()

  await page.goBack()
  await expect(field(page)).toHaveValue(OOPS)
  await page.getByRole('link', { name: 'On 3.20-rc0, where it never ends' }).click()
  await expect(page).toHaveURL(/#\/lab\?.*s=word-/)
  await expect(page.getByText(/endless/i).first()).toBeVisible()
})

test('an oops: machine, kernel, fault and entry, each with its reason', async ({ page }) => {
  await open(page, OOPS)
  const entry = page.getByRole('article', { name: 'The entry' })
  await expect(entry.getByText('Xen added bit 8')).toBeVisible()
  await expect(entry.getByText('The kernel’s code segment is e030')).toBeVisible()
  await expect(entry.getByText('The text names Linux 6.1.0.')).toBeVisible()
  await expect(entry.getByText('never end under Xen PV on 8a0516ed and Linux 3.20-rc0')).toBeVisible()
  await expect(row(page, 'Linux 3.20-rc0')).toContainText('PROTNONE, wrongly')
  await expect(row(page, 'Linux 3.20-rc0')).toContainText('differs from the writer')
  await expect(row(page, 'Linux 4.0')).toContainText('GLOBAL')
  await expect(page.locator('.clinic-paste mark[data-selected]')).toHaveText('80000000032e2965')

  await open(page, SAMPLES.get('bare 2')!)
  await expect(entry.getByText('Bit 8 is 0.')).toBeVisible()
  await expect(page.locator('tr[data-differs="true"]')).toHaveCount(0)
})

test('what the word cannot say comes first, and the mapping says it', async ({ page }) => {
  await open(page, '000fffff80100960')
  const cannot = page.getByText('NUMA hint, or mprotect(PROT_NONE)? Only the mapping knows.')
  await expect(cannot).toBeVisible()
  await page.getByLabel('Mapping').selectOption('---p')
  await expect(cannot).toHaveCount(0)
  await expect(row(page, 'Linux 6.1')).toContainText('#PF 0x6, SIGSEGV')
  await page.getByRole('radio', { name: 'read' }).check()
  await expect(row(page, 'Linux 6.1')).toContainText('#PF 0x4, SIGSEGV')
  await page.getByLabel('Written by').selectOption('3.19')
  await expect(row(page, 'Linux 3.16 to 3.19')).toContainText('taken for the writer')
})

test('a row opens to all that its reader says, and its rules lead to their book', async ({ page }) => {
  await open(page, '8000000062345165')
  await row(page, 'Linux 3.20-rc0').getByRole('button').press('Enter')
  await expect(page.getByText('Its test looks at bit 8 alone')).toBeVisible()
  await page.getByRole('link', { name: 'PT2' }).click()
  await expect(page.locator('#rule-PT2')).toBeFocused()
})

test('copied as text, and as a link that opens to the same', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page, '8000000062345165')
  await page.getByLabel('Mapping').selectOption('rw-p')
  await page.getByRole('button', { name: 'Copy as text' }).click()
  await expect(page.getByText('Copied: report')).toBeAttached()
  const report = await page.evaluate(() => navigator.clipboard.readText())
  expect(report).toContain('8000000062345165  (PTE, under Xen PV, mapping rw-p)')
  expect(report).toContain('* Linux 3.20-rc0: yes; bit 8: PROTNONE, wrongly')
  await page.getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByText('Copied: link')).toBeAttached()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  await page.goto('about:blank')
  await page.goto(link)
  await expect(field(page)).toHaveValue('8000000062345165')
  await expect(page.getByLabel('Mapping')).toHaveValue('rw-p')
  await page.goto('about:blank')
  await page.goto('./#/clinic?v=2&t=165&k=9.9')
  await expect(field(page)).toHaveValue('165')
  await expect(page.getByRole('alert').getByText('made by another version')).toBeVisible()
  await expect(page.getByRole('alert').getByText('a Linux “9.9”')).toBeVisible()
})

test('a long list: oddities first, a filter, and an entry out of it', async ({ page }) => {
  const words = Array.from({ length: 3000 }, (_, index) => (0x8000000062000165n + BigInt(index) * 0x1000n).toString(16))
  await open(page, [...words, '000fffffc00f5962', '07fffffffffbff0a'].join(' '))
  const list = page.getByRole('region', { name: 'All entries' })
  await expect(list.getByRole('heading')).toContainText('3,002 entries')
  const odd = list.getByRole('list', { name: 'Oddities' }).getByRole('button')
  await expect(odd).toHaveText(['1 No Linux writes this', '3,000 Present user page with bit 8', /^1 PROTNONE/])
  await odd.first().click()
  await expect(list.getByText('1 shown')).toBeVisible()
  await odd.first().click()
  await list.getByLabel('Filter').fill('c00f5')
  await list.getByRole('button', { name: '000fffffc00f5962' }).press('Enter')
  await expect(page.getByRole('article').getByText('The NUMA scanner took this page')).toBeVisible()
})

test('the squares of a list are drawn anew in another theme', async ({ page }) => {
  await open(page, Array.from({ length: 40 }, (_, index) => `80000000623${index + 10}165`).join('\n'))
  const squares = page.locator('.clinic-squares canvas')
  const pixel = () =>
    squares.evaluate((canvas) =>
      [...(canvas as HTMLCanvasElement).getContext('2d')!.getImageData(12, 3, 1, 1).data].join(),
    )
  const colourOf = (token: string) =>
    page.evaluate((name) => {
      const context = document.createElement('canvas').getContext('2d')!
      context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name)
      context.fillRect(0, 0, 1, 1)
      return [...context.getImageData(0, 0, 1, 1).data].join()
    }, token)
  const seen = new Set<string>()
  for (const theme of ['dark', 'paper']) {
    await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme)
    seen.add(await colourOf('--alias'))
    await expect.poll(pixel, theme).toBe(await colourOf('--alias'))
  }
  // Else the squares could stay as they were.
  expect(seen.size).toBe(2)
})

test('bad input says what it was taken for and what to paste instead, and stays to be edited', async ({ page }) => {
  await page.goto('./#/clinic')
  for (const [text, said] of [
    ['what a nice day', 'Nothing in it is known here. Paste an oops'],
    ['pte: 80000000z2345165', 'is no hexadecimal number'],
    ['pte: 80000000...', 'has been cut off'],
    ['Mem abort info:\n  ESR = 0x96000004\n[0] pgd=0000000041234003', 'This looks like arm64'],
    ['*pdpt = 0000000001c23001 *pde = 0000000000000000', 'This looks like 32-bit x86'],
    ['a\u0000b', 'This is no text'],
  ] as const) {
    await field(page).fill(text)
    await expect(page.getByRole('list', { name: 'What was not understood' })).toContainText(said)
    await expect(field(page)).toHaveValue(text)
  }
  await field(page).fill('')
  await expect(page.getByText('Nothing found yet.')).toBeVisible()
})

const MEGABYTE = `${'a line of a log\r\n'.repeat(60_000)}PTE: 1 => 165`
/** Pastes into the field, as a browser does. */
const paste = async (page: Page, text: string) => {
  await field(page).focus()
  await field(page).evaluate((element, pasted) => {
    const data = new DataTransfer()
    data.setData('text/plain', pasted)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, text)
}
const expectMegabyte = async (page: Page) => {
  await expect(page.getByText('Found: 1 entry.')).toBeVisible()
  await expect(page.getByText('60,000 lines hold nothing that is known here.')).toBeVisible()
  expect(await field(page).evaluate((element) => (element as HTMLTextAreaElement).value.length)).toBeGreaterThan(
    900_000,
  )
}

test('a megabyte of log is read beside the page, which keeps what it had until then', async ({ page }) => {
  let read = () => {}
  await page.route(/paste-worker/, async (route) => {
    await new Promise<void>((resolve) => (read = resolve))
    await route.continue()
  })
  await open(page, '8000000062345165\n')
  const entry = page.getByRole('article', { name: 'The entry' })
  await field(page).press('ControlOrMeta+End')
  const started = page.waitForRequest(/paste-worker/)
  await paste(page, MEGABYTE.replace('PTE: 1 => 165', ''))
  await started
  await expect(page.getByRole('status').getByText('Reading …')).toBeVisible()
  await expect(entry).toContainText('8000 0000 6234 5165')
  await page.getByLabel('Mapping').selectOption('rw-p')
  read()
  await expectMegabyte(page)
  await expect(page.getByLabel('Mapping')).toHaveValue('rw-p')
  await expect(entry).toContainText('8000 0000 6234 5165')
})

for (const [what, breakWorkers] of BROKEN_WORKERS) {
  test(`where a worker ${what}, the page reads a megabyte by itself`, async ({ page }) => {
    await page.addInitScript(breakWorkers)
    await page.goto('./#/clinic')
    await paste(page, MEGABYTE)
    await expectMegabyte(page)
  })
}

test('markup in a paste is text, and nothing of it reaches the page', async ({ page }) => {
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await open(page, '<img src=x onerror=alert(1)> pte: <b>80000000z2345165</b> PTE 165<script>alert(2)</script> 4.0.0')
  await expect(page.getByText('Found: 1 entry.')).toBeVisible()
  expect(await page.locator('main img, main b:has-text("80000000z"), main script').count()).toBe(0)
  expect(dialogs).toEqual([])
})

test('no violation in any theme, and no sideways scrolling on any screen', async ({ page }) => {
  await open(page, OOPS)
  await row(page, 'Linux 3.20-rc0').getByRole('button').click()
  expect.soft(await axeInThemes(page)).toEqual([])
  for (const [width, height] of [
    [320, 640],
    [390, 844],
    [1024, 768],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height })
    await expectNoSideways(page)
    if (width === 390) expect.soft(await axeComplaints(page, 'main'), 'on a phone').toEqual([])
  }
  await field(page).fill(Array.from({ length: 40 }, (_, index) => `80000000623${index + 10}165`).join('\n'))
  await expect(page.getByRole('region', { name: 'All entries' })).toBeVisible()
  expect.soft(await axeComplaints(page, 'main'), 'a list').toEqual([])
})

test('a link with a pasted word that cannot run says so', async ({ page }) => {
  await page.goto('./#/lab?v=1&s=word-165-123-xm1-1')
  await expect(page.getByText('no machine can be built around').first()).toBeVisible()
})
