// `node scripts/pack-captures.mjs FOLDER`: packs the recorded page tables FOLDER/{xen,bare}/ptes_*.csv into one text,
// src/decode/recordings.txt. docs/capture-format.md describes it. The same recording gives the same bytes.
//
// Columns that follow from others are left out, each of them checked before.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { recordingText } from '../tools/capture/recording-text.mjs'
import { readCsv } from './csv.mjs'
import { ROOT } from './run.mjs'

/** @typedef {import('./csv.mjs').Row} Row */
/** @typedef {import('../tools/capture/recording-text.mjs').Entry} Entry */

const LARGEST = { plain: 120_000, gzip: 18_000 }
const FRAME_MASK = 0x000f_ffff_ffff_f000n

const ABOUT = [
  'note Recorded words, read out of live page tables. Not made up, not simulated.',
  'kernel Linux 6.1.0-56-amd64 (Debian 6.1.192-2)',
  'emulator QEMU 7.2.22, software emulation (TCG), no KVM',
  'processor -cpu max,la57=off,smap=off,smep=off; 2 CPUs; four-level paging; PTI and XPTI off',
  'when November 2026',
  'tool Own kernel module that walks the page tables of a process under their locks',
]

/** What was recorded where; `seen` must stand in the recording's own environment.txt. */
const MACHINES = [
  {
    platform: 'xen',
    about: [
      'machine Emulated PC under Xen; Linux is dom0, a 64-bit PV guest with one NUMA node',
      'xen Xen 4.17.7 (Debian 4.17.7+13-g2445b30a44-0+deb12u1)',
    ],
    seen: ['Debian 6.1.192-2', 'type: xen', 'version/minor: 17', 'version/extra: .7', 'guest_type: PV'],
  },
  {
    platform: 'bare',
    about: ['machine Emulated PC with two NUMA nodes, nothing below Linux'],
    seen: ['Debian 6.1.192-2', 'guest_type: \n'],
  },
]

/**
 * One recorded process: the name it gets, the file it stands in, and which part of that.
 * @typedef {object} Process
 * @property {string} name
 * @property {string} file
 * @property {string} process what to say of it
 * @property {string} [snapshot] value of the column of that name
 * @property {string} [at] beginning of the comment line that the part stands behind
 * @property {'xen'} [only] recorded on this machine alone
 * @property {false} [pinned] Xen does not know its tables yet
 */

/** @type {Process[]} */
const PROCESSES = [
  {
    name: 'parent',
    file: 'regions',
    process: 'A test program with labelled memory areas, which has forked a child that waits',
  },
  { name: 'child', file: 'regions_child', process: 'The child that the test program has forked' },
  { name: 'init', file: 'pid1', process: 'Process 1: a shell that the kernel started from its initial file system' },
  ...['numa_0_before', 'numa_1', 'numa_2', 'numa_3'].map((snapshot, index) => ({
    name: `numa-${index}`,
    file: 'numa',
    snapshot,
    process: `A test program under NUMA balancing, walk ${index + 1} of 4, two seconds apart`,
  })),
  {
    name: 'exec-0',
    file: 'exec_activation',
    at: '#at begin_new_exec',
    process: 'A program that execve is about to start, in begin_new_exec',
    only: 'xen',
    pinned: false,
  },
  {
    name: 'exec-1',
    file: 'exec_activation',
    at: '#at setup_arg_pages',
    process: 'The same program a moment later, in setup_arg_pages',
    only: 'xen',
  },
]

const hex = (/** @type {string | undefined} */ text) => BigInt(text || 0).toString(16)
const bit = (/** @type {bigint} */ word, /** @type {bigint} */ at) => (word >> at) & 1n

/** Refuse the recording if a column that is about to be dropped says something that cannot be found again. */
function checkDropped(/** @type {string} */ platform, /** @type {boolean} */ pinned, /** @type {Row} */ row) {
  const raw = BigInt(row.raw ?? 0)
  const leaf = row.leaf === '1'
  const [present, bit8] = [bit(raw, 0n), bit(raw, 8n)]
  const frame = row.pfn ? BigInt(row.pfn) << 12n : BigInt(row.val ?? 0) & FRAME_MASK
  const expected = {
    val: present ? (raw & ~FRAME_MASK) | frame : raw,
    bit0_present: present,
    bit8,
    naive_protnone: bit8,
    k_present: leaf ? present | bit8 : present,
    k_protnone: leaf && !present ? bit8 : 0n,
    leaf: row.level === 'PTE' || (row.level === 'PMD' && (!present || bit(raw, 7n))) ? 1n : 0n,
    ...(leaf ? { special: bit(raw, 9n) } : {}),
    ...(platform === 'xen' ? { tbl_pinned: pinned ? 1n : 0n } : {}),
  }
  for (const [name, value] of Object.entries(expected)) {
    if (BigInt(row[name] ?? 0) !== BigInt(value)) {
      throw new Error(`${row.level} ${row.va}: ${name} does not follow from the rest.`)
    }
  }
}

