import { THEMES } from '../src/app/theme'
import { hrefOf } from '../src/story/place'
import { axeComplaints } from './axe'
import { expect, test } from './fixtures'
import { Lab } from './lab'
import { BEATS, beatNamed, nameOf, StoryView } from './story-view'
import { textsThatMeet } from './text-boxes'

const LAST = BEATS.at(-1)!

test('forward by keys, back by keys and by address: every beat is the same picture', async ({ page }) => {
  const story = new StoryView(page)
  await story.load()
  const seen = [await story.picture()]
  await story.walk(
    () => page.keyboard.press('ArrowRight'),
    async () => seen.push(await story.picture()),
  )
  await page.keyboard.press('ArrowRight')
  await story.expectBeat(LAST)

  for (const [index, beat] of [...BEATS.entries()].slice(0, -1).toReversed()) {
    await page.keyboard.press('ArrowLeft')
    await story.expectBeat(beat)
    expect(await story.picture(), `back to ${hrefOf(beat)}`).toBe(seen[index])
  }
  await page.keyboard.press('ArrowLeft')
  await story.expectBeat(BEATS[0]!)

  for (const [index, beat] of BEATS.entries()) {
    await story.load(hrefOf(beat))
    await story.expectBeat(beat)
    expect(await story.picture(), `${hrefOf(beat)} loaded`).toBe(seen[index])
    if (beat !== beat.chapter.beats.at(-1)) continue
    await page.reload()
    expect(await story.picture(), `${hrefOf(beat)} loaded again`).toBe(seen[index])
  }
})

test('every answer leaves its ghost, by the keys 1 to 4 and 0', async ({ page }) => {
  const story = new StoryView(page)
  const ghost = page.locator('.story-ghost')
  for (const [index, asked] of BEATS.entries()) {
    const { question, answers = {} } = asked.words
    if (question === undefined) continue
    const reveal = BEATS[index + 1]!
    await story.load(hrefOf(reveal))
    await expect(ghost.first(), nameOf(reveal)).toHaveCount(0)
    for (const [place, { says, after }] of [
      ...Object.values(answers).entries(),
      [-1, { says: 'I do not know yet', after: '' }] as const,
    ]) {
      await story.go(asked, () => page.keyboard.press('ArrowLeft'))
      await page.keyboard.press(String(place + 1))
      await story.expectBeat(reveal)
      await expect(ghost).toContainText(`You said: ${says}`)
      await expect(ghost).toContainText(after)
    }
    await page.reload()
    await expect(ghost).toContainText('You said: I do not know yet')
  }
})

test('M opens what stands behind every beat, and each sentence there has a link', async ({ page }) => {
  const story = new StoryView(page)
  await story.load()
  const facts = page.locator('.story-facts > li')
  const look = async (beat = BEATS[0]!) => {
    await page.keyboard.press('m')
    await expect(facts, nameOf(beat)).toHaveCount(Object.keys(beat.words.facts).length)
    const links = await facts.evaluateAll((all) =>
      all.map((each) => [...each.querySelectorAll('a')].map(({ href }) => href)),
    )
    for (const each of links) {
      expect(each.length, nameOf(beat)).toBeGreaterThan(0)
      for (const href of each) expect(href).toMatch(/^https:\/\/|#\/(lab\?|proof|model\?rule=[A-Z]{2}\d+)/)
    }
    await page.keyboard.press('m')
    await expect(facts).toHaveCount(0)
  }
  await look()
  await story.walk(() => page.keyboard.press('ArrowRight'), look)
})

test('a term explains itself, and its bit is marked on the word', async ({ page }) => {
  const story = new StoryView(page)
  await story.load(hrefOf(beatNamed('word/readers')))
  await page.getByRole('button', { name: 'RW', exact: true }).click()
  await expect(page.getByText('bit 1: writes are allowed.')).toBeVisible()
  const asked = page.locator('.story-figure [data-bit][aria-current]')
  await expect(asked).toHaveAttribute('data-bit', '1')
  await page.getByRole('button', { name: 'RW', exact: true }).click()
  await expect(page.getByText('bit 1: writes are allowed.')).toHaveCount(0)
  await expect(asked).toHaveCount(0)
})

test('an address that is no beat’s leads to the nearest one and says so', async ({ page }) => {
  const story = new StoryView(page)
  await story.load('#/story/xen/99')
  await story.expectBeat(beatNamed('xen/because'))
  await expect(page.getByText('no beat “99”')).toBeVisible()
  await story.load('#/story/nowhere')
  await story.expectBeat(BEATS[0]!)
  await expect(page.getByText('no chapter “nowhere”')).toBeVisible()
})

test('where storage is forbidden it is said once, and the story goes on', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('storage is forbidden', 'SecurityError')
      },
    })
  })
  const story = new StoryView(page)
  await story.load()
  const said = page.getByText('This browser keeps nothing, so the story will not remember your place')
  await expect(said).toBeVisible()
  await page.getByRole('button', { name: 'Understood' }).click()
  await expect(said).toHaveCount(0)
  await story.go(BEATS[1]!, () => page.keyboard.press('ArrowRight'))
  await story.go(BEATS[2]!, () => page.keyboard.press('2'))
  await expect(page.locator('.story-ghost')).toContainText('You said')
  await expect(said).toHaveCount(0)
})

