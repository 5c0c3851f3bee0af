import type { Page } from '@playwright/test'
import { SCRIPTS } from '../src/story/stage/scripts'
import { expect, test } from './fixtures'
import { press } from './talk'
import { textsThatMeet } from './text-boxes'

const WALL = { width: 1920, height: 1080 }
const script = (id: string) => SCRIPTS.find((each) => each.id === id)!
async function open(page: Page, place: string, size = WALL) {
  await page.setViewportSize(size)
  await page.goto(`./#/stage/${place}`)
  await expect(page.locator('.slide-sentence')).toBeVisible()
}

const beat = (page: Page) => page.locator('.talk').getAttribute('data-beat')

/** The figure is there, and what it waits for is known. */
async function settled(page: Page) {
  await expect(page.locator('.slide-figure > *').first()).toBeVisible()
  await expect(page.locator('.slide').getByText(/^(…|not finished)$/)).toHaveCount(0)
  const wall = page.locator('.slide .proof-wall-picture')
  if ((await wall.count()) === 0) return
  for (const met of ['.proof-wall-bare', '.proof-wall-xen']) await expect(wall.locator(met).first()).toBeAttached()
}

/** All that is drawn and written on the wall. Pixels would do but for the soft edges of lines; ids are counted anew. */
const picture = (page: Page): Promise<string> =>
  page
    .locator('.slide')
    .evaluate((slide) =>
      slide.outerHTML.replaceAll(/ (?:id|for|name|aria-(?:labelledby|controls|describedby))="[^"]*"/g, ''),
    )

// The next test may stand in the same context.
test.afterEach(({ context }) => context.setOffline(false))

/** Letters that are smaller on the wall than they may be: labels 36 px, all else that is read 40, by 1080 lines. */
const tooSmall = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const slide = document.querySelector<HTMLElement>('.slide')!
    const scale = slide.getBoundingClientRect().width / slide.offsetWidth
    const small: string[] = []
    const walker = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement!
      const text = node.textContent?.trim() ?? ''
      const { width, height } = element.getBoundingClientRect()
      if (text === '' || element.closest('.sr-only') || !element.checkVisibility({ visibilityProperty: true })) continue
      if (width === 0 || height === 0) continue
      const size = Number.parseFloat(getComputedStyle(element).fontSize) * scale
      const least = element.closest('.slide-sentence, .slide-answers') ? 40 : 36
      if (size < least - 0.1) small.push(`${text}: ${size.toFixed(1)} px`)
    }
    return small
  })

for (const id of ['five', 'twenty'])
  test(`the script ${id} goes from first to last by PageDown alone, with the network cut, in letters for the last row`, async ({
    page,
    context,
  }) => {
    // The browser itself asks for the icon anew at every change of the address.
    await page.route('**/icon.svg', (route) => route.fulfill({ contentType: 'image/svg+xml', body: '<svg/>' }))
    await open(page, `${id}/1`)
    await expect(page.locator('.talk')).toHaveAttribute('data-fetched', 'true')
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(1000)
    await context.setOffline(true)
    const { beats } = script(id)
    for (const index of beats.keys()) {
      expect(await beat(page)).toBe(`${id}/${index + 1}`)
      await settled(page)
      expect(await tooSmall(page), `beat ${index + 1}`).toEqual([])
      expect(await textsThatMeet(page, 3), `beat ${index + 1}`).toEqual([])
      const { y, height } = (await page.locator('.slide-figure').boundingBox())!
      expect(y + height).toBeLessThanOrEqual(WALL.height)
      expect(new URL(page.url()).hash).toBe(`#/stage/${id}/${index + 1}`)
      await press(page, 'PageDown')
    }
    expect(await beat(page)).toBe(`${id}/${beats.length}`)
  })

test('a reload at any beat shows the same picture', async ({ page }) => {
  await open(page, 'five/1', { width: 1280, height: 720 })
  for (const index of script('five').beats.keys()) {
    await settled(page)
    const before = await picture(page)
    await page.reload()
    await expect(page.locator('.slide-sentence')).toBeVisible()
    await settled(page)
    await expect.poll(() => picture(page), `beat ${index + 1}`).toBe(before)
    await press(page, 'PageDown')
  }
})

test('a talk that is chosen in the room begins with the same picture as by its address, and its first press goes on', async ({
  page,
}) => {
  await open(page, 'five/1')
  await settled(page)
  const byAddress = await picture(page)
  await page.goto('about:blank')
  await page.goto('./#/stage')
  await page.getByRole('link', { name: '5 minutes' }).click()
  await settled(page)
  await expect.poll(() => picture(page)).toBe(byAddress)
  await press(page, 'PageDown')
  await expect(page.locator('.talk')).toHaveAttribute('data-beat', 'five/2')
})

