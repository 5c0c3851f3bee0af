// `npm run bench:proof`: the proof in the built app: what it costs the page, and how fast its worker is, beside what is asked.
import type { Browser, Page } from 'playwright-core'
import { openBuiltApp } from '../scripts/built-app.mjs'
import { machineLine, median } from './measure'

const ROUNDS = 5
/** So long the Lab, from which the room is entered, gets to be drawn and to come to rest. */
const REST_MS = 4_000
/** The room is looked at for so long while it opens, and a larger run. */
const OPEN_MS = 2_000
const RUN_MS = 6_000

/** What is asked of the proof; where `least` is said more is better. */
const ASKED = {
  'first verdict': { limit: 100, unit: 'ms' },
  'whole table': { limit: 400, unit: 'ms' },
  'longest script of the page, proof opens': { limit: 8, unit: 'ms' },
  'longest task of the page, proof opens': { limit: 8, unit: 'ms' },
  'longest script of the page, larger run': { limit: 8, unit: 'ms' },
  'longest task of the page, larger run': { limit: 8, unit: 'ms' },
  'new states a second': { limit: 500_000, unit: '', least: true },
  'bytes a state': { limit: 48, unit: '' },
} as const
type Figure = keyof typeof ASKED

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly dur?: number
  /** Of `dur` what the thread itself ran: other programs do not count. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** Milliseconds of processor time on a page's main thread. */
interface Longest {
  /** A task: whatever keeps the page from answering, drawing by the browser too. */
  readonly task: number
  /** A call of our own program, with what of the drawing it waits for. */
  readonly script: number
}

/** The longest that a page's main thread is kept busy while something is done. */
async function longestOf(browser: Browser, page: Page, work: () => Promise<void>): Promise<Longest> {
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', '__metadata'] })
  await work()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: readonly TraceEvent[] }
  const main = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  const onMain = traceEvents.filter(({ pid, tid }) => main.has(`${pid} ${tid}`))
  const longest = (isMeant: (name: string) => boolean): number => {
    const meant = onMain.filter(({ name }) => isMeant(name))
    if (meant.length === 0) throw new Error('The trace names nothing that the page did: its format has changed.')
    return meant.reduce((most, { dur = 0, tdur = dur }) => Math.max(most, tdur / 1000), 0)
  }
  return { task: longest((name) => name.endsWith('RunTask')), script: longest((name) => name === 'FunctionCall') }
}

const numberIn = (text: string): number => Number(/[\d,.]+/.exec(text)![0].replaceAll(',', ''))

/** Opens the proof from the Lab, and then starts a larger run, by keys: what a test does in a page would count as the page's. */
async function openAndRun(browser: Browser, address: string, whileIt: typeof longestOf) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(`${address}#/lab`)
  await page.getByRole('link', { name: 'Proof' }).focus()
  await page.waitForTimeout(REST_MS)
  const enter = (ms: number) => async () => {
    await page.keyboard.press('Enter')
    await page.waitForTimeout(ms)
  }
  const opening = await whileIt(browser, page, enter(OPEN_MS))
  const done = await page.getByText('Every case checked in').innerText()
  const run = page.getByRole('region', { name: 'A larger run' })
  await run.getByRole('button', { name: 'Start' }).focus()
  const running = await whileIt(browser, page, enter(RUN_MS))
  await run.getByRole('button', { name: 'Stop' }).click()
  const fact = (name: string) => run.locator('dl > div', { hasText: name }).locator('dd').innerText()
  const said = { done, perSecond: await fact('New states a second'), bytes: await fact('Bytes a state') }
  await context.close()
  return { opening, running, said }
}

async function notWatched(_: Browser, __: Page, work: () => Promise<void>): Promise<Longest> {
  await work()
  return { task: NaN, script: NaN }
}

async function measure(browser: Browser, address: string): Promise<Record<Figure, number>> {
  // A trace costs time itself: what the page measures is read where there is none.
  const { said } = await openAndRun(browser, address, notWatched)
  const { opening, running } = await openAndRun(browser, address, longestOf)
  const [whole, first] = said.done.split(';').map(numberIn)
  return {
    'first verdict': first!,
    'whole table': whole!,
    'longest script of the page, proof opens': opening.script,
    'longest task of the page, proof opens': opening.task,
    'longest script of the page, larger run': running.script,
    'longest task of the page, larger run': running.task,
    'new states a second': numberIn(said.perSecond),
    'bytes a state': numberIn(said.bytes),
  }
}

const app = await openBuiltApp()
console.log(`${machineLine()}, Chromium ${app.browser.version()}`)
console.log(`Medians of ${ROUNDS} rounds, each in a new page. Share: of what is asked.\n`)
try {
  const rounds: Record<Figure, number>[] = []
  for (let round = 0; round < ROUNDS; round++) rounds.push(await measure(app.browser, app.address))
  for (const [name, asked] of Object.entries(ASKED)) {
    const value = median(rounds.map((figures) => figures[name as Figure]))
    const shown = value.toLocaleString('en', { maximumFractionDigits: 1 })
    const word = 'least' in asked ? 'at least' : 'at most'
    console.log(
      `  ${name.padEnd(40)}${shown.padStart(9)} ${asked.unit.padEnd(3)} ${word} ${asked.limit.toLocaleString('en')}: ` +
        `${(value / asked.limit).toFixed(2)}`,
    )
  }
} finally {
  await app.close()
}
