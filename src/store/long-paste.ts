import type { Paste } from '../clinic/paste'
import { pasteInPieces } from '../clinic/read-paste'
import pasteWorker from './paste-worker?worker&url'
import { nextTurn, startWorker } from './workers'

/**
 * Read a long text in a worker; where there is none, or it fails, in small pieces on the page, with the same code. Null where
 * `signal` ended it.
 */
export async function readLongPaste(text: string, signal: AbortSignal): Promise<Paste | null> {
  const paste = (await inWorker(text, signal)) ?? (await onPage(text, signal))
  return signal.aborted ? null : paste
}

/** Null where no worker works, or it is no longer wanted. */
function inWorker(text: string, signal: AbortSignal): Promise<Paste | null> {
  const worker = startWorker(pasteWorker)
  if (!worker) return Promise.resolve(null)
  return new Promise<Paste | null>((resolve) => {
    worker.addEventListener('error', (event) => {
      event.preventDefault()
      resolve(null)
    })
    worker.addEventListener('messageerror', () => resolve(null))
    worker.addEventListener('message', ({ data }: MessageEvent<Paste>) => resolve(data))
    signal.addEventListener('abort', () => resolve(null))
    worker.postMessage(text)
  }).finally(() => worker.terminate())
}

async function onPage(text: string, signal: AbortSignal): Promise<Paste | null> {
  const pieces = pasteInPieces(text)
  for (;;) {
    await nextTurn()
    if (signal.aborted) return null
    const step = pieces.next()
    if (step.done) return step.value
  }
}
