import { expect, test } from './fixtures'
import { Lab } from './lab'

test('a still page does nothing: no scripts, no layout, no frames', async ({ page, context }) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.press('Run')
  await lab.expectOutcome('endless')
  await page.evaluate(() => document.fonts.ready)
  const cdp = await context.newCDPSession(page)
  await cdp.send('Performance.enable')
  const counts = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics')
    const value = (name: string) => metrics.find((each) => each.name === name)?.value ?? Number.NaN
    return { layouts: value('LayoutCount'), styles: value('RecalcStyleCount'), scripts: value('ScriptDuration') }
  }
  await page.waitForTimeout(500)
  const before = await counts()
  await page.waitForTimeout(2_000)
  expect(await counts()).toEqual(before)
})

test('with motion, Run plays step by step and ends in the same picture', async ({ browser, baseURL }) => {
  const moving = await browser.newContext({ reducedMotion: 'no-preference', ...(baseURL && { baseURL }) })
  const lab = new Lab(await moving.newPage())
  await lab.open()
  await lab.press('Run')
  await expect(lab.button('Pause')).toBeVisible()
  await expect(lab.page.getByTestId('outcome')).toHaveAttribute('data-outcome', 'endless', { timeout: 15_000 })
  await expect(lab.button('Run')).toBeVisible()
  await moving.close()
})