/** Refuse a kind that word and mapping do not tell. */
function checkKind(/** @type {Row} */ row) {
  const raw = BigInt(row.raw ?? 0)
  const protnone = BigInt(row.vma_flags || 0) & 7n ? 'numa-hint' : 'prot_none-vma'
  const unmapped = raw === 0n ? 'empty' : bit(raw, 8n) ? protnone : 'swap-or-migration'
  const kind = row.leaf !== '1' ? 'table' : bit(raw, 0n) ? 'present' : unmapped
  if (row.kind !== kind) throw new Error(`${row.level} ${row.va}: its kind is not ${kind}.`)
}

const number = (/** @type {string | undefined} */ text) => (text ? Number(text) : null)

/** @returns {Entry} */
function entryOf(/** @type {Row} */ row) {
  const word = BigInt(row.raw ?? 0)
  const valFrame = (BigInt(row.val ?? 0) & FRAME_MASK) >> 12n
  return {
    level: /** @type {Entry['level']} */ (row.level),
    address: BigInt(row.va ?? 0),
    word,
    frame: row.pfn ? BigInt(row.pfn) : row.leaf === '0' ? valFrame : null,
    mapcount: number(row.mapcount),
    references: number(row.page_count),
    node: number(row.nid),
  }
}

/** A line for each mapping, in the order in which the walk met them. */
function mapLines(/** @type {Row[]} */ rows) {
  const lines = rows
    .filter((row) => row.vma_start)
    .map((row) =>
      ['map', hex(row.vma_start), hex(row.vma_end), hex(row.vma_flags), hex(row.vma_prot), row.vma_name].join(' '),
    )
  return lines.filter((line, index) => line !== lines[index - 1])
}

/** A line for each test area that an entry lies in; refuses a label that its area does not give. */
function areaLines(/** @type {string} */ path, /** @type {Row[]} */ rows) {
  const areas = readCsv(readFileSync(path, 'utf8'))
  const stretches = areas
    .map(({ label = '', start, pages }) => ({
      label,
      start: BigInt(start ?? 0),
      end: BigInt(start ?? 0) + BigInt(pages ?? 0) * 4096n,
    }))
    .toSorted((a, b) => (a.start < b.start ? -1 : 1))
  for (const row of rows) {
    if (row.leaf !== '1') continue
    const area = stretches.find(({ start, end }) => BigInt(row.va ?? 0) >= start && BigInt(row.va ?? 0) < end)
    if ((area?.label ?? '') !== row.label) throw new Error(`${row.va}: its label is not that of its area.`)
  }
  return stretches.map(({ label, start, end }) => `area ${start.toString(16)} ${end.toString(16)} ${label}`)
}

/** The rows of one process. */
function rowsOf(/** @type {string} */ text, /** @type {Process} */ { snapshot, at }) {
  if (at === undefined) return readCsv(text).filter((row) => snapshot === undefined || row.snapshot === snapshot)
  const [head = '', ...parts] = text.split(/\n(?=#at )/)
  const part = parts.find((each) => each.startsWith(at)) ?? ''
  return readCsv([head, ...part.trimEnd().split('\n').slice(1)].join('\n'))
}

/** The text of one recorded process. */
function packProcess(
  /** @type {string} */ folder,
  /** @type {typeof MACHINES[number]} */ { platform, about },
  /** @type {Process} */ wanted,
) {
  const { name, file, process, pinned = true } = wanted
  const rows = rowsOf(readFileSync(join(folder, platform, `ptes_${file}.csv`), 'utf8'), wanted)
  for (const row of rows) {
    checkDropped(platform, pinned, row)
    if (row.kind !== undefined) checkKind(row)
  }
  const labels = join(folder, platform, `labels_${file.replace('_child', '')}.csv`)
  const head = [
    `name ${platform}-${name}`,
    `platform ${platform}`,
    ...(pinned ? [] : ['pinned no']),
    'soft-dirty yes',
    ...[...about, ...ABOUT, `process ${process}`].map((line) => `about ${line}`),
    ...mapLines(rows),
    ...(existsSync(labels) ? areaLines(labels, rows) : []),
  ]
  console.log(`${platform}-${name}: ${rows.length} entries`)
  return recordingText(head, rows.map(entryOf))
}

const [folder] = process.argv.slice(2)
if (!folder) {
  console.error('Usage: node scripts/pack-captures.mjs FOLDER')
  process.exit(2)
}

const texts = MACHINES.flatMap((machine) => {
  const environment = readFileSync(join(folder, machine.platform, 'environment.txt'), 'utf8')
  const missing = machine.seen.find((text) => !environment.includes(text))
  if (missing)
    throw new Error(`${machine.platform}/environment.txt does not say "${missing}": is this another recording?`)
  const here = PROCESSES.filter(({ only }) => only === undefined || only === machine.platform)
  return here.map((process) => packProcess(folder, machine, process))
})
const text = texts.join('')
writeFileSync(join(ROOT, 'src', 'decode', 'recordings.txt'), text)
const gzip = gzipSync(text, { level: 9 }).length
console.log(`${texts.length} recordings, ${text.length} bytes, ${gzip} with gzip`)
process.exitCode = text.length <= LARGEST.plain && gzip <= LARGEST.gzip ? 0 : 1
