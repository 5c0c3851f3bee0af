import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bitOf, has, PRESENT, SPECIAL, toHex, withFrame } from '../arch/pte'
import { areaAt, kindAt, vmaAt, type Capture, type EntryKind } from './capture'
import { countEntries } from './capture-counts'
import { readCapture } from './capture-reader'
import { CAPTURED_LEVELS, isLeafAt, UNKNOWN, wordAt } from './captured-entries'

const result = readCapture(readFileSync('src/decode/recordings.txt', 'utf8'))
if (!result.ok) throw new Error(result.message)
const { captures } = result
const named = (name: string) => captures.find((capture) => capture.name === name)!
/** The recording's own summary leaves out the two moments of execve. */
const on = (platform: Capture['platform']) =>
  captures.filter((capture) => capture.platform === platform && !capture.name.includes('exec'))

const hex = (value: number, digits = 1): string => `0x${value.toString(16).padStart(digits, '0')}`
const known = (value: number, text = String(value)): string => (value === UNKNOWN ? '' : text)

/** Entry `i` with the columns that the recording's own CSV has for it. */
function csvColumns(capture: Capture, i: number): string {
  const { entries, vmas } = capture
  const leaf = isLeafAt(entries, i)
  const word = wordAt(entries, i)
  const frame = entries.frame[i]!
  const val = frame !== UNKNOWN && has(word, PRESENT) ? withFrame(word, frame) : word
  const vma = leaf ? vmas[vmaAt(capture, entries.address[i]!)] : undefined
  const mapping = vma
    ? [hex(vma.start), hex(vma.end), hex(vma.flags), `0x${toHex(vma.protection).replace(/^0+/, '')}`, vma.name]
    : ['', '', '', '', '']
  return [
    CAPTURED_LEVELS[entries.level[i]!],
    hex(entries.address[i]!),
    `0x${toHex(word)}`,
    `0x${toHex(val)}`,
    leaf ? 1 : 0,
    leaf && has(word, SPECIAL) ? 1 : 0,
    leaf ? known(frame, hex(frame)) : '',
    known(entries.node[i]!),
    known(entries.references[i]!),
    known(entries.mapcount[i]!),
    ...mapping,
    leaf ? areaAt(capture, entries.address[i]!) : '',
    kindAt(capture, i),
  ].join(' ')
}

function hashOf(capture: Capture): string {
  const hash = createHash('sha256')
  for (let i = 0; i < capture.entries.count; i++) hash.update(`${csvColumns(capture, i)}\n`)
  return hash.digest('hex')
}

/** Hashed from the recorded CSV files by another program. */
const RECORDED = {
  'xen-exec-0': '94f8c1d5b47548fbd840546d8a394e357c3ed122fe31b6dc7800c90109756ca6',
  'xen-exec-1': 'aa3788f1d91701b0911e1ec3266cd8261dd2164857e7341988aae9c5191c3a31',
  'bare-parent': '25bba346ca7bca3e612a284b4be32d02ee4641f1d2a28a2eecf597c4a0b35d24',
  'bare-child': 'e8908e87bf4812d59ae660483c6ae269fd375f5d8e058516cb2f74d72ef0fc9b',
  'bare-init': 'e7188c1212c0e8e872aad6455778061778deafdee6b1ca816a8ecb2593e21981',
  'bare-numa-0': '3cd7254f134c388c253ce79000bdb691f5d60883eefc201727074d31bce916d2',
  'bare-numa-1': '930d02694dcd81b1fd2bfdb84fc65aa1560c5b8cee269b26d342644d3943091e',
  'bare-numa-2': '2007531b5c175812604bcf92d8e34dbba8441495674b8cb2274d29959bd0d6ba',
  'bare-numa-3': 'f3044743bbc54667b19ab225275532c76b23fca68baa39d03ce3ad98efeba5a0',
  'xen-parent': '98a29a0a9a8b889f66c058227694d6b3c8aeec1bbce9ea4093c706d1b4b7ed2a',
  'xen-child': '3c082c3f5ede93a52d65941383d4c5a5874aa1c30cbbc4854315e40216717a98',
  'xen-init': 'e521f91d03a5174b594050a0204e6694f5e62077a59cfa50bd6f7d0ea55795e7',
  'xen-numa-0': 'bb875fca444d40ffe77ba3b3da9c90276bb71ca46be60a18fe5395f7260cb60d',
  'xen-numa-1': 'a98405ee8a45089cfb6d0401cd650a7e18f1eb544977636d803fa2261eaef827',
  'xen-numa-2': '902930667b2183e2847c389784c727ce8a7d4f89a8b3071ae3fa6187d9c5ae5a',
  'xen-numa-3': '902930667b2183e2847c389784c727ce8a7d4f89a8b3071ae3fa6187d9c5ae5a',
}

