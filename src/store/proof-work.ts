import type { ProofNews } from '../explore/news'
import { BigRun, prove } from '../explore/proof'
import type { Limits } from '../explore/search'
import type { BigRunNumbers, ExploredWorld } from '../explore/verdict'

/** What is to be worked on: all that the page shows, or one run of any size. */
export type ProofTask =
  { readonly do: 'prove' } | { readonly do: 'big'; readonly world: ExploredWorld; readonly limits: Limits }

/** One result of the proof, or what a search of it took. */
export type ProofFound = Exclude<ProofNews, { kind: 'busy' }>

/** What is told while the work goes on. Times in milliseconds since it began. */
export type ProofMessage =
  | { readonly kind: 'found'; readonly found: readonly ProofFound[] }
  | { readonly kind: 'big'; readonly big: BigRunNumbers }
  | { readonly kind: 'end'; readonly ms: number; readonly firstMs: number | null }
  | { readonly kind: 'broken'; readonly message: string }

/** Work in one go at most this long before somebody else may do something, where the page itself has to do it. */
const LONGEST_MS = 5
/** News come this often: to draw them takes time from the search. Of the proof the first verdict is told at once. */
const NEWS_MS = 250

/**
 * Do a task and tell what comes of it. Every few milliseconds it waits for `rest`, which a page needs and a worker does not.
 * The same code in a worker and on the page.
 */
export async function work(
  task: ProofTask,
  tell: (message: ProofMessage) => void,
  rest: (() => Promise<void>) | null,
  signal?: AbortSignal,
): Promise<void> {
  const began = performance.now()
  let firstMs: number | null = null
  let rested = began
  for (const message of task.do === 'prove' ? proofMessages() : bigMessages(task)) {
    if (signal?.aborted) return
    const now = performance.now()
    if (message) {
      firstMs ??= now - began
      tell(message)
    }
    if (rest && now - rested > LONGEST_MS) {
      await rest()
      rested = performance.now()
    }
  }
  tell({ kind: 'end', ms: performance.now() - began, firstMs })
}

function* proofMessages(): Generator<ProofMessage | null> {
  let found: ProofFound[] = []
  let told = -Infinity
  for (const news of prove()) {
    if (news.kind !== 'busy') found.push(news)
    // What a search took is told with what came of it.
    const isDue = found.length > 0 && found.at(-1)!.kind !== 'met' && performance.now() - told > NEWS_MS
    yield isDue ? { kind: 'found', found } : null
    if (!isDue) continue
    found = []
    told = performance.now()
  }
  if (found.length > 0) yield { kind: 'found', found }
}

function* bigMessages({ world, limits }: Extract<ProofTask, { do: 'big' }>): Generator<ProofMessage | null> {
  const run = new BigRun(world, limits)
  const { search } = run.exploration
  const began = performance.now()
  let told = began
  const news = (ended: boolean): ProofMessage => {
    const { state, states, transitions, depth, bytes, waiting } = search
    const perSecond = (states / Math.max(1, performance.now() - began)) * 1000
    const result = ended ? run.exploration.result() : null
    return { kind: 'big', big: { state, states, transitions, depth, bytes, waiting, perSecond, result } }
  }
  while (run.carryOn()) {
    const isDue = performance.now() - told > NEWS_MS
    if (isDue) told = performance.now()
    yield isDue ? news(false) : null
  }
  yield news(true)
}

/** Why work broke, in words that say what to do. */
export function brokenText(error: unknown): string {
  const why = error instanceof Error ? error.message : String(error)
  return error instanceof RangeError
    ? 'There is no memory left for this run. Choose a smaller model or a lower limit; everything else still works.'
    : `The proof broke off: ${why} Reload the page to try again.`
}
