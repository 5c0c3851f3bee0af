import type { Page } from '@playwright/test'
import { axeComplaints } from './axe'
import { openPair, pair } from './compare-view'
import { expect, test } from './fixtures'
import { textsThatMeet } from './text-boxes'
import { expectNoSideways } from './window'

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('a swipe or a tap shows the other world on the same playhead, with a badge of what differs', async ({
    page,
  }) => {
    await openPair(page)
    const word = (name: string) => page.getByRole('group', { name, exact: true })
    await expect(word('3.20-rc0, Xen PV')).toContainText('differs in RW and the frame')
    await swipe(page, '.word-rows')
    await expect(word('4.0-rc1, Xen PV')).toContainText('differs in RW and the frame')
    await page.getByRole('radio', { name: 'A: 3.20-rc0, Xen PV', exact: true }).tap()
    await expect(word('3.20-rc0, Xen PV')).toBeVisible()
    const { at } = await pair(page)
    await page.getByRole('button', { name: 'Back' }).tap()
    expect((await pair(page)).at).toBe(at - 1)
    await swipe(page, '.word-rows')
    expect((await pair(page)).at).toBe(at - 1)
  })

  test('everything to touch is 44 px high or wide, nothing scrolls sideways, no two texts meet', async ({ page }) => {
    await openPair(page)
    await expectNoSideways(page)
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('main button, main select, main label:has(input[type=radio]), main summary')]
        .filter((each) => each.checkVisibility() && !each.closest('[data-testid]'))
        .filter((each) => each.getBoundingClientRect().height < 44)
        .map((each) => each.textContent),
    )
    expect(small).toEqual([])
    await expect.poll(() => textsThatMeet(page), { timeout: 3_000 }).toEqual([])
  })

  test('axe finds nothing', async ({ page }) => {
    await openPair(page)
    expect(await axeComplaints(page)).toEqual([])
  })

  test('another world is chosen in the sheet', async ({ page }) => {
    const lab = await openPair(page)
    await lab.press('Change')
    await page.getByRole('group', { name: 'World B' }).getByRole('radio', { name: 'Bare metal' }).check()
    await lab.press('Close')
    await expect(page.getByRole('radio', { name: 'B: 4.0-rc1, Bare metal', exact: true })).toBeAttached()
  })
})

/** A finger goes from right to left over an element. */
async function swipe(page: Page, selector: string) {
  await page.evaluate((at) => {
    const target = document.querySelector(at)!
    const touch = (x: number) => new Touch({ identifier: 1, target, clientX: x, clientY: 300 })
    const send = (type: string, x: number, touches: Touch[]) =>
      target.dispatchEvent(new TouchEvent(type, { bubbles: true, touches, changedTouches: [touch(x)] }))
    send('touchstart', 300, [touch(300)])
    send('touchend', 120, [])
  }, selector)
}
