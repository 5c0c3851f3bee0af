// `npm run bench:tables`: 131,072 entries as squares on a canvas, and as elements: one bit turned over, and all in each frame.
import { build, preview } from 'vite'
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core'
import { CHROMIUM_ARGS, findChromium } from '../scripts/browsers.mjs'
import { freePort } from '../scripts/free-port.mjs'
import { machineLine, median, quantile } from './measure'
import { watchPaints } from './paint-clock'

const FOLDER = '../../.cache/bench-tables'
const SIZE = { width: 1440, height: 900 }
/** Pages of each view, one after the other in turn: a busy minute hits all views. */
const PAGES = 3
/** A frame of a screen with 60 of them a second. */
const FRAME_MS = 1000 / 60

declare global {
  interface Window {
    /** What the page of synthetic tables offers: src/specimens/synthetic-tables-page.tsx. */
    turnFrames: (count: number) => Promise<readonly number[]>
    mounted: number | null
  }
}

interface View {
  readonly id: string
  readonly name: string
  /** How often it is measured: elements are slow, and fewer times tell enough. */
  readonly flips: number
  readonly frames: number
}

const VIEWS: readonly View[] = [
  { id: 'canvas', name: 'canvas of the app, what is in view', flips: 21, frames: 120 },
  { id: 'whole', name: 'canvas, all 131,072 in view', flips: 21, frames: 120 },
  { id: 'elements', name: 'an element for each entry', flips: 5, frames: 6 },
]

interface Taken {
  readonly mount: number
  readonly flips: readonly number[]
  /** From one frame drawn to the next, out of the browser's own trace. */
  readonly frames: readonly number[]
  /** Work of the page's main thread for each frame. */
  readonly task: number
  readonly layouts: number
  readonly nodes: number
}

async function measure(browser: Browser, address: string, { id, frames, flips: times }: View): Promise<Taken> {
  const page = await browser.newPage({ viewport: SIZE })
  await page.goto(`${address}?view=${id}`)
  const mount = await (await page.waitForFunction(() => window.mounted)).jsonValue()
  const clock = await watchPaints(page)
  const flips: number[] = []
  for (let turn = 0; turn < times; turn++) {
    const { toPaint } = await clock.time(() => page.getByRole('button', { name: 'turn one' }).click())
    flips.push(toPaint)
  }
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  const before = await counters(cdp)
  const drawn = await traced(cdp, () => turnFrames(page, frames))
  const after = await counters(cdp)
  await page.close()
  return {
    mount: mount ?? Number.NaN,
    flips,
    frames: drawn,
    task: (1000 * (after.task - before.task)) / frames,
    layouts: (after.layouts - before.layouts) / frames,
    nodes: after.nodes,
  }
}

const turnFrames = async (page: Page, count: number): Promise<void> => {
  await page.evaluate((frames) => window.turnFrames(frames), count)
}

async function counters(cdp: CDPSession) {
  const { metrics } = await cdp.send('Performance.getMetrics')
  const value = (name: string) => metrics.find((each) => each.name === name)?.value ?? Number.NaN
  return { task: value('TaskDuration'), layouts: value('LayoutCount'), nodes: value('Nodes') }
}

interface TraceEvent {
  readonly name: string
  readonly ts: number
}

/** Do some work with the browser's trace on: milliseconds between the frames that it drew meanwhile. */
async function traced(cdp: CDPSession, work: () => Promise<void>): Promise<readonly number[]> {
  const events: TraceEvent[] = []
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline.frame', 'devtools.timeline.frame'] },
  })
  await work()
  const complete = new Promise<void>((resolve) => cdp.once('Tracing.tracingComplete', () => resolve()))
  await cdp.send('Tracing.end')
  await complete
  const drawn = events
    .filter(({ name }) => name === 'DrawFrame')
    .map(({ ts }) => ts / 1000)
    .toSorted((a, b) => a - b)
  return drawn.slice(1).map((time, index) => time - drawn[index]!)
}

const HEADS = ['mount', 'flip', 'p95', 'in a frame', 'frame', 'p95', 'task', 'layouts', 'nodes']

const row = (name: string, cells: readonly string[]): void =>
  console.log(`  ${name.padEnd(38)}${cells.map((cell) => cell.padStart(11)).join('')}`)

/** Medians over pages, of the figures of each page. */
function figures(taken: readonly Taken[]): readonly number[] {
  const over = (value: (each: Taken) => number): number => median(taken.map(value))
  return [
    over(({ mount }) => mount),
    over(({ flips }) => median(flips)),
    over(({ flips }) => quantile(flips, 0.95)),
    over(({ flips }) => flips.filter((flip) => flip <= FRAME_MS).length / flips.length),
    over(({ frames }) => median(frames)),
    over(({ frames }) => quantile(frames, 0.95)),
    over(({ task }) => task),
    over(({ layouts }) => layouts),
    over(({ nodes }) => nodes),
  ]
}

const text = (value: number, column: number): string => {
  if (HEADS[column] === 'nodes') return value.toFixed(0)
  return HEADS[column] === 'in a frame' ? `${Math.round(100 * value)} %` : value.toFixed(1)
}

const found = findChromium()
if (!found) throw new Error('No Chromium found: run `npm test` once, or set CHROMIUM_PATH.')
const root = 'bench/tables-page'
const configFile = 'vite.config.ts'
await build({ root, configFile, base: './', logLevel: 'warn', build: { outDir: FOLDER, emptyOutDir: true } })
const port = await freePort()
const server = await preview({
  root,
  build: { outDir: FOLDER },
  preview: { port, host: '127.0.0.1', strictPort: true },
})
const browser = await chromium.launch({ executablePath: found.path, args: CHROMIUM_ARGS })
try {
  const taken = new Map<string, Taken[]>(VIEWS.map(({ id }) => [id, []]))
  for (let turn = 0; turn < PAGES; turn++) {
    for (const view of VIEWS) taken.get(view.id)!.push(await measure(browser, `http://127.0.0.1:${port}/`, view))
  }
  console.log(`${machineLine()}, Chromium ${browser.version()}, ${SIZE.width}×${SIZE.height}`)
  console.log(
    `131,072 synthetic entries. Milliseconds, medians of ${PAGES} pages. Flip: from a click that turns one bit over`,
  )
  console.log(
    'until it is painted. Frame: from one drawn frame to the next while every entry changes in each, out of the',
  )
  console.log("browser's trace. Task and layouts: main-thread work for each of these frames.\n")
  row('', HEADS)
  const all = VIEWS.map(({ id }) => figures(taken.get(id)!))
  for (const [index, { name }] of VIEWS.entries()) row(name, all[index]!.map(text))
  const [canvas, , elements] = all
  const ratio = (column: number) => `${(elements![column]! / canvas![column]!).toFixed(0)} ×`
  row(
    'elements ÷ canvas',
    HEADS.map((head, column) => (['in a frame', 'layouts'].includes(head) ? '' : ratio(column))),
  )
} finally {
  await browser.close()
  await server.close()
}
