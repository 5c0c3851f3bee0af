import type { CDPSession, Page } from 'playwright-core'
import { SCRIPTS, secondsOf } from '../src/story/stage/scripts'

const SCRIPT = SCRIPTS.find(({ loops }) => loops)!
/** One round of the kiosk, in seconds. */
const ROUND = secondsOf(SCRIPT.beats)

/** What the page holds at the end of a round, once all that nothing refers to is gone. */
export interface Held {
  /** Bytes of the script's objects, texts and functions. */
  readonly heap: number
  /** Nodes of the document, and any that have left it and are still referred to. */
  readonly nodes: number
}

/** What became of a long run. */
export interface Soak {
  readonly rounds: readonly Held[]
  /** Everything that was written to the console, or thrown. */
  readonly messages: readonly string[]
}

/**
 * Shows the kiosk for so many minutes of its own time, as fast as the machine can. The first round is not among the rounds:
 * it fetches, compiles, and proves.
 */
export async function soak(page: Page, minutes: number, onRound: (held: Held) => void = () => {}): Promise<Soak> {
  const messages: string[] = []
  page.on('console', (message) => messages.push(message.text()))
  page.on('pageerror', (error) => messages.push(error.message))
  await openKiosk(page)
  await playRound(page)
  const rounds: Held[] = []
  for (let round = 0; round < Math.ceil((minutes * 60) / ROUND); round++) {
    await playRound(page)
    rounds.push(await heldBy(page))
    onRound(rounds.at(-1)!)
  }
  return { rounds, messages }
}

/** Opens the kiosk at its first beat, under a clock that stands until it is told to go on. */
export async function openKiosk(page: Page): Promise<void> {
  await page.clock.install()
  await page.goto(`./#/stage/${SCRIPT.id}/1`)
  await page.locator('.talk[data-fetched="true"]').waitFor()
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1000)
}

/** Lets so many seconds pass, one at a time: what a second starts may draw before the next. */
export async function pass(page: Page, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) await page.clock.runFor(1000)
}

/** How much sooner or later than planned a beat may come: on a busy machine it is drawn, and its time begins, a moment later. */
export const LEEWAY = 3

/** Lets time pass until a beat stands there with its figure. Throws where it does not come about when it should. */
export async function passUntil(page: Page, number: number): Promise<void> {
  const figure = page.locator(`.talk[data-beat="${SCRIPT.id}/${number}"] .slide-figure > *`).first()
  for (let second = 0; !(await figure.isVisible()); second++) {
    if (second > 2 * LEEWAY) throw new Error(`The kiosk has not come to its beat ${number}.`)
    await pass(page, 1)
  }
}

/** From the first beat through all others and to the first again, and until that is at rest. */
export async function playRound(page: Page): Promise<void> {
  for (const [index, { seconds }] of SCRIPT.beats.entries()) {
    await pass(page, seconds - LEEWAY)
    await passUntil(page, ((index + 1) % SCRIPT.beats.length) + 1)
  }
  await pass(page, 2)
}

async function heldBy(page: Page): Promise<Held> {
  const client = await page.context().newCDPSession(page)
  // Twice: what script let go of in the first lets go of nodes in the second.
  await client.send('HeapProfiler.collectGarbage')
  await client.send('HeapProfiler.collectGarbage')
  const heap = await heapOf(client)
  await client.send('Performance.enable')
  const { metrics } = await client.send('Performance.getMetrics')
  await client.detach()
  return { heap, nodes: metrics.find(({ name }) => name === 'Nodes')!.value }
}

/** What a snapshot of the heap counts by: the fields of a node, and the names of its types. */
interface Snapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[]
      readonly node_types: readonly [readonly string[], ...unknown[]]
    }
  }
  readonly nodes: readonly number[]
}

/** Kinds that grow in a page that forgets everything: machine code of what was run often, and the browser's notes of its own. */
const NOT_OURS = new Set(['code', 'native'])

async function heapOf(client: CDPSession): Promise<number> {
  const chunks: string[] = []
  client.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await client.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  const { snapshot, nodes } = JSON.parse(chunks.join('')) as Snapshot
  const { node_fields: fields, node_types: types } = snapshot.meta
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')]
  let sum = 0
  for (let at = 0; at < nodes.length; at += fields.length)
    if (!NOT_OURS.has(types[0][nodes[at + type]!]!)) sum += nodes[at + size]!
  return sum
}

/** How much more of the heap is in use after the last round than after the first, as a share. */
export const driftOf = ({ rounds }: Soak): number => rounds.at(-1)!.heap / rounds[0]!.heap - 1

/** How many nodes there were; one number where they stay as they are. */
export const nodesOf = ({ rounds }: Soak): readonly number[] => [...new Set(rounds.map(({ nodes }) => nodes))]

/** The share of the time, over so many seconds, that the page is busy while it shows a beat that stands still. */
export async function busyWhenStill(page: Page, seconds: number): Promise<number> {
  const client = await page.context().newCDPSession(page)
  await client.send('Performance.enable')
  const busy = async (): Promise<number> => {
    const { metrics } = await client.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')!.value
  }
  const before = await busy()
  await new Promise((resolve) => setTimeout(resolve, 1000 * seconds))
  const share = ((await busy()) - before) / seconds
  await client.detach()
  return share
}

/** What a run may come to. */
export const MOST = { drift: 0.05, busy: 0.01 }
