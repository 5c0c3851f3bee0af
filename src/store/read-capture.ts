import { CaptureReader, type CaptureResult } from '../decode/capture-reader'

/** How far reading has come. */
export interface Progress {
  /** Share of the file, 0 to 1; null where its length says nothing, for it is compressed. */
  readonly share: number | null
  readonly entries: number
}

/** Characters read in one go: a few milliseconds of work. */
const PIECE = 2 ** 17

/**
 * Read a file, compressed or not, piece by piece. Between pieces it waits for `pause`, so that whoever reads stays able to
 * answer; an aborted `signal` ends it. The same code in a worker and on the page.
 */
export async function readCaptureFile(
  file: Blob,
  onProgress: (progress: Progress) => void,
  pause: () => Promise<void>,
  signal?: AbortSignal,
): Promise<CaptureResult> {
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  const compressed = start[0] === 0x1f && start[1] === 0x8b
  const decoder = new TextDecoder(encodingOf(start))
  const reader = new CaptureReader()
  let bytes = 0
  const feed = async (text: string): Promise<boolean> => {
    for (let at = 0; at < text.length; at += PIECE) {
      if (!reader.feed(text.slice(at, at + PIECE))) return false
      onProgress({ share: compressed ? null : bytes / file.size, entries: reader.entries })
      await pause()
      signal?.throwIfAborted()
    }
    return true
  }
  for await (const piece of piecesOf(compressed ? unzipped(file) : file.stream())) {
    bytes += piece.length
    if (!(await feed(decoder.decode(piece, { stream: true })))) return reader.end()
  }
  await feed(decoder.decode())
  return reader.end()
}

/** Windows writes texts in 16 bits and says so at their beginning. */
function encodingOf(start: Uint8Array): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  return start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : 'utf-8'
}

const unzipped = (file: Blob): ReadableStream<Uint8Array> =>
  file.stream().pipeThrough<Uint8Array>(new DecompressionStream('gzip'))

/** The pieces of a stream; not every browser iterates over streams by itself. */
async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    await reader.cancel().catch(() => {})
  }
}
