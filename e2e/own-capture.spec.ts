import { writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { largeRecording } from '../bench/large-recording'
import { axeComplaints } from './axe'
import { BROKEN_WORKERS } from './broken-workers'
import { expect, test } from './fixtures'
import { Lab } from './lab'
import { textsThatMeet } from './text-boxes'
import { expectNoSideways, resize } from './window'

/** A process under Xen: a page of code, a page that fork shares, one hinted, one that nothing is in. */
const SMALL = [
  'one-bit-two-names capture 2',
  'platform xen',
  'name small',
  'map 400000 401000 75 25 /program',
  'map 600000 603000 100073 8000000000000025 [heap]',
  'PMD 400000 7a067 1a',
  'PTE 400000 5b125 3b 1 1 0',
  'PTE 600000 800000000005c965 3c 2 2 0',
  'PTE 601000 fffffffffc2962 3d 1 1 0',
  'PTE 602000 0',
  'end 5',
  '',
].join('\n')

const file = (name: string, text: string | Buffer) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Open a recording' })

/** Open the dialog and give it a file. */
async function choose(page: Page, chosen: ReturnType<typeof file> | string) {
  await page.getByRole('button', { name: 'Open…' }).click()
  await dialog(page)
    .getByLabel(/^A file/)
    .setInputFiles(chosen)
}

const scenario = (page: Page) => page.getByRole('combobox', { name: 'Scenario' })
const shownScenario = (page: Page) =>
  scenario(page).evaluate((select: HTMLSelectElement) => select.selectedOptions[0]!.text)

test('a file opens, runs, and is found again after a reload; its link says so where it is not', async ({
  page,
  browser,
}) => {
  const lab = new Lab(page)
  await lab.open()
  await choose(page, file('mine.txt', SMALL))
  await expect(dialog(page)).toBeHidden()
  await expect(page.getByText('2 pages are present, all of them with bit 8. 1 page is hinted').first()).toBeVisible()
  expect(await shownScenario(page)).toBe('mine.txt')
  await page.getByText('[heap] 0').first().click()
  await lab.press('Run')
  await lab.expectOutcome('endless', 1)
  const [picture, link] = [await lab.picture(), await lab.link()]
  await page.reload()
  await lab.expectOutcome('endless', 1)
  expect(await lab.picture()).toBe(picture)
  const elsewhere = await browser.newPage()
  await elsewhere.goto(link)
  await expect(elsewhere.getByRole('alert').filter({ hasText: 'Open the file itself' })).toBeVisible()
  expect(await shownScenario(elsewhere)).toBe('Copy-on-write')
  await elsewhere.close()
})

test('words are typed and read by keys alone', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await page.keyboard.press('o')
  await expect(dialog(page)).toBeVisible()
  const field = dialog(page).getByLabel('Or paste it here:')
  for (let presses = 0; presses < 5 && !(await field.evaluate((each) => each === document.activeElement)); presses++) {
    await page.keyboard.press('Tab')
  }
  await page.keyboard.type('0x8000000062345165, 8000000062346925')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toBeHidden()
  await expect(page.getByText('2 pages are present, all of them with bit 8.').first()).toBeVisible()
  await lab.expectOutcome('idle')
})

test('what is pasted outside of a field opens; in a field it does not', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  const paste = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((target) => {
        const data = new DataTransfer()
        data.setData('text/plain', '800000007fe1a025 0')
        target.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
      })
  await page.getByRole('button', { name: 'edit hex' }).click()
  await paste('.hex-field input')
  await expect(dialog(page)).toBeHidden()
  await paste('body')
  await expect(page.getByText('1 page is present, none of them with bit 8.').first()).toBeVisible()
})

test('a file that is dropped opens; while it is over the page, the page says so', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([text], 'dropped.txt'))
    return transfer
  }, SMALL)
  await page.dispatchEvent('body', 'dragover', { dataTransfer: data })
  await expect(page.getByText('Drop the file to open it')).toBeVisible()
  await page.dispatchEvent('body', 'drop', { dataTransfer: data })
  await expect(page.getByText('Drop the file to open it')).toBeHidden()
  await expect.poll(() => shownScenario(page)).toBe('dropped.txt')
})

test.describe('by touch at 390 × 844', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })
  test('the dialog fits, takes a file, and is clean for axe', async ({ page }) => {
    await new Lab(page).open()
    await page.getByText('Menu').tap()
    await page.getByRole('button', { name: 'Open…' }).tap()
    await expect(dialog(page)).toBeVisible()
    const box = await dialog(page).boundingBox()
    expect(box!.x).toBeGreaterThanOrEqual(0)
    expect(box!.x + box!.width).toBeLessThanOrEqual(390)
    expect(await axeComplaints(page, 'dialog')).toEqual([])
    await dialog(page)
      .getByLabel(/^A file/)
      .setInputFiles(file('mine.txt', SMALL))
    await expect(page.getByText('2 pages are present, all of them with bit 8.').first()).toBeVisible()
  })
})

