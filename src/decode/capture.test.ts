import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bitOf, has, PRESENT, PROTNONE, toHex } from '../arch/pte'
import { parseCapture, type Capture } from './capture'
import type { CapturedLeaf } from './captured-leaf'

const textOf = (platform: 'bare' | 'xen'): string => readFileSync(`public/captures/${platform}-regions.json`, 'utf8')

function captureOf(text: string): Capture {
  const result = parseCapture(text)
  if (!result.ok) throw new Error(result.message)
  return result.capture
}
const messageOf = (text: string): string => {
  const result = parseCapture(text)
  return result.ok ? '' : result.message
}

const hex = (value: number): string => `0x${value.toString(16)}`
const word = (value: Capture['leaves'][number]['raw']): string => `0x${toHex(value)}`
const bit = (value: boolean | null): string => (value === null ? '' : value ? '1' : '0')
const sha256 = (lines: readonly string[]): string =>
  createHash('sha256')
    .update(lines.map((line) => `${line}\n`).join(''))
    .digest('hex')

/** A leaf entry with the columns that the recording's own CSV has for it. */
function csvColumns(capture: Capture, leaf: CapturedLeaf): string {
  const vma = capture.vmas[leaf.vma]!
  const protection = `0x${(BigInt(vma.protection.hi) * 2n ** 32n + BigInt(vma.protection.lo)).toString(16)}`
  const entry = [leaf.level, hex(leaf.address), word(leaf.raw), word(leaf.val), bit(leaf.special)]
  const page = [leaf.pfn === null ? '' : hex(leaf.pfn), leaf.mapcount ?? '', leaf.pageCount ?? '', bit(leaf.pinned)]
  const mapping = [hex(vma.start), hex(vma.end), hex(vma.flags), protection, vma.name]
  return [...entry, ...page, ...mapping, leaf.label, leaf.kind].join(' ')
}

/** Counted and hashed from the recorded CSV files by another program. */
const RECORDED = {
  xen: {
    leaves: 2220,
    counts: { present: 1532, empty: 96, 'prot_none-vma': 560, 'swap-or-migration': 32 },
    tables: 23,
    leavesHash: '4fc8c1ac7a5a56bd7e36578adf561c9a4a81a1766f82e4bf26f67300804ceed0',
    tablesHash: 'ab48436a81b303e51616fd3aa993b5231e1174b81f31b53d17792bc9f9ca5ea3',
  },
  bare: {
    leaves: 687,
    counts: { present: 510, empty: 96, 'prot_none-vma': 49, 'swap-or-migration': 32 },
    tables: 12,
    leavesHash: 'ce6fcb53bf12009acd813042cfe823209712ac9cd0de66d2928a4d7490717711',
    tablesHash: 'cf477fe557c0addc1440433b5b6f906a75bd1ee0fa307b99edc94e557b8720c0',
  },
} as const

describe.each(['xen', 'bare'] as const)('the recording %s', (platform) => {
  const capture = captureOf(textOf(platform))
  const recorded = RECORDED[platform]

  it('holds as many entries of each kind as the recorded CSV', () => {
    const counts: Record<string, number> = {}
    for (const { kind } of capture.leaves) counts[kind] = (counts[kind] ?? 0) + 1
    expect(counts).toEqual(recorded.counts)
    expect(capture.leaves).toHaveLength(recorded.leaves)
    expect(capture.tables).toHaveLength(recorded.tables)
  })

  it('gives back every kept column of every row', () => {
    expect(sha256(capture.leaves.map((leaf) => csvColumns(capture, leaf)))).toBe(recorded.leavesHash)
    const tables = capture.tables.map(({ level, address, raw, val, pinned }) =>
      [level, `0x${address.replace(/^0+(?=.)/, '')}`, word(raw), word(val), bit(pinned)].join(' '),
    )
    expect(sha256(tables)).toBe(recorded.tablesHash)
  })

  it('has bit 8 on all present entries under Xen PV, and on none on bare metal', () => {
    const present = capture.leaves.filter(({ raw }) => has(raw, PRESENT))
    const marked = present.filter(({ raw }) => bitOf(raw, 8) === 1)
    expect(marked).toHaveLength(platform === 'xen' ? recorded.counts.present : 0)
    expect(capture.tables.filter(({ raw }) => bitOf(raw, 8) === 1)).toEqual([])
  })

  it('says where it comes from', () => {
    const said = Object.fromEntries(capture.provenance)
    expect(said.kernel).toContain('6.1.192')
    expect(said.note).toContain('Not made up')
    expect(said.when).toContain('2026')
    expect(said.xen?.includes('4.17.7') ?? false).toBe(platform === 'xen')
    expect(capture.softDirty).toBe(true)
  })
})

