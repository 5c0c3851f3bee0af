import type { CaptureResult } from '../decode/capture-reader'
import type { WorkerMessage } from './capture-worker'
import captureWorker from './capture-worker?worker&url'
import type { Progress } from './read-capture'
import { nextTurn, startWorker } from './workers'

/** What came of a file. Cancelled: the reader wanted no more of it. */
export type OpenResult = CaptureResult | { readonly ok: false; readonly cancelled: true }

/**
 * Read a reader's file in a worker; where there is none (a page opened from a disk, an old browser, a worker that fails),
 * in small pieces on the page, with the same code. Never throws.
 */
export async function openFile(
  file: Blob,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<OpenResult> {
  try {
    return (await inWorker(file, onProgress, signal)) ?? (await onPage(file, onProgress, signal))
  } catch (error) {
    if (signal.aborted) return { ok: false, cancelled: true }
    return { ok: false, message: brokenText(error) }
  }
}

/** Null where the worker does not work. Rejects when aborted. */
function inWorker(
  file: Blob,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<CaptureResult | null> {
  const worker = startWorker(captureWorker)
  if (!worker) return Promise.resolve(null)
  return new Promise<CaptureResult | null>((resolve, reject) => {
    worker.addEventListener('error', (event) => {
      event.preventDefault()
      resolve(null)
    })
    worker.addEventListener('messageerror', () => resolve(null))
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
      if ('progress' in data) onProgress(data.progress)
      else if ('result' in data) resolve(data.result)
      else reject(new Error(data.broken))
    })
    signal.addEventListener('abort', () => reject(new Error('aborted')))
    worker.postMessage(file)
  }).finally(() => worker.terminate())
}

async function onPage(file: Blob, onProgress: (progress: Progress) => void, signal: AbortSignal) {
  const { readCaptureFile } = await import('./read-capture')
  return readCaptureFile(file, onProgress, nextTurn, signal)
}

/** A file that went away, a damaged gzip, memory that ran out: said in the browser's words, with what to do. */
const brokenText = (error: unknown): string =>
  `The file could not be read to its end (${error instanceof Error ? error.message : String(error)}). ` +
  'Check that it is there and whole, and open it again.'