const lines = SMALL.split('\n')
for (const [what, chosen, says] of [
  ['not a capture', file('notes.txt', 'Dear all,'), 'neither a recording nor a list of words'],
  ['nothing', file('empty.txt', ''), 'no entry in it'],
  ['a program', file('a.out', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 0, 0])), 'no text'],
  [
    'damaged gzip',
    file('mine.gz', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8])),
    'could not be read to its end',
  ],
  ['entries of 32 bits', file('old.txt', '05a01067 05a02067'), 'sixteen digits'],
  ['entries of arm64', file('phone.txt', '00e8000043210f53 00e8000043211f53'), 'entries of x86-64'],
  ['a million lines of something else', file('log.txt', 'a line of a log\n'.repeat(1_000_000)), 'Word 2, “line”'],
  ['a broken line', file('mine.txt', SMALL.replace('5b125', '5z125')), 'Line 7: “5z125”'],
  [
    'huge pages alone',
    file('thp.txt', 'one-bit-two-names capture 2\nPMD 400000 e7\nend 1\n'),
    'no page that this machine can run',
  ],
] as const) {
  test(`bad input, ${what}: a message that says what to do, and nothing is lost`, async ({ page }) => {
    const lab = new Lab(page)
    await lab.open()
    await lab.press('Run')
    const [picture, link] = [await lab.picture(), await lab.link()]
    await choose(page, chosen)
    await expect(page.getByRole('alert').filter({ hasText: says })).toBeVisible()
    if (await dialog(page).isVisible()) await page.keyboard.press('Escape')
    await expect(dialog(page)).toBeHidden()
    expect(await lab.picture()).toBe(picture)
    expect(await lab.link()).toBe(link)
  })
}

test('a recording cut short opens as far as it goes, if the reader wants that', async ({ page }) => {
  await new Lab(page).open()
  await choose(page, file('cut.txt', lines.slice(0, 9).join('\n').slice(0, -6)))
  await expect(dialog(page).getByRole('alert')).toContainText('3 entries were read whole')
  await dialog(page).getByRole('button', { name: 'Choose another' }).click()
  await expect(dialog(page).getByLabel(/^A file/)).toBeVisible()
  await dialog(page)
    .getByLabel(/^A file/)
    .setInputFiles(file('cut.txt', lines.slice(0, 9).join('\n')))
  await dialog(page).getByRole('button', { name: 'Open what is there' }).click()
  await expect.poll(() => shownScenario(page)).toBe('cut.txt')
})

for (const [what, breakWorkers] of BROKEN_WORKERS) {
  test(`where a worker ${what}, the page reads by itself`, async ({ page }) => {
    await page.addInitScript(breakWorkers)
    await new Lab(page).open()
    await choose(page, file('mine.txt', SMALL))
    await expect.poll(() => shownScenario(page)).toBe('mine.txt')
  })
}

test('where nothing can be kept, the recording opens, and the reader is told', async ({ page }) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    Object.defineProperty(window, 'indexedDB', { value: { open: refuse } })
  })
  await new Lab(page).open()
  await choose(page, file('mine.txt', SMALL))
  await expect(page.getByRole('alert').filter({ hasText: 'cannot keep it (QuotaExceededError)' })).toBeVisible()
  expect(await shownScenario(page)).toBe('mine.txt')
})

test('the part of a large recording: no texts meet, nothing scrolls sideways, axe is content', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await new Lab(page).open()
  await page.keyboard.press('o')
  const text = 'one-bit-two-names capture 2\nPTE 400000 5125 5 x10000+1\nend 10000\n'
  await dialog(page)
    .getByLabel(/^A file/)
    .setInputFiles(file('large.txt', text))
  for (const [width, height, looked] of [
    [1440, 900, 'html'],
    [1024, 768, 'section[aria-label="Part of the recording"]'],
    [390, 844, 'html'],
  ] as const) {
    await resize(page, { width, height })
    await expect(page.getByRole('region', { name: 'Part of the recording' })).toBeVisible()
    await expect.poll(() => textsThatMeet(page), { message: `${width} × ${height}`, timeout: 2_000 }).toEqual([])
    await expectNoSideways(page)
    expect(await axeComplaints(page, looked), `${width} × ${height}`).toEqual([])
  }
})

test('a million entries open while the page goes on answering; the machine holds a part, and others are reached', async ({
  page,
}, info) => {
  const path = info.outputPath('million.txt')
  await writeFile(path, largeRecording(1_000_000))
  const lab = new Lab(page)
  await lab.open()
  const before = await lab.picture()
  await page.evaluate(() => {
    const seen = { beats: 0, texts: new Set<string>() }
    Object.assign(window, { seen })
    setInterval(() => {
      const label = document.querySelector('dialog label')?.textContent ?? ''
      if (!label.startsWith('Reading')) return
      seen.beats++
      seen.texts.add(label)
    }, 10)
  })
  await choose(page, path)
  await dialog(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog(page).getByLabel(/^A file/)).toBeVisible()
  expect(await lab.picture()).toBe(before)

  await dialog(page)
    .getByLabel(/^A file/)
    .setInputFiles(path)
  const part = page.getByRole('region', { name: 'Part of the recording' })
  await expect(part).toContainText('entries 1 to 4,096 of 1,000,000')
  const { beats, texts } = await page.evaluate(() => {
    const { seen } = window as unknown as { seen: { beats: number; texts: Set<string> } }
    return { beats: seen.beats, texts: seen.texts.size }
  })
  expect(beats, 'timers that ran while it was read').toBeGreaterThan(5)
  expect(texts, 'states of progress that were drawn').toBeGreaterThan(3)

  await part.getByRole('button', { name: 'Later' }).click()
  await expect(part).toContainText('entries 2,050 to 6,145')
  await part.getByLabel('Address').fill('7f00f423f000')
  await page.keyboard.press('Enter')
  await expect(part).toContainText('995,905 to 1,000,000')
  await page.keyboard.press('z')
  await page.getByRole('region', { name: 'All tables' }).getByLabel('Address').fill('7f0070000000')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Zoom in' }).click()
  await expect(part).toContainText('456,706 to 460,801')
  await lab.press('Undo')
  await lab.press('Run')
  await lab.expectOutcome('endless', 2)
  await lab.press('Undo')
  await lab.press('Undo')
  await expect(part).toContainText('entries 2,050 to 6,145')
})