describe('the packed recordings', () => {
  it('are fourteen processes, seven on each machine, and two moments of execve', () => {
    expect(captures.map(({ name }) => name).toSorted()).toEqual(Object.keys(RECORDED).toSorted())
  })

  it.each(captures.map((capture) => [capture.name, capture] as const))(
    '%s: every column of every row of the recorded CSV comes back',
    (name, capture) => {
      expect(hashOf(capture)).toBe(RECORDED[name as keyof typeof RECORDED])
    },
  )

  it('say where they come from', () => {
    for (const { provenance, platform, softDirty, assumed } of captures) {
      const said = Object.fromEntries(provenance)
      expect(said.kernel).toContain('6.1.192')
      expect(said.note).toContain('Not made up')
      expect(said.when).toContain('2026')
      expect(said.xen?.includes('4.17.7') ?? false).toBe(platform === 'xen')
      expect([softDirty, assumed]).toEqual([true, []])
    }
  })
})

/** Sum over all recordings of a machine, as the recording's own summary gives them. */
function sums(platform: Capture['platform']) {
  const counts = on(platform).map(countEntries)
  const entries = (kind: EntryKind) => counts.reduce((sum, count) => sum + count[kind].entries, 0)
  const marked = (kind: EntryKind) => counts.reduce((sum, count) => sum + count[kind].withBit[8]!, 0)
  return {
    present: [entries('present'), marked('present')],
    tables: [entries('table'), marked('table')],
    hinted: [entries('numa-hint'), marked('numa-hint')],
    forbidden: [entries('prot_none-vma'), marked('prot_none-vma')],
    swap: [entries('swap-or-migration'), marked('swap-or-migration')],
    empty: [entries('empty'), marked('empty')],
  }
}

describe('execve under Xen', () => {
  it('the page that is there before Xen knows the tables has no bit 8; a moment later it has, and nothing else changed', () => {
    const [before, after] = ['xen-exec-0', 'xen-exec-1'].map(named)
    const pages = [before!, after!].map(({ entries }) => {
      const leaves = Array.from({ length: entries.count }, (_, i) => i).filter((i) => isLeafAt(entries, i))
      return leaves.map((i) => [entries.address[i], toHex(wordAt(entries, i))])
    })
    expect(pages).toEqual([[[0x7fff_ffff_e000, '8000000071e1f867']], [[0x7fff_ffff_e000, '8000000071e1f967']]])
    expect([before!.pinned, after!.pinned]).toEqual([false, true])
  })
})

describe('entries, and those of them with bit 8, added up over all snapshots', () => {
  it('bare metal: no present user page has bit 8', () => {
    expect(sums('bare')).toEqual({
      present: [5007, 0],
      tables: [86, 0],
      hinted: [3832, 3832],
      forbidden: [338, 338],
      swap: [64, 0],
      empty: [590, 0],
    })
  })

  it('Xen PV: every present user page has bit 8, and no table entry', () => {
    expect(sums('xen')).toEqual({
      present: [8587, 8587],
      tables: [150, 0],
      hinted: [6384, 6384],
      forbidden: [1360, 1360],
      swap: [64, 0],
      empty: [663, 0],
    })
  })

  it('counts by bit what a slow count of each word finds', () => {
    for (const capture of captures) {
      const counts = countEntries(capture)
      for (const [kind, { entries, withBit }] of Object.entries(counts)) {
        const words = Array.from({ length: capture.entries.count }, (_, i) => i)
          .filter((i) => kindAt(capture, i) === kind)
          .map((i) => wordAt(capture.entries, i))
        expect(words).toHaveLength(entries)
        expect(withBit).toEqual(withBit.map((_, bit) => words.reduce((sum, word) => sum + bitOf(word, bit), 0)))
      }
    }
  })
})
