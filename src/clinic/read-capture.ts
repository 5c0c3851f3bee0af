import { CaptureReader } from '../decode/capture-reader'
import { vmaAt } from '../decode/capture'
import { CAPTURED_LEVELS, LEVEL, UNKNOWN, wordAt } from '../decode/captured-entries'
import { vmaOfFlags } from './context'
import { MOST_FOUND, PIECE, type PasteDraft } from './draft'
import type { EntryLevel } from './entry-kind'

/** A recording of this project: read by its own reader, which refuses what is not whole. */
export function* readCapturePaste(text: string, draft: PasteDraft): Generator<void> {
  const reader = new CaptureReader()
  for (let at = 0; at < text.length && reader.feed(text.slice(at, at + PIECE)); at += PIECE) yield
  const result = reader.end()
  if (!result.ok) return draft.say('refused', result.message)
  if (result.warning) draft.say('truncated', result.warning)
  for (const capture of result.captures) {
    const { entries, vmas, platform } = capture
    draft.piece()
    draft.machine ??= { from: 0, to: 0, value: platform, why: 'The recording says so.' }
    for (let i = 0; i < entries.count && draft.entries.length < MOST_FOUND; i++) {
      const level = entries.level[i]!
      const vma = vmas[vmaAt(capture, entries.address[i]!)]
      const frame = entries.frame[i]!
      draft.entry({ from: 0, to: 0 }, wordAt(entries, i), 'recording', {
        level: level === LEVEL.UPGD ? 'PGD' : (CAPTURED_LEVELS[level] as EntryLevel),
        address: entries.address[i]!,
        pfn: frame === UNKNOWN ? null : frame,
        vma: vma ? vmaOfFlags(vma.flags) : null,
      })
    }
  }
}
