// `npm run pictures`: takes the pictures of the README anew, from the built app as a reader sees it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openBuiltApp } from './built-app.mjs'
import { indexedPng } from './indexed-png.mjs'
import { ROOT } from './run.mjs'

const FOLDER = join(ROOT, 'docs', 'images')
const SIZE = { width: 1920, height: 1080 }

/** The built-in copy-on-write scenario under Xen, run until the fault has closed on itself. */
async function showEndlessFault(/** @type {import('playwright-core').Page} */ page) {
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.locator('[data-testid="outcome"][data-outcome="endless"]').waitFor({ state: 'attached' })
  await page.evaluate(() => document.fonts.ready)
  await page.mouse.move(SIZE.width - 2, SIZE.height - 2)
  await page.waitForTimeout(800)
}

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
for (const theme of ['dark', 'paper']) {
  const context = await browser.newContext({ viewport: SIZE, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.addInitScript((name) => localStorage.setItem('one-bit-two-names.theme', name), theme)
  await page.goto(address)
  await showEndlessFault(page)
  const png = await page.screenshot()
  const small = indexedPng(SIZE.width, SIZE.height, await pixelsOf(page, png))
  const file = join(FOLDER, `lab-${theme}.png`)
  writeFileSync(file, small.length < png.length ? small : png)
  console.log(`${file}: ${Math.round(png.length / 1000)} kB as taken, ${Math.round(small.length / 1000)} kB as written`)
  await context.close()
}
await close()
