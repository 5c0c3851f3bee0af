// `npm run bench:story`: how soon the start screen stands, how soon a key shows, and how much script the story fetches.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { CHAPTERS } from '../src/story/chapters/chapters'
import { beatsOf, hrefOf } from '../src/story/place'
import { openBuiltApp } from '../scripts/built-app.mjs'
import { machineLine, median, quantile } from './measure'

/** What is allowed: the first paint, a reaction within a frame of 60 Hz, and script before anything is shown, gzipped. */
const BUDGET = { paintMs: 1000, frameMs: 1000 / 60, kb: 150 } as const

const LOADS = 15
const WALKS = 3
const SIZE = { width: 1440, height: 900 }
const BEATS = beatsOf(CHAPTERS)

const row = (name: string, cells: readonly string[]): void =>
  console.log(`  ${name.padEnd(46)}${cells.map((cell) => cell.padStart(11)).join('')}`)

/** A figure beside what is allowed. */
const ratio = (value: number, budget: number): string => `${(value / budget).toFixed(2)} ×`

interface Shown {
  readonly paint: number
  /** Until the last frame that a picture or a word of the start screen arrived in. */
  readonly largest: number
}

/** One visit with nothing remembered: when the first and the last of the start screen were painted. */
async function firstVisit(browser: Browser, address: string): Promise<Shown> {
  const context = await browser.newContext({ viewport: SIZE, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(address)
  await page.locator('.stuck').waitFor()
  const shown = await page.evaluate(
    () =>
      new Promise<{ paint: number; largest: number }>((resolve) => {
        const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN
        new PerformanceObserver((list) => resolve({ paint, largest: list.getEntries().at(-1)!.startTime })).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        })
      }),
  )
  await context.close()
  return shown
}

/** Milliseconds from a key in the page until the frame that follows has been handed over. */
async function keyToPaint(page: Page, key: string): Promise<number> {
  await page.evaluate(() => {
    window.painted = null
    const { port1, port2 } = new MessageChannel()
    addEventListener(
      'keydown',
      ({ timeStamp }) => {
        port1.addEventListener('message', () => (window.painted = performance.now() - timeStamp))
        port1.start()
        requestAnimationFrame(() => port2.postMessage(null))
      },
      { capture: true, once: true },
    )
  })
  await page.keyboard.press(key)
  const painted = await page.waitForFunction(() => window.painted, null, { polling: 20 })
  return (await painted.jsonValue()) ?? Number.NaN
}

/** Walk the story by one key and back by another: what each press took. */
async function walk(page: Page): Promise<{ readonly next: readonly number[]; readonly back: readonly number[] }> {
  const [next, back]: [number[], number[]] = [[], []]
  for (const [key, all, beats] of [
    ['ArrowRight', next, BEATS.slice(1)],
    ['ArrowLeft', back, BEATS.slice(0, -1).toReversed()],
  ] as const) {
    for (const beat of beats) {
      all.push(await keyToPaint(page, key))
      // A beat that moves is brought to rest; with less motion asked for it already is.
      await page.locator(`main[data-beat="${hrefOf(beat)}"]`).waitFor()
      await page.locator('.story-figure > *').first().waitFor()
      await page.waitForTimeout(60)
    }
  }
  return { next, back }
}

/** Scripts that the page has fetched so far, gzipped as a server would send them. */
async function scriptKb(page: Page): Promise<number> {
  const names = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.endsWith('.js')),
  )
  const folder = join('.cache', 'built', 'assets')
  const files = new Set(readdirSync(folder))
  return [...new Set(names.map((path) => path.split('/').at(-1)!))]
    .filter((name) => files.has(name))
    .reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name)), { level: 9 }).length / 1000, 0)
}

const app = await openBuiltApp()
console.log(`${machineLine()}, Chromium ${app.browser.version()}, ${SIZE.width}×${SIZE.height}`)
console.log(
  'Times in milliseconds, medians and 95th percentiles; behind them the median as a part of what is allowed.\n',
)
try {
  const visits: Shown[] = []
  for (let visit = 0; visit < LOADS; visit++) visits.push(await firstVisit(app.browser, app.address))
  const time = (name: string, all: readonly number[], budget: number): void =>
    row(name, [median(all).toFixed(1), quantile(all, 0.95).toFixed(1), ratio(median(all), budget)])
  row('', ['median', 'p95', 'of budget'])
  const first = visits.map(({ paint }) => paint)
  const largest = visits.map((shown) => shown.largest)
  time('start screen: first paint', first, BUDGET.paintMs)
  time('start screen: largest part painted', largest, BUDGET.paintMs)

  const context = await app.browser.newContext({ viewport: SIZE, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(app.address)
  await page.locator('.stuck').waitFor()
  const atOnce = await scriptKb(page)
  const firstKey = await keyToPaint(page, 'ArrowRight')
  await page.keyboard.press('ArrowLeft')
  // The first walk fetches what it shows; readers wait for it once.
  const fresh = await walk(page)
  const whole = await scriptKb(page)
  const walks = []
  for (let turn = 0; turn < WALKS; turn++) walks.push(await walk(page))
  row('first key on the start screen', [firstKey.toFixed(1), '', ratio(firstKey, BUDGET.frameMs)])
  time('Next, first time', fresh.next, BUDGET.frameMs)
  time(
    'Next, again',
    walks.flatMap(({ next }) => next),
    BUDGET.frameMs,
  )
  time(
    'Back',
    walks.flatMap(({ back }) => back),
    BUDGET.frameMs,
  )

  console.log()
  row('', ['kB gzipped', 'of budget'])
  row('script fetched by the start screen', [atOnce.toFixed(1), ratio(atOnce, BUDGET.kb)])
  row('script fetched by the whole story', [whole.toFixed(1), ratio(whole, BUDGET.kb)])
  await context.close()
} finally {
  await app.close()
}
