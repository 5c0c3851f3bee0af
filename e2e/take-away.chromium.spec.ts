import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import jsQR from 'jsqr'
import { axeComplaints } from './axe'
import { expect, test } from './fixtures'
import { Lab } from './lab'

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Take away' })

/** The pixels of a picture that the page can show. */
const pixelsOf = (page: Page, address: string) =>
  page.evaluate(async (src) => {
    const image = new Image()
    image.src = src
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.width
    canvas.height = image.height
    const context = canvas.getContext('2d')!
    context.drawImage(image, 0, 0)
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height)
    return { data: [...data], width, height }
  }, address)

async function saved(page: Page, button: string): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), dialog(page).getByText(button).click()])
  return readFile(await download.path())
}

test('taken away: a code that a camera reads as the link, and the path as SVG and PNG that need nothing of the page', async ({
  page,
}) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.press('Run')
  await lab.expectOutcome('endless', 1)
  const link = await lab.link()
  await page.locator('summary').filter({ hasText: 'Copy' }).click()
  await lab.press('QR code, picture…')
  await expect(dialog(page)).toBeVisible()
  expect(await axeComplaints(page, 'dialog[open]')).toEqual([])

  const code = await dialog(page).getByRole('img', { name: 'QR code of the link' }).screenshot()
  const seen = await pixelsOf(page, `data:image/png;base64,${code.toString('base64')}`)
  expect(jsQR(new Uint8ClampedArray(seen.data), seen.width, seen.height)?.data).toBe(link)

  const svg = (await saved(page, 'The path as SVG')).toString()
  expect(svg).toContain('The path has closed on itself.')
  expect(svg).not.toMatch(/var\(|class=|href/)
  expect(svg.match(/https?:\/\/[^"<]+/g)!.filter((each) => !each.includes('w3.org'))).toEqual([
    link.replaceAll('&', '&amp;'),
  ])

  const png = await saved(page, 'The path as PNG')
  const [, wide, high] = /width="(\d+)" height="(\d+)"/.exec(svg)!.map(Number)
  // Where the format says them.
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * wide!, 2 * high!])
  // An empty picture packs into much less.
  expect(png.length).toBeGreaterThan(20_000)
})
