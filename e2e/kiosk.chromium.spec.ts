import type { Page } from '@playwright/test'
import { SCRIPTS, secondsOf } from '../src/story/stage/scripts'
import { LEEWAY, openKiosk, pass, passUntil, playRound } from '../bench/kiosk-rounds'
import { expect, test } from './fixtures'

// A page of its own for each test, because of the clock: soak.chromium.spec.ts says why.
test.use({ viewport: { width: 1920, height: 1080 }, reuseContext: false })

const { beats } = SCRIPTS.find(({ id }) => id === 'kiosk')!
const ROUND = secondsOf(beats)

const expectBeat = (page: Page, number: number) =>
  expect(page.locator('.talk')).toHaveAttribute('data-beat', `kiosk/${number}`)

const bar = (page: Page) => page.getByRole('navigation', { name: 'Kiosk' })

test('the kiosk goes through its beats by itself, each for its seconds, and begins anew', async ({ page }) => {
  await openKiosk(page)
  for (const [index, { seconds }] of beats.entries()) {
    await pass(page, seconds - LEEWAY)
    await expectBeat(page, index + 1)
    await passUntil(page, ((index + 1) % beats.length) + 1)
  }
  await expect(bar(page)).toHaveCount(0)
})

test('no picture of the kiosk stays on the same points for long, and none is moved by more than two', async ({
  page,
}) => {
  await openKiosk(page)
  const seen = new Set<string>()
  for (let round = 0; round < 10; round++) {
    const { x, y } = (await page.locator('.slide').boundingBox())!
    seen.add(`${Math.round(x)} ${Math.round(y)}`)
    expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(2.01)
    await playRound(page)
  }
  expect(seen.size).toBeGreaterThan(5)
})

test('a touch takes the wall over; left alone, the visitor is asked, and then the loop begins anew', async ({
  page,
}) => {
  await openKiosk(page)
  await pass(page, beats[0]!.seconds - LEEWAY)
  await passUntil(page, 2)
  await page.locator('.slide [data-bit="0"]').click()
  await expect(page.locator('.slide')).toHaveAttribute('data-off', 'true')
  await pass(page, 60)
  await expectBeat(page, 2)
  await expect(page.locator('.slide')).toHaveAttribute('data-off', 'true')
  // The first comes back to what was changed.
  await bar(page).getByRole('button', { name: 'Next' }).click()
  await bar(page).getByRole('button', { name: 'Next' }).click()
  await expectBeat(page, 3)
  await pass(page, 76)
  await expect(bar(page).getByRole('status')).toHaveText(/Still there/)
  await page.locator('.slide-sentence').click()
  await expect(bar(page).getByRole('status')).not.toHaveText(/Still there/)
  await pass(page, 74)
  await expectBeat(page, 3)
  await pass(page, 12)
  await expectBeat(page, 1)
  await expect(bar(page)).toHaveCount(0)
  await pass(page, beats[0]!.seconds - LEEWAY)
  await passUntil(page, 2)
})

test('a key takes it over as well, and a talk by a speaker goes nowhere by itself', async ({ page }) => {
  await openKiosk(page)
  await page.keyboard.press('PageDown')
  await expectBeat(page, 2)
  await pass(page, 40)
  await expectBeat(page, 2)
  await pass(page, 46)
  await expectBeat(page, 1)
  await page.goto('./#/stage/five/2')
  await page.locator('.slide [data-bit="0"]').click()
  await pass(page, ROUND)
  await expect(page.locator('.talk')).toHaveAttribute('data-beat', 'five/2')
  await expect(bar(page)).toHaveCount(0)
})

test.describe('by touch', () => {
  test.use({ hasTouch: true })

  test('a finger swipes to the next beat and back', async ({ page }) => {
    await openKiosk(page)
    const client = await page.context().newCDPSession(page)
    const swipe = async (from: number, to: number) => {
      await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: from, y: 300 }] })
      await client.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: to, y: 300 }] })
      await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    }
    await swipe(900, 300)
    await expectBeat(page, 2)
    await swipe(300, 900)
    await expectBeat(page, 1)
  })
})
