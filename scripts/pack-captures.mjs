// `node scripts/pack-captures.mjs FOLDER`: packs the recorded page tables FOLDER/{xen,bare}/ptes_regions.csv into
// public/captures. docs/capture-format.md describes the format. The same recording gives the same bytes.
//
// Left out: the node of each page, and columns that follow from others, each of which is checked before it is dropped.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ROOT } from './run.mjs'

/** @typedef {Record<string, string>} Row */

const LARGEST = { plain: 150_000, gzip: 20_000 }
const FRAME_MASK = 0x000f_ffff_ffff_f000n

const COMMON = {
  note: 'Recorded words, read out of live page tables. Not made up, not simulated.',
  kernel: 'Linux 6.1.0-56-amd64 (Debian 6.1.192-2)',
  emulator: 'QEMU 7.2.22, software emulation (TCG), no KVM',
  processor: '-cpu max,la57=off,smap=off,smep=off; 2 CPUs; four-level paging; PTI and XPTI off',
  when: 'November 2026',
  tool: 'Own kernel module that walks the page tables of a process under their locks',
  process: 'A test program with labelled memory areas, which has forked a child that waits',
}

/** What was recorded where; `seen` must stand in the recording's own environment.txt. */
const RECORDINGS = [
  {
    platform: 'xen',
    provenance: {
      machine: 'Emulated PC under Xen; Linux is dom0, a 64-bit PV guest',
      xen: 'Xen 4.17.7 (Debian 4.17.7+13-g2445b30a44-0+deb12u1)',
      ...COMMON,
    },
    seen: ['Debian 6.1.192-2', 'type: xen', 'version/minor: 17', 'version/extra: .7', 'guest_type: PV'],
  },
  {
    platform: 'bare',
    provenance: { machine: 'Emulated PC, nothing below Linux', ...COMMON },
    seen: ['Debian 6.1.192-2', 'guest_type: \n'],
  },
]

/** Lines of a CSV without quotes, as objects. */
function readCsv(/** @type {string} */ text) {
  const [head = '', ...lines] = text.trimEnd().split('\n')
  const names = head.split(',')
  return lines.map((line, index) => {
    const fields = line.split(',')
    if (fields.length !== names.length)
      throw new Error(`Line ${index + 2}: ${fields.length} fields, not ${names.length}.`)
    return /** @type {Row} */ (Object.fromEntries(names.map((name, at) => [name, fields[at]])))
  })
}

const hex = (/** @type {string | undefined} */ text) => BigInt(text || 0).toString(16)

/** Refuse the recording if a column that is about to be dropped says something that cannot be found again. */
function checkDropped(/** @type {Row} */ row) {
  const raw = BigInt(row.raw ?? 0)
  const present = raw & 1n
  const bit8 = (raw >> 8n) & 1n
  const frame = row.pfn ? BigInt(row.pfn) << 12n : raw & FRAME_MASK
  const expected = {
    val: row.leaf === '1' && present ? (raw & ~FRAME_MASK) | frame : row.leaf === '1' ? raw : BigInt(row.val ?? 0),
    bit0_present: present,
    bit8,
    naive_protnone: row.leaf === '1' ? bit8 : BigInt(row.naive_protnone ?? 0),
    k_present: row.leaf === '1' ? present | bit8 : present,
    k_protnone: row.leaf === '1' && !present ? bit8 : 0n,
  }
  for (const [name, value] of Object.entries(expected)) {
    if (BigInt(row[name] ?? 0) !== value)
      throw new Error(`${row.level} ${row.va}: ${name} does not follow from the rest.`)
  }
}

const vmaKey = (/** @type {Row} */ row) => [
  hex(row.vma_start),
  hex(row.vma_end),
  hex(row.vma_flags),
  hex(row.vma_prot),
  row.vma_name ?? '',
]

/** Neighbouring leaf rows that differ in nothing but word, frame and counts become one run. */
function packLeaves(/** @type {Row[]} */ rows) {
  const vmas = /** @type {string[][]} */ ([])
  const runs = /** @type {{ head: (string | number | null)[], rows: string[] }[]} */ ([])
  let last = { same: '', next: -1n }
  for (const row of rows) {
    const vma = vmaKey(row)
    if (vmas.at(-1)?.join() !== vma.join()) vmas.push(vma)
    const pinned = row.tbl_pinned ? Number(row.tbl_pinned) : null
    const shared = [vmas.length - 1, row.label ?? '', row.kind ?? '', Number(row.special), pinned]
    const va = BigInt(row.va ?? 0)
    const same = [row.level, ...shared].join()
    if (same !== last.same || va !== last.next) runs.push({ head: [row.level ?? '', hex(row.va), ...shared], rows: [] })
    last = { same, next: va + (row.level === 'PMD' ? 0x20_0000n : 0x1000n) }
    const counted = row.pfn ? ` ${hex(row.pfn)} ${row.mapcount} ${row.page_count}` : ''
    runs.at(-1)?.rows.push(hex(row.raw) + counted)
  }
  return { vmas, runs: runs.map((run) => [...run.head, run.rows]) }
}

/** One line for each element, so that a change in a recording is a change of a few lines. */
const lines = (/** @type {unknown[]} */ list) => `[\n${list.map((each) => JSON.stringify(each)).join(',\n')}\n]`

/** The text of a packed recording. */
function pack(/** @type {string} */ platform, /** @type {object} */ provenance, /** @type {Row[]} */ rows) {
  rows.forEach(checkDropped)
  const { vmas, runs } = packLeaves(rows.filter((row) => row.leaf === '1'))
  const tables = rows
    .filter((row) => row.leaf !== '1')
    .map((row) => [row.level, hex(row.va), hex(row.raw), hex(row.val), row.tbl_pinned ? Number(row.tbl_pinned) : null])
  return [
    '{"format":"one-bit-two-names capture","version":1,',
    `"platform":"${platform}","softDirty":true,`,
    `"provenance":${JSON.stringify(provenance, null, 1)},`,
    `"vmas":${lines(vmas)},`,
    `"tables":${lines(tables)},`,
    `"runs":${lines(runs)}}\n`,
  ].join('\n')
}

const [folder] = process.argv.slice(2)
if (!folder) {
  console.error('Usage: node scripts/pack-captures.mjs FOLDER')
  process.exit(2)
}

const target = join(ROOT, 'public', 'captures')
mkdirSync(target, { recursive: true })
for (const { platform, provenance, seen } of RECORDINGS) {
  const environment = readFileSync(join(folder, platform, 'environment.txt'), 'utf8')
  const missing = seen.find((text) => !environment.includes(text))
  if (missing) throw new Error(`${platform}/environment.txt does not say "${missing}": is this another recording?`)
  const rows = readCsv(readFileSync(join(folder, platform, 'ptes_regions.csv'), 'utf8'))
  const text = pack(platform, provenance, rows)
  writeFileSync(join(target, `${platform}-regions.json`), text)
  const gzip = gzipSync(text, { level: 9 }).length
  console.log(`${platform}-regions.json: ${rows.length} rows, ${text.length} bytes, ${gzip} with gzip`)
  if (text.length > LARGEST.plain || gzip > LARGEST.gzip) process.exitCode = 1
}
