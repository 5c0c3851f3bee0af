// `npm run pictures`: takes the pictures of the README anew, from the built app as a reader sees it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openBuiltApp } from './built-app.mjs'
import { indexedPng } from './indexed-png.mjs'
import { ROOT } from './run.mjs'

const FOLDER = join(ROOT, 'docs', 'images')
const SIZE = { width: 1920, height: 1080 }

/** The built-in copy-on-write scenario under Xen, run until the fault has closed on itself. */
async function runToEndlessFault(/** @type {import('playwright-core').Page} */ page) {
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.locator('[data-testid="outcome"][data-outcome="endless"]').waitFor({ state: 'attached' })
}

/** An entry as Xen keeps it, and a machine that is not named. */
async function pasteWord(/** @type {import('playwright-core').Page} */ page) {
  await page.getByRole('textbox').first().fill('8000000062345165')
  await page.getByRole('heading', { level: 2 }).first().waitFor()
}

/** Each: the name of its file, the theme, the room or beat, and what is done there. */
const PICTURES = [
  { name: 'lab', theme: 'dark', hash: '#/lab', act: runToEndlessFault },
  { name: 'story', theme: 'paper', hash: '#/story/xen/4' },
  { name: 'clinic', theme: 'paper', hash: '#/clinic', act: pasteWord },
  { name: 'stage', theme: 'paper', hash: '#/stage/five/7' },
]

/**
 * The pixels of a picture, unpacked by the browser that took it.
 * @param {import('playwright-core').Page} page
 * @param {Buffer} png
 */
async function pixelsOf(page, png) {
  const base64 = await page.evaluate(
    async (source) => {
      const bitmap = await createImageBitmap(await (await fetch(source)).blob())
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
      if (!context) throw new Error('This browser draws no canvas.')
      context.drawImage(bitmap, 0, 0)
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
      let text = ''
      for (let at = 0; at < data.length; at += 8192) text += String.fromCharCode(...data.subarray(at, at + 8192))
      return btoa(text)
    },
    `data:image/png;base64,${png.toString('base64')}`,
  )
  return Buffer.from(base64, 'base64')
}

mkdirSync(FOLDER, { recursive: true })
const { browser, address, close } = await openBuiltApp()
for (const { name, theme, hash, act } of PICTURES) {
  const context = await browser.newContext({ viewport: SIZE, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.addInitScript(([chosen, room]) => {
    localStorage.setItem('one-bit-two-names.theme', chosen)
    localStorage.setItem(`one-bit-two-names.intro-${room}`, 'seen')
  }, /** @type {const} */ ([theme, name]))
  await page.goto(`${address}${hash}`)
  await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
  await act?.(page)
  await page.evaluate(() => document.fonts.ready)
  await page.mouse.move(SIZE.width - 2, SIZE.height - 2)
  await page.waitForTimeout(800)
  const png = await page.screenshot()
  // The policy of the app's page forbids what unpacks it.
  const small = indexedPng(SIZE.width, SIZE.height, await pixelsOf(await context.newPage(), png))
  const file = join(FOLDER, `${name}-${theme}.png`)
  writeFileSync(file, small.length < png.length ? small : png)
  console.log(`${file}: ${Math.round(png.length / 1000)} kB as taken, ${Math.round(small.length / 1000)} kB as written`)
  await context.close()
}
await close()
