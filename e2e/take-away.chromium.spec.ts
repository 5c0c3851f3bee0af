import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
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

/** The part as it is once two looks at it, a while apart, see the same: on a busy machine some of it comes late. */
async function atRest(part: Locator): Promise<Buffer> {
  const look = () => part.screenshot({ animations: 'disabled' })
  let seen = await look()
  await expect(async () => {
    const before = seen
    await part.page().waitForTimeout(500)
    seen = await look()
    expect(seen.equals(before)).toBe(true)
  }).toPass()
  return seen
}

/**
 * How far a picture is from what was on the screen, and how far an empty sheet would be, as shares of black against white. Seen from afar:
 * letters are smoothed in two ways. The picture is twice as fine, and has air around it.
 */
async function distances(page: Page, screen: Buffer, picture: Buffer): Promise<{ drawn: number; empty: number }> {
  const addresses = [screen, picture].map((each) => `data:image/png;base64,${each.toString('base64')}`)
  return page.evaluate(async (each) => {
    const load = async (address: string): Promise<HTMLImageElement> => {
      const image = new Image()
      image.src = address
      await image.decode()
      return image
    }
    const [seen, drawn] = (await Promise.all(each.map(load))) as [HTMLImageElement, HTMLImageElement]
    const [air, afar] = [48, 4]
    const [width, height] = [Math.ceil(seen.width / afar), Math.ceil(seen.height / afar)]
    const pixels = (draw: (context: CanvasRenderingContext2D) => void): Uint8ClampedArray => {
      const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d')!
      context.imageSmoothingQuality = 'high'
      draw(context)
      return context.getImageData(0, 0, width, height).data
    }
    const screen = pixels((context) => context.drawImage(seen, 0, 0, width, height))
    const from = (other: Uint8ClampedArray): number =>
      screen.reduce((sum, value, index) => sum + Math.abs(value - other[index]!), 0) / screen.length / 255
    return {
      drawn: from(
        pixels((context) => context.drawImage(drawn, air, air, 2 * seen.width, 2 * seen.height, 0, 0, width, height)),
      ),
      empty: from(pixels((context) => context.drawImage(drawn, 0, 0, 4, 4, 0, 0, width, height))),
    }
  }, addresses)
}

for (const { place, name } of [
  { place: '#/lab', name: 'The page table' },
  { place: '#/lab', name: 'The whole stage' },
  { place: '#/proof', name: 'The claims' },
  { place: '#/proof', name: 'The wall' },
  { place: '#/story/xen/2', name: 'The figure' },
]) {
  test(`taken away: ${name} of ${place} looks as on the screen, and needs nothing of the page`, async ({ page }) => {
    await page.goto(`./${place}`)
    const part = page.locator(`[data-picture="${name}"]`).filter({ visible: true })
    await expect(part).toBeVisible()
    if (place.startsWith('#/story')) await expect(part.locator('[data-bit]').first()).toBeVisible()
    if (place === '#/proof') await expect(page.getByText('Every case checked in')).toBeVisible()
    await page.evaluate(() => document.fonts.ready)
    // What is chosen by keys has a ring around it.
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    const screen = await atRest(part)
    if (place === '#/lab') {
      await page.locator('summary').filter({ hasText: 'Copy' }).click()
      await page.getByRole('button', { name: 'QR code, picture…' }).click()
    } else await page.getByRole('button', { name: 'Take away…' }).click()
    await dialog(page).getByRole('combobox', { name: 'Picture' }).selectOption({ label: name })
    const svg = (await saved(page, `${name} as SVG`)).toString()
    expect(/var\(| class=| href=/.test(svg)).toBe(false)
    const { drawn, empty } = await distances(page, screen, await saved(page, `${name} as PNG`))
    expect(drawn).toBeLessThan(empty / 4)
  })
}