describe('a recording that cannot be read gives a message that says what to do', () => {
  const text = textOf('bare')
  const entry = '800000007fe1a025 7fe1a 1 2'

  it.each([
    ['an empty text', '', 'cut short'],
    ['a text that is no JSON', 'hello', 'cut short'],
    ['a list', '[]', 'no object'],
    ['another JSON', '{"format":"something"}', 'one-bit-two-names capture'],
    ['a later version', text.replace('"version":1', '"version":2'), 'version is 2'],
    ['a version that is no number', text.replace('"version":1', '"version":[[]]'), 'version is unknown'],
    ['a machine that is unknown', text.replace('"platform":"bare"', '"platform":"kvm"'), 'none of bare, xen'],
    ['no runs', text.replace('"runs":', '"runners":'), 'runs is no list'],
    ['rows of another shape', text.replace(entry, '800000007fe1a025 7fe1a'), '2 parts instead of 1 or 4'],
    ['a word with rubbish', text.replace(entry, '80000000zfe1a025 7fe1a 1 2'), 'hexadecimal'],
    ['a frame that the word does not name', text.replace(entry, '800000007fe1a025 7fe1b 1 2'), 'another frame'],
    ['a word of another kind', text.replace(entry, '800000007fe1a024 7fe1a 1 2'), 'its word says otherwise'],
    ['a page outside of its mapping', text.replace('["PTE","400000",0', '["PTE","900000",0'), 'outside'],
    ['a mapping that is not there', text.replace('["PTE","400000",0', '["PTE","400000",99'), 'whole number from 0 to'],
    ['a million lines', `${text}${'\n'.repeat(1_000_000)}`, 'is the most that is read'],
  ])('%s', (_, broken, reason) => {
    expect(broken).not.toBe(text)
    expect(messageOf(broken)).toContain(reason)
    expect(messageOf(broken)).toMatch(/Open one of the recordings/)
  })

  it('too many entries', () => {
    const file = JSON.parse(text) as { vmas: unknown[]; runs: unknown[] }
    const rows = Array.from({ length: 10_001 }, () => '0')
    const big = {
      ...file,
      vmas: [['0', '10000000', '73', '25', 'x']],
      runs: [['PTE', '0', 0, '', 'empty', 0, null, rows]],
    }
    expect(messageOf(JSON.stringify(big))).toContain('more than 10000 entries')
  })

  it('one that goes back to an earlier page', () => {
    const file = JSON.parse(text) as { runs: unknown[] }
    expect(messageOf(JSON.stringify({ ...file, runs: [file.runs[0], ...file.runs] }))).toContain('already')
  })

  it('one whose inverted frame is not the frame it is said to be', () => {
    const none = captureOf(text).leaves.find(
      ({ raw, level }) => level === 'PTE' && !has(raw, PRESENT) && has(raw, PROTNONE),
    )!
    const packed = toHex(none.raw).replace(/^0+/, '')
    const broken = text.replace(packed, packed.replace(/^f/, 'e'))
    expect(messageOf(broken)).toContain('inverse')
  })

  it('one that is cut anywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.trimEnd().length - 1 }), (length) => {
        expect(messageOf(text.slice(0, length))).toContain('cut short')
      }),
      { numRuns: 60 },
    )
  })
})