test('the state opens in the Lab, and the browser’s back returns to the same picture', async ({ page }) => {
  const story = new StoryView(page)
  await story.load(hrefOf(beatNamed('xen/forever')))
  const before = await story.picture()
  await page.getByRole('link', { name: 'Open this state in the Lab' }).click()
  await new Lab(page).expectOutcome('endless')
  await page.goBack()
  await story.expectBeat(beatNamed('xen/forever'))
  expect(await story.picture()).toBe(before)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('by touch: swipes lead through every beat, taps lead back', async ({ page }) => {
    const story = new StoryView(page)
    await story.load()
    const cdp = await page.context().newCDPSession(page)
    const swipe = async (from: number, to: number) => {
      // Where words stand: what is pressed in the figure may keep its own touches.
      const box = (await page.locator('.story-title').boundingBox())!
      const at = (x: number) => [{ x, y: box.y + box.height / 2 }]
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(from) })
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at((from + to) / 2) })
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(to) })
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    }
    await story.walk(
      () => swipe(330, 60),
      async () => {},
    )
    await story.go(BEATS.at(-2)!, () => swipe(60, 330))
    const back = page.locator('.story-bar').getByRole('button').first()
    for (const beat of BEATS.slice(0, -2).toReversed()) await story.go(beat, () => back.tap())
    const next = page.locator('.story-bar').getByRole('button').last()
    await story.walk(
      () => next.tap(),
      async () => {},
    )
  })
})

test.describe('with motion', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } })

  test('a chapter plays by itself, and Next finishes what still moves', async ({ page }) => {
    const story = new StoryView(page)
    const words = () => page.locator('.story-figure').innerText()
    const { beats } = beatNamed('copy/shared').chapter
    const ends: string[] = []
    for (const beat of beats) {
      await story.load(hrefOf(beat))
      await story.picture()
      ends.push(await words())
    }
    await story.load(hrefOf(beats[0]!))
    for (const [index, beat] of [...beats.entries()].slice(1)) {
      await page.keyboard.press('ArrowRight')
      await story.expectBeat(beat)
      expect(await words(), `${nameOf(beat)} begins elsewhere`).not.toBe(ends[index])
      // One is left to play by itself, the others are finished at once.
      if (index > 1) await page.keyboard.press('ArrowRight')
      await expect.poll(words, nameOf(beat)).toBe(ends[index])
      await story.expectBeat(beat)
    }
  })
})

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
]

for (const viewport of SIZES) {
  test(`no text meets another on any beat, and nothing scrolls sideways: ${viewport.width} × ${viewport.height}`, async ({
    page,
  }) => {
    await page.setViewportSize(viewport)
    const story = new StoryView(page)
    await story.load()
    const look = async (beat = BEATS[0]!) => {
      await story.expectWhole()
      expect.soft(await textsThatMeet(page, 15), nameOf(beat)).toEqual([])
      const wide = await page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('main.story-room, .story-page')].map(
          ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
        ),
      )
      expect.soft(Math.max(...wide), `${nameOf(beat)} scrolls sideways`).toBeLessThanOrEqual(0)
    }
    await look()
    await story.walk(() => page.keyboard.press('ArrowRight'), look)
  })
}

for (const [index, theme] of THEMES.entries()) {
  test(`axe finds nothing on any beat: ${theme}`, async ({ page }) => {
    const story = new StoryView(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    await story.load()
    for (let presses = 0; presses < index; presses++) await page.keyboard.press('t')
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    const look = async (beat = BEATS[0]!) => {
      await story.expectWhole()
      // The page around stays the same and is looked at once; and what does not depend on colours, in one theme.
      const first = beat === BEATS[0]
      const how = { part: first ? 'html' : 'main', known: !first, coloursOnly: index > 0 }
      expect.soft(await axeComplaints(page, how), nameOf(beat)).toEqual([])
    }
    await look()
    await story.walk(() => page.keyboard.press('ArrowRight'), look)
  })
}
