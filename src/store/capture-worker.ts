import type { CaptureResult } from '../decode/capture-reader'
import { readCaptureFile, type Progress } from './read-capture'

/** What the worker says: how far it is, what came of it, or why it broke. */
export type WorkerMessage =
  { readonly progress: Progress } | { readonly result: CaptureResult } | { readonly broken: string }

const say = (message: WorkerMessage, transfer: Transferable[] = []): void => self.postMessage(message, { transfer })

self.addEventListener('message', ({ data }: MessageEvent<Blob>) => {
  readCaptureFile(
    data,
    (progress) => say({ progress }),
    () => Promise.resolve(),
  ).then(
    (result) => say({ result }, result.ok ? result.captures.flatMap(({ entries }) => columnsOf(entries)) : []),
    (error: unknown) => say({ broken: error instanceof Error ? error.message : String(error) }),
  )
})

/** The memory of the columns, which is handed over and not copied. */
const columnsOf = (entries: object): ArrayBuffer[] =>
  Object.values(entries).flatMap((column: unknown) =>
    ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : [],
  )
