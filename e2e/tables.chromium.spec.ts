import { expect, test } from './fixtures'
import { Lab } from './lab'
import { TablesView } from './tables-view'

test('by touch on a phone: tap an entry, take the next one in use, zoom in at its page', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({
    ...(baseURL && { baseURL }),
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const lab = new Lab(page)
  const tables = new TablesView(page)
  await lab.open()
  await lab.button('Zoom out').tap()
  await tables.expectOpen()
  const canvas = page.locator('.tables-canvas')
  await canvas.scrollIntoViewIfNeeded()
  // Two squares to the right of the program's only entry: a finger is wider than a square.
  const first = await tables.entry.evaluate((ring) => ring.getBoundingClientRect().width)
  await canvas.tap({ position: { x: 2 + 2.5 * first, y: 38 + 0.5 * first + 2 } })
  await tables.expectEntry(/^PTE 0, 0x00400000, program, code/)
  await page.getByRole('button', { name: 'Next in use' }).tap()
  await tables.expectEntry(/^PTE 14, 0x0060e000, program, relro/)
  for (const name of ['Next in use', 'Previous in use', 'Go']) {
    const box = await page.getByRole('button', { name, exact: true }).boundingBox()
    expect(box!.height, name).toBeGreaterThanOrEqual(44)
  }
  const row = await page.locator('.flag-row').first().boundingBox()
  expect(row!.height).toBeGreaterThanOrEqual(44)
  await page.getByRole('button', { name: /^Zoom in/ }).tap()
  await expect(page.getByRole('list', { name: 'Page table' }).locator('[aria-pressed="true"]')).toContainText('relro')
  await context.close()
})

test('forced colours: every square is one of the system’s two colours, and the states still differ', async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: 'active' })
  const tables = new TablesView(page)
  await new Lab(page).open('#/lab?z=tables&s=capture-xen')
  await tables.expectOpen()
  const colours = await page.locator('.tables-canvas').evaluate((element) => {
    const canvas = element as HTMLCanvasElement
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    const seen = new Set<number>()
    for (const pixel of new Uint32Array(data.buffer)) seen.add(pixel)
    return seen.size
  })
  // Canvas, CanvasText, GrayText.
  expect(colours).toBeGreaterThanOrEqual(2)
  expect(colours).toBeLessThanOrEqual(3)
})

test('still tables do nothing: no scripts, no layout, no frames asked for', async ({ page, context }) => {
  await page.addInitScript(() => {
    const ask = requestAnimationFrame.bind(window)
    Object.assign(window, { asked: 0 })
    window.requestAnimationFrame = (callback) => {
      ;(window as unknown as { asked: number }).asked++
      return ask(callback)
    }
  })
  const tables = new TablesView(page)
  await new Lab(page).open('#/lab?z=tables&s=capture-xen')
  await tables.expectOpen()
  await page.evaluate(() => document.fonts.ready)
  const cdp = await context.newCDPSession(page)
  await cdp.send('Performance.enable')
  const counts = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics')
    const value = (name: string) => metrics.find((each) => each.name === name)?.value ?? Number.NaN
    return { layouts: value('LayoutCount'), styles: value('RecalcStyleCount'), scripts: value('ScriptDuration') }
  }
  const asked = () => page.evaluate(() => (window as unknown as { asked: number }).asked)
  await page.waitForTimeout(500)
  const askedBefore = await asked()
  await page.waitForTimeout(200)
  const before = await counts()
  await page.waitForTimeout(2_000)
  expect(await counts()).toEqual(before)
  expect(await asked()).toBe(askedBefore)
})
