// `npm run bench:page`: what an interaction costs in the built app. With `-- --profile`: and which functions it goes to.
import type { Page } from 'playwright-core'
import { openBuiltApp } from '../scripts/built-app.mjs'
import { profiled } from './cpu-profile'
import { INTERACTIONS, openScenario, showEndlessFault, type Interaction } from './interactions'
import { machineLine, median, quantile } from './measure'
import { watchPaints, type Clock, type Taken } from './paint-clock'

const REPETITIONS = 40
/** The address is written 120 ms after an interaction: no measurement begins before that is over. */
const PAUSE_MS = 150
const SIZE = { width: 1920, height: 1080 }

const SCENARIOS = ['Copy-on-write', 'Recorded: Xen PV']

/** The columns of the table. */
const COLUMNS: readonly (readonly [head: string, value: (all: readonly Taken[]) => number])[] = [
  ['paint', (all) => median(all.map(({ toPaint }) => toPaint))],
  [
    'p95',
    (all) =>
      quantile(
        all.map(({ toPaint }) => toPaint),
        0.95,
      ),
  ],
  ['task', (all) => median(all.map(({ task }) => task))],
  [
    'p95',
    (all) =>
      quantile(
        all.map(({ task }) => task),
        0.95,
      ),
  ],
  ['script', (all) => median(all.map(({ script }) => script))],
  ['style', (all) => median(all.map(({ style }) => style))],
  ['layout', (all) => median(all.map(({ layout }) => layout))],
]

const printRow = (name: string, cells: readonly string[]): void =>
  console.log(`  ${name.padEnd(20)}${cells.map((cell) => cell.padStart(9)).join('')}`)

/** Repeat an interaction and print what it took. */
async function measure(page: Page, clock: Clock, { name, prepare, act }: Interaction): Promise<void> {
  const all: Taken[] = []
  for (let turn = 0; turn < REPETITIONS; turn++) {
    await prepare(page, turn)
    await page.waitForTimeout(PAUSE_MS)
    all.push(await clock.time(() => act(page, turn)))
  }
  printRow(
    name,
    COLUMNS.map(([, value]) => value(all).toFixed(1)),
  )
}

/**
 * A private window forgets icons: it would fetch and draw the app's anew for each change of the address, which no other
 * window does. An icon of one pixel costs nothing.
 */
const withCheapIcon = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    if (icon) icon.href = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='
  })

const profiling = process.argv.includes('--profile')
const app = await openBuiltApp({ readable: profiling })
console.log(`${machineLine()}, Chromium ${app.browser.version()}, ${SIZE.width}×${SIZE.height}`)
console.log(
  `Milliseconds, medians and 95th percentiles of ${REPETITIONS}. Paint: from the event to the next frame. Task: all`,
)
console.log(`work of the page's main thread; script, style and layout are part of it.`)
try {
  for (const scenario of SCENARIOS) {
    const context = await app.browser.newContext({ viewport: SIZE, reducedMotion: 'reduce' })
    const page = await context.newPage()
    await page.goto(`${app.address}#/lab`)
    await withCheapIcon(page)
    await openScenario(page, scenario)
    await showEndlessFault(page)
    console.log()
    printRow(
      scenario,
      COLUMNS.map(([head]) => head),
    )
    const clock = await watchPaints(page)
    for (const interaction of INTERACTIONS) {
      if (profiling) await profiled(page, () => measure(page, clock, interaction))
      else await measure(page, clock, interaction)
    }
    await context.close()
  }
} finally {
  await app.close()
}
