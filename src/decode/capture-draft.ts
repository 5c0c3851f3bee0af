import { PRESENT, USER } from '../arch/pte'
import type { Assumption, Capture, CapturedArea, CapturedVma } from './capture'
import {
  COVERS,
  frameInWord,
  isInverted,
  isLeafAt,
  namesFrame,
  UNKNOWN,
  type CapturedEntries,
} from './captured-entries'
import { grouped, Refusal } from './refusal'
import type { MachineId } from '../machine/platforms'

/** Bit 11: soft-dirty. */
const SOFT_DIRTY = 0x800
/** Private memory that may be written and run, and one day both read and shared: what a mapping is taken for. */
const ASSUMED_FLAGS = 0x10_0077

/** What has been read of one recording so far. */
export interface CaptureDraft {
  name: string
  platform: MachineId | null
  softDirty: boolean | null
  pinned: boolean
  readonly provenance: (readonly [string, string])[]
  readonly vmas: CapturedVma[]
  readonly areas: CapturedArea[]
}

export const emptyDraft = (): CaptureDraft => ({
  name: '',
  platform: null,
  softDirty: null,
  pinned: true,
  provenance: [],
  vmas: [],
  areas: [],
})

/** A recording out of all that was read of it; what it leaves open is assumed, and said. */
export function finishDraft(
  draft: CaptureDraft,
  entries: CapturedEntries,
  madeUp: readonly Assumption[] = [],
): Capture {
  refuseOtherArchitecture(entries)
  const assumed: Assumption[] = [...madeUp]
  const platform = draft.platform ?? (assumed.push('machine'), looksLikeXen(entries) ? 'xen' : 'bare')
  if (checkFrames(entries, platform)) assumed.push('frames')
  const vmas = draft.vmas.length > 0 ? draft.vmas : (assumed.push('mappings'), assumedVmas(entries))
  const softDirty = draft.softDirty ?? anyLeaf(entries, SOFT_DIRTY)
  const { name, pinned, provenance, areas } = draft
  return { name, platform, softDirty, pinned, provenance, vmas, areas, entries, assumed }
}

/** arm64: valid, a page, accessed, inner shareable. On x86-64 these bits hardly meet: P, RW, 8, 9 and 10. */
const ARM64_PAGE = 0x703

function refuseOtherArchitecture({ count, lo }: CapturedEntries): void {
  let present = 0
  let foreign = 0
  for (let i = 0; i < count; i++) {
    if (!(lo[i]! & PRESENT)) continue
    present++
    if ((lo[i]! & ARM64_PAGE) === ARM64_PAGE) foreign++
  }
  if (foreign * 2 > present) {
    throw new Refusal(
      `${grouped(foreign)} of ${grouped(present)} entries have the bits that every page of arm64 has`,
      'This app reads entries of x86-64. Record on such a machine.',
    )
  }
}

/** Does bit 8 stand in most present user entries? On bare metal it stands in none. */
function looksLikeXen(entries: CapturedEntries): boolean {
  let user = 0
  let marked = 0
  for (let i = 0; i < entries.count; i++) {
    const lo = entries.lo[i]!
    if (!(lo & PRESENT) || !(lo & USER) || !isLeafAt(entries, i)) continue
    user++
    if (lo & 0x100) marked++
  }
  return marked * 2 > user
}

/** Refuse a frame that its word denies. Returns whether guest frames had to be taken from machine frames. */
function checkFrames(entries: CapturedEntries, platform: MachineId): boolean {
  const { count, level, lo, hi, frame, address } = entries
  let same = 0
  let present = 0
  for (let i = 0; i < count; i++) {
    const known = frame[i]!
    if (known === UNKNOWN) continue
    const inWord = frameInWord(level[i]!, lo[i]!, hi[i]!)
    const translated = platform === 'xen' && (lo[i]! & PRESENT) !== 0
    if (translated) {
      present++
      if (known === inWord) same++
      continue
    }
    const what = `the entry at ${address[i]!.toString(16)}`
    if (!namesFrame(lo[i]!)) throw new Refusal(`${what} names no frame, but one is given`)
    if (known !== inWord) {
      throw new Refusal(
        `${what} ${isInverted(lo[i]!, hi[i]!) ? 'holds the inverse of' : 'names'} another frame than is given`,
      )
    }
  }
  return present > 0 && same === present
}

/** Where no mapping is given: one private, writable mapping over each stretch of neighbouring entries. */
function assumedVmas(entries: CapturedEntries): CapturedVma[] {
  const vmas: { start: number; end: number; flags: number; protection: CapturedVma['protection']; name: string }[] = []
  for (let i = 0; i < entries.count; i++) {
    if (!isLeafAt(entries, i)) continue
    const start = entries.address[i]!
    const end = start + COVERS[entries.level[i]!]!
    const last = vmas.at(-1)
    if (last?.end === start) last.end = end
    else vmas.push({ start, end, flags: ASSUMED_FLAGS, protection: { lo: 0x25, hi: 0 }, name: '[anon]' })
  }
  return vmas
}

function anyLeaf(entries: CapturedEntries, flag: number): boolean {
  for (let i = 0; i < entries.count; i++) if (entries.lo[i]! & flag && isLeafAt(entries, i)) return true
  return false
}