test('on a 4:3 projector the picture keeps its proportions, with bars above and below', async ({ page }) => {
  await open(page, 'five/7', { width: 1024, height: 768 })
  const { x, y, width, height } = (await page.locator('.slide').boundingBox())!
  expect([x, y, width, height].map(Math.round)).toEqual([0, 96, 1024, 576])
})

test('a clicker: start button by turns F5 and Esc, black, keys held down, keys of no meaning', async ({ page }) => {
  await open(page, 'five/4')
  await page.evaluate(() => Object.assign(window, { still: 'here' }))
  for (const key of ['F5', 'Escape', 'F5', 'Escape']) await press(page, key)
  expect(await page.evaluate(() => 'still' in window)).toBe(true)
  await press(page, '.')
  await expect(page.locator('.talk-cover')).toBeVisible()
  for (const key of ['PageUp', 'o', 'g', 't', 'Tab', 'q', '7']) await press(page, key)
  await expect(page.locator('.talk-cover')).toBeVisible()
  expect(await beat(page)).toBe('five/4')
  await press(page, 'PageDown')
  await expect(page.locator('.talk-cover')).toHaveCount(0)
  expect(await beat(page)).toBe('five/4')
  await page.waitForTimeout(90)
  // The second of two is the same key held down, the third comes from a button that bounces.
  await page.keyboard.down('PageDown')
  await page.keyboard.down('PageDown')
  await page.keyboard.up('PageDown')
  expect(await beat(page)).toBe('five/5')
})

test('a click on a bit leaves the script, no button keeps the focus, and Next comes back', async ({ page }) => {
  await open(page, 'five/2')
  await page.locator('.slide [data-bit="0"]').click()
  await expect(page.locator('.slide')).toHaveAttribute('data-off', 'true')
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true)
  await press(page, 'Space')
  await expect(page.locator('.slide')).toHaveAttribute('data-off', 'false')
  expect(await beat(page)).toBe('five/2')
})

test('the room votes; its answer stays in sight where the answer is told', async ({ page }) => {
  await open(page, 'five/6')
  await press(page, '1')
  await expect(page.locator('[data-voted="true"]')).toHaveText(/Linux copies the page/)
  await press(page, 'PageDown')
  await expect(page.getByText('The room said: Linux copies the page')).toBeVisible()
})

test('the speaker’s window: keys, black, notes; killed in mid-talk, the wall goes on', async ({ page, context }) => {
  await open(page, 'twenty/17')
  const speaker = await context.newPage()
  await speaker.goto('./#/speaker')
  await expect(speaker.getByText('beat 17 of 28')).toBeVisible()
  await press(speaker, 'PageDown')
  await expect(page.locator('.talk')).toHaveAttribute('data-beat', 'twenty/18')
  await expect(speaker.getByText('Take the vote and wait', { exact: false })).toBeVisible()
  await press(speaker, 'b')
  await expect(page.locator('.talk-cover')).toBeVisible()
  await expect(speaker.getByText('The room sees black.')).toBeVisible()
  await speaker.reload()
  await expect(speaker.getByText('The room sees black.')).toBeVisible()
  await speaker.close()
  await press(page, 'b')
  await press(page, 'PageDown')
  await expect(page.locator('.talk')).toHaveAttribute('data-beat', 'twenty/19')
})

test('the speaker’s notes hold the numbers that the wall computes', async ({ page, context }) => {
  await open(page, 'twenty/25')
  const speaker = await context.newPage()
  await speaker.goto('./#/speaker')
  const notes = speaker.getByRole('region', { name: 'Notes' })
  await expect(notes).toContainText('16 tests are possible. Bare metal leaves 4')
  await press(page, 'PageDown')
  await expect(notes).toContainText('1,024 of 4,096.')
  await expect(notes).not.toContainText('…')
})

test('the speaker’s window by key S: closed by its speaker, opened again, and found again by a wall that was reloaded', async ({
  page,
  context,
}) => {
  await open(page, 'five/3')
  const openSpeaker = async () => {
    const opened = context.waitForEvent('page')
    await press(page, 's')
    return opened
  }
  const first = await openSpeaker()
  await expect(first.getByText('beat 3 of 11')).toBeVisible()
  await first.close()
  await press(page, 'PageDown')
  await expect(page.locator('.talk')).toHaveAttribute('data-beat', 'five/4')
  const second = await openSpeaker()
  await expect(second.getByText('beat 4 of 11')).toBeVisible()
  await page.reload()
  // What is pressed while there is no wall is not kept for it.
  await expect(page.locator('.talk')).toHaveAttribute('data-beat', 'five/4')
  await press(second, 'PageDown')
  await expect(page.locator('.talk')).toHaveAttribute('data-beat', 'five/5')
  await expect(second.getByText('beat 5 of 11')).toBeVisible()
  await expect(second.getByText('The wall answers.')).toBeVisible()
  await page.goto('about:blank')
  await expect(second.getByText('The wall does not answer.', { exact: false })).toBeVisible()
})

