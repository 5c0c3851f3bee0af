// `npm run soak [minutes]`: the kiosk for that long by its own clock, run fast, against the built app. Fails where it does not stay as it is.
import { chromium } from 'playwright'
import { preview } from 'vite'
import { CHROMIUM_ARGS, findChromium } from './browsers.mjs'

const MINUTES = Number(process.argv[2] ?? 30)
/** One round of the kiosk, in seconds. */
const ROUND = 90
/** How far the heap may drift. */
const DRIFT = 0.05

const server = await preview({ preview: { host: '127.0.0.1', port: 4271, strictPort: true } })
const found = findChromium()
const browser = await chromium.launch({
  args: [...CHROMIUM_ARGS, '--js-flags=--expose-gc'],
  ...(found && { executablePath: found.path }),
})
const page = await browser.newPage({
  viewport: { width: 1280, height: 720 },
  reducedMotion: 'reduce',
  serviceWorkers: 'block',
})
/** @type {string[]} */
const messages = []
page.on('console', (message) => messages.push(message.text()))
page.on('pageerror', (error) => messages.push(error.message))
await page.clock.install()
await page.goto('http://127.0.0.1:4271/#/stage/kiosk/1')
await page.locator('.slide-sentence').waitFor()

/** @type {{ heap: number, elements: number }[]} */
const rounds = []
for (let round = 0; round < Math.ceil((MINUTES * 60) / ROUND) + 1; round++) {
  for (let second = 0; second < ROUND; second++) await page.clock.runFor(1000)
  await page.locator('.slide-figure > *').first().waitFor()
  const { heap, elements } = await page.evaluate(() => {
    const { gc } = /** @type {{ gc?: () => void }} */ (globalThis)
    gc?.()
    const { memory } = /** @type {{ memory?: { usedJSHeapSize: number } }} */ (/** @type {unknown} */ (performance))
    return { heap: memory?.usedJSHeapSize ?? 0, elements: document.querySelectorAll('*').length }
  })
  rounds.push({ heap, elements })
  console.log(`round ${round}: ${(heap / 1e6).toFixed(2)} MB, ${elements} elements`)
}
await browser.close()
await server.close()

// The first round fetches and compiles.
const [first, last] = [rounds[1], rounds.at(-1)]
const drift = first && last ? last.heap / first.heap - 1 : 1
const steady = rounds.slice(1).every(({ elements }) => elements === first?.elements)
console.log(
  `heap ${(100 * drift).toFixed(1)} %, elements ${steady ? 'constant' : 'changing'}, ${messages.length} messages`,
)
for (const message of messages) console.log(message)
process.exit(drift < DRIFT && steady && messages.length === 0 ? 0 : 1)
