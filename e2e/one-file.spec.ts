import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import type { Page, TestInfo } from '@playwright/test'
import { ROOM_IDS } from '../src/store/rooms'
import { expect, test } from './fixtures'
import { Lab } from './lab'
import { giveTalks } from './talk'

/** Copies the file to where nothing of the app lies beside it, opens it from there, and notes all that it asks for. */
async function openCarried(page: Page, info: TestInfo, hash = '#/lab') {
  const path = info.outputPath('a stick', 'one file.html')
  await mkdir(info.outputPath('a stick'), { recursive: true })
  await copyFile('dist/one-bit-two-names.html', path)
  const home = pathToFileURL(path).href
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(home + hash)
  return { home, foreign: () => asked.filter((url) => !url.startsWith(home) && !/^(blob|data):/.test(url)) }
}

test('one file from a disk: the Lab, its panels, every kind of recording, the proof and the rules, and no request', async ({
  page,
}, info) => {
  const { home, foreign } = await openCarried(page, info)
  const lab = new Lab(page)
  await lab.press('Run')
  await lab.expectOutcome('endless', 1)
  const fonts = await page.evaluate(() => [...document.fonts].filter(({ status }) => status === 'loaded').length)
  expect(fonts).toBeGreaterThan(2)

  const picture = await lab.picture()
  expect(await lab.link()).toContain(`${home}#/lab`)
  await page.reload()
  await lab.expectOutcome('endless', 1)
  expect(await lab.picture()).toBe(picture)

  await page.keyboard.press('z')
  await expect(page.getByRole('region', { name: 'All tables' })).toBeVisible()
  await page.keyboard.press('z')
  for (const [scenario, said] of [
    ['init of the 2015 kernel under Xen', '154,508 faults in about 20 s'],
    ['Recorded steps of 6.1: Xen PV', 'Recorded and model agree in all 4.'],
    ['Recorded: Xen PV', 'About this recording'],
  ] as const) {
    await lab.scenario(scenario)
    await expect(page.getByText(said).first()).toBeVisible()
  }

  for (const room of ROOM_IDS) {
    await lab.follow(`#/${room}`)
    await expect(page.locator(`[data-room="${room}"] h1`).first()).toBeVisible()
    await expect(page.getByRole('button', { name: 'Reload' })).toHaveCount(0)
  }
  await lab.follow('#/proof')
  await expect(page.getByText('Every case checked in')).toBeVisible()
  await page.getByRole('button', { name: 'Keys' }).click()
  const about = page.getByRole('region', { name: 'Without a network' })
  await expect(about).toContainText('one file that holds all of the app')
  await expect(about.getByRole('link')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'One Bit, Two Names' }).click()
  expect(page.url()).toContain(home)
  expect(foreign()).toEqual([])
})

test('one file from a disk: both talks from first to last by PageDown alone, and no request', async ({
  page,
}, info) => {
  const { foreign } = await openCarried(page, info, '#/stage')
  await giveTalks(page)
  expect(foreign()).toEqual([])
})

test('one file, where a page of a disk may keep nothing and start no worker: all of it works', async ({
  page,
}, info) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('not for files', 'SecurityError')
    }
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
      Object.defineProperty(window, name, { get: refuse })
    Object.defineProperty(window, 'Worker', { value: refuse })
  })
  const { foreign } = await openCarried(page, info, '#/proof')
  await expect(page.getByText('Every case checked in')).toBeVisible()
  const lab = new Lab(page)
  await lab.follow('#/lab')
  await page.getByRole('button', { name: 'Open…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Open a recording' })
  const text = 'one-bit-two-names capture 2\nPTE 400000 5125 5 x10+1\nend 10\n'
  await dialog
    .getByLabel(/^A file/)
    .setInputFiles({ name: 'mine.txt', mimeType: 'text/plain', buffer: Buffer.from(text) })
  await expect(page.getByRole('alert').filter({ hasText: 'cannot keep it' })).toBeVisible()
  expect(foreign()).toEqual([])
})

test('one file that was damaged on its way says so', async ({ page }, info) => {
  const path = info.outputPath('damaged.html')
  const whole = await readFile('dist/one-bit-two-names.html', 'utf8')
  await writeFile(path, whole.replace(/(id="program">.{5000}).{9}/, '$1AAAAAAAAA'))
  await page.goto(pathToFileURL(path).href)
  await expect(page.getByText('Copy it anew')).toBeVisible()
})