test('a speaker’s window whose process is killed takes nothing from the wall; another one goes on where it was', async ({
  page,
  context,
}) => {
  await open(page, 'five/3')
  const lost = await context.newPage()
  await lost.goto('./#/speaker')
  await expect(lost.getByText('beat 3 of 11')).toBeVisible()
  const crashed = lost.waitForEvent('crash')
  const client = await context.newCDPSession(lost)
  // No answer comes from a page that is gone.
  client.send('Page.crash').catch(() => {})
  await crashed
  await press(page, 'PageDown')
  await expect(page.locator('.talk')).toHaveAttribute('data-beat', 'five/4')
  await lost.close()
  const next = await context.newPage()
  await next.goto('./#/speaker')
  await expect(next.getByText('beat 4 of 11')).toBeVisible()
})

test('a browser that refuses windows is told of in the overview; the link finds the talk', async ({
  page,
  context,
}) => {
  await page.addInitScript(() => (window.open = () => null))
  await open(page, 'five/3')
  await press(page, 's')
  await press(page, 'o')
  const opened = context.waitForEvent('page')
  await page.getByRole('link', { name: 'open it here' }).click()
  await expect((await opened).getByText('beat 3 of 11')).toBeVisible()
  await press(page, 'o')
  await press(page, 'PageDown')
  expect(await beat(page)).toBe('five/4')
})

for (const [place, says] of [
  ['sixty/99', 'There is no script “sixty”'],
  ['five/99', 'none of them is “99”'],
])
  test(`${place}, which is not there, is the first beat, and only the speaker hears of it`, async ({
    page,
    context,
  }) => {
    await open(page, place!)
    expect(await beat(page)).toBe('five/1')
    await expect(page.locator('body')).not.toContainText(place!.split('/')[1]!)
    const speaker = await context.newPage()
    await speaker.goto('./#/speaker')
    await expect(speaker.getByRole('note').getByText(says!, { exact: false })).toBeVisible()
    await press(speaker, 'PageDown')
    await expect(page.locator('.talk')).toHaveAttribute('data-beat', 'five/2')
    await expect(speaker.getByText(says!, { exact: false })).toHaveCount(0)
  })

const isFull = (page: Page) => page.evaluate(() => document.fullscreenElement !== null)

test('full screen by key and by click; the browser’s Esc ends it at the same beat, and a click brings it back', async ({
  page,
}) => {
  await open(page, 'five/3')
  await press(page, 'f')
  await expect.poll(() => isFull(page)).toBe(true)
  // The browser hears Esc before the page does.
  await page.evaluate(() => document.exitFullscreen())
  await press(page, 'Escape')
  expect([await isFull(page), await beat(page)]).toEqual([false, 'five/3'])
  await page.locator('.slide-sentence').click()
  await expect.poll(() => isFull(page)).toBe(true)
  await press(page, 'f')
  await expect.poll(() => isFull(page)).toBe(false)
  await page.locator('.slide-sentence').click()
  await press(page, 'PageDown')
  expect([await isFull(page), await beat(page)]).toEqual([false, 'five/4'])
})

test('full screen by the button where a talk is chosen lasts into the talk', async ({ page }) => {
  await page.goto('./#/stage')
  await page.getByRole('button', { name: 'Full screen' }).click()
  await expect.poll(() => isFull(page)).toBe(true)
  await page.getByRole('link', { name: '5 minutes' }).click()
  await expect(page.locator('.slide-sentence')).toBeVisible()
  expect(await isFull(page)).toBe(true)
  await page.evaluate(() => document.exitFullscreen())
  await page.locator('.slide-sentence').click()
  await expect.poll(() => isFull(page)).toBe(true)
  await page.evaluate(() => document.exitFullscreen())
})

test('where full screen is refused the talk goes on, and the speaker alone hears of it, until it is let in', async ({
  page,
  context,
}) => {
  await page.addInitScript(() => {
    const { requestFullscreen } = Element.prototype
    Element.prototype.requestFullscreen = function refuse(this: Element, ...options) {
      return 'lets' in window ? requestFullscreen.apply(this, options) : Promise.reject(new TypeError('refused'))
    }
  })
  await open(page, 'five/3')
  const speaker = await context.newPage()
  await speaker.goto('./#/speaker')
  await expect(speaker.getByText('beat 3 of 11')).toBeVisible()
  const refused = speaker.getByText('The browser refused full screen', { exact: false })
  await expect(refused).toHaveCount(0)
  await press(speaker, 'f')
  await expect(refused).toBeVisible()
  await press(speaker, 'PageDown')
  await expect(page.locator('.talk')).toHaveAttribute('data-beat', 'five/4')
  await expect(page.getByText('refused')).toHaveCount(0)
  await page.bringToFront()
  await page.evaluate(() => Object.assign(window, { lets: true }))
  await page.locator('.slide-sentence').click()
  await expect.poll(() => isFull(page)).toBe(true)
  await expect(refused).toHaveCount(0)
  await press(page, 'f')
})
