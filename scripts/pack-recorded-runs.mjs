// `node scripts/pack-recorded-runs.mjs FOLDER`: packs what the app opens of the recorded runs of 2015's kernels in FOLDER
// into src/decode/runs-of-2015.json. docs/recorded-runs-format.md describes the format. Programs and their order of
// accesses stand in recorded-programs.mjs; everything else is read out of the recording. The same recording gives the same
// bytes.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { readCsv } from './csv.mjs'
import { PROGRAMS } from './recorded-programs.mjs'
import { ROOT } from './run.mjs'

/** @typedef {import('./csv.mjs').Row} Row */
/** @typedef {import('./recorded-programs.mjs').Program} Program */
/** @typedef {{ name: string, mapping: string, row: Row }} Page */
/** @typedef {{ text: string, process: number, kind: string, page: string }} Choice */

const LARGEST_GZIP = 20_000
const PROVENANCE = {
  note: 'Faults that real kernels recorded while they ran. Not made up, not simulated.',
  kernels:
    'Linux 3.19.0; the same with the series of February 2015; the same with the fix. Built from one tree, booted for real',
  'under Xen': 'dom0 of Xen 4.17.7, a 64-bit PV guest with 2 CPUs',
  'on bare metal': '4 CPUs on 2 NUMA nodes',
  emulator: 'QEMU 7.2.22, software emulation (TCG), no KVM; -cpu Westmere',
  tool: 'A recorder in the kernel, which notes the entry before and after each fault and changes nothing',
  limit: 'At most 200 repetitions of one fault were kept; totals are the counters of the kernel itself',
}
const MACHINE = { xen: 'Xen 4.17.7 64-bit PV', bare: 'bare metal' }
const PAGE = 4096n
const STACK_INCOMPLETE_SETUP = 0x18000

const number = (/** @type {string} */ hex) => Number.parseInt(hex, 16)
const at = (/** @type {Row} */ row, /** @type {string} */ column) => row[column] ?? ''
const pageAddress = (/** @type {Row} */ row) => (BigInt(`0x${at(row, 'addr')}`) / PAGE) * PAGE
const isPresent = (/** @type {string} */ word) => (BigInt(`0x${word}`) & 1n) === 1n

/** The page of a recorded fault: its key in an order of accesses, and its name on screen. */
function placeOf(/** @type {Program} */ program, /** @type {Row} */ row) {
  const region = at(row, 'region')
  if (program.areas.includes(region)) return { name: `${region} ${at(row, 'page')}`, mapping: region }
  const address = pageAddress(row)
  const range = program.mappings.find(([, from, to]) => address >= BigInt(from) && address < BigInt(to))
  if (!range) return null
  const short = range[0].replace('program, ', '').replaceAll(/[[\]]/g, '')
  return { name: short === 'stack' ? short : `${short} ${(address / PAGE).toString(16)}`, mapping: range[0] }
}

const keyOf = (/** @type {string} */ name) => name.replace(' ', '')

/** The faults of one run that belong to a program, in the order in which they were recorded. */
function faultsOf(/** @type {Program} */ program, /** @type {string} */ folder, /** @type {string} */ run) {
  const rows = readCsv(readFileSync(join(folder, `${run}.faults.csv`), 'utf8'))
  const own = rows.filter((row) => {
    const place = placeOf(program, row)
    return row.scenario === program.scenario && place && (program.only?.includes(keyOf(place.name)) ?? true)
  })
  if (!program.faults) return own
  // A fault that repeats is one of them, however often.
  const firsts = own.filter(({ rep }) => rep === '1').slice(0, program.faults)
  const last = rows.indexOf(/** @type {Row} */ (firsts.at(-1)))
  const next = rows.findIndex((row, index) => index > last && row.rep === '1')
  return next < 0 ? own : own.filter((row) => rows.indexOf(row) < next)
}

/** How the program touched the page: `r`, `w` or `x`; a capital where the kernel did so for it; `g` where it pinned it; `e`: execve. */
function kindOf(/** @type {Row} */ row) {
  const error = number(at(row, 'ec'))
  const letter = error & 2 ? 'w' : error & 0x10 ? 'x' : 'r'
  // The stack that arguments are copied to, of a program that does not run yet.
  if (row.src === 'gup') return number(at(row, 'vm_flags')) & STACK_INCOMPLETE_SETUP ? 'e' : `g${letter}`
  return error & 4 ? letter : letter.toUpperCase()
}

/** Does the entry after the fault let the access through? If not, and no signal was sent, the same access faults again. */
function goesOn(/** @type {Row} */ row) {
  if (at(row, 'path').includes('bad_area')) return true
  const word = BigInt(`0x${at(row, 'pte1_raw')}`)
  if (row.src === 'gup') return !at(row, 'path').includes('do_numa_page')
  return (word & 1n) === 1n && (!(number(at(row, 'ec')) & 2) || (word & 2n) === 2n)
}

/** An order of accesses as choices; `opening` is how many of them stand before the bar. */
function choicesOf(/** @type {string} */ order) {
  const [before = '', after = ''] = order.split('|')
  const read = (/** @type {string} */ part) =>
    part
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean)
      .map((item) => {
        const [word = '', page = ''] = item.split(' ')
        const child = word.startsWith('c')
        return /** @type {Choice} */ ({ text: item, process: child ? 1 : 0, kind: child ? word.slice(1) : word, page })
      })
  return { choices: [...read(before), ...read(after)], opening: read(before).length }
}

/** The order in which a run faulted, as an order of accesses. */
function recordedOrder(/** @type {Program} */ program, /** @type {Row[]} */ rows) {
  const items = []
  let last = ''
  let bar = false
  for (const [index, row] of rows.entries()) {
    const item = `${kindOf(row)} ${keyOf(/** @type {{ name: string }} */ (placeOf(program, row)).name)}`
    const before = rows[index - 1]
    if (before && !goesOn(before) && item === last) continue
    items.push(`${bar ? '| ' : items.length ? ', ' : ''}${item}`)
    bar = row.addr === program.until
    last = item
  }
  return items.join('')
}

/** The choice's token in a link's run. */
function tokenOf(/** @type {Choice} */ { process, kind, page }, /** @type {Page[]} */ pages) {
  const index = pages.findIndex(({ name }) => keyOf(name) === page)
  if (page && index < 0) throw new Error(`No fault was recorded at page ${page}.`)
  const [letter = '', detail = ''] = kind
  return `${process ? 'c' : ''}${letter}${page ? index : ''}${detail}`
}

/** For each fault the choice that it belongs to. */
function assign(/** @type {Program} */ program, /** @type {Row[]} */ rows, /** @type {Choice[]} */ choices) {
  const reached = new Map([
    [0, -1],
    [1, -1],
  ])
  const open = new Map([
    [0, false],
    [1, false],
  ])
  return rows.map((row) => {
    const process = row.pid === rows[0]?.pid ? 0 : 1
    const key = keyOf(/** @type {{ name: string }} */ (placeOf(program, row)).name)
    const now = reached.get(process) ?? -1
    const choice = open.get(process)
      ? now
      : choices.findIndex(
          (each, index) => index > now && each.process === process && each.page === key && each.kind === kindOf(row),
        )
    const found = choices[choice]
    if (!found || found.page !== key || found.kind !== kindOf(row))
      throw new Error(`${program.id}: fault ${row.seq} at ${key} finds no access.`)
    reached.set(process, choice)
    open.set(process, !goesOn(row))
    return choice
  })
}

const pair = (/** @type {Row} */ row, /** @type {0 | 1} */ when) => {
  const frame = (/** @type {string} */ word) => ((BigInt(`0x${word}`) >> 12n) & 0xf_ffff_ffffn).toString(16)
  const [pfn, mfn] = [frame(at(row, `pte${when}_val`)), frame(at(row, `pte${when}_raw`))]
  return pfn === mfn ? pfn : `${pfn} ${mfn}`
}

/** Frames by what they held, as guest and machine count them. */
function framesOf(/** @type {Program} */ program, /** @type {Row[]} */ rows) {
  /** @type {Record<string, string>} */
  const file = {}
  /** @type {Set<string>} */
  const early = new Set()
  /** @type {Set<string>} */
  const taken = new Set()
  let zero = ''
  for (const row of rows) {
    const path = at(row, 'path')
    const { name } = /** @type {{ name: string }} */ (placeOf(program, row))
    const fresh = /do_anonymous_page$|do_cow_fault|wp:copy/.test(path)
    const copy = BigInt(`0x${at(row, 'pte0_raw')}`) & 0x42n
    if (row.mapc1 === '-2') zero = pair(row, 1)
    else if (row.mapc0 === '-2') zero = pair(row, 0)
    if (fresh) taken.add(pair(row, 1))
    if (path.includes('do_read_fault')) file[name] = pair(row, 1)
    else if (isPresent(at(row, 'pte0_raw')) && Number(row.mapc0) > 0) {
      if (row.file_backed === '1' && !copy) file[name] = pair(row, 0)
      else if (!taken.has(pair(row, 0))) early.add(pair(row, 0))
    }
  }
  return { zero, file, anon: [...early, ...[...taken].filter((each) => !early.has(each))] }
}

/** The faults as rows of the packed file; those that only repeat are counted. */
function packRows(
  /** @type {Program} */ program,
  /** @type {Row[]} */ rows,
  /** @type {number[]} */ choices,
  /** @type {Page[]} */ pages,
  /** @type {string[]} */ paths,
) {
  /** @type {(string | number)[][]} */
  const packed = []
  for (const [index, row] of rows.entries()) {
    const { name } = /** @type {{ name: string }} */ (placeOf(program, row))
    const path = at(row, 'path')
    if (!paths.includes(path)) paths.push(path)
    const says = [
      choices[index] ?? 0,
      pages.findIndex((each) => each.name === name),
      at(row, 'addr'),
      at(row, 'ec'),
      at(row, 'pte0_raw'),
      at(row, 'pte1_raw'),
      at(row, 'want_raw'),
      at(row, 'vm_flags'),
      paths.indexOf(path),
    ]
    const same = packed.findLast(([choice]) => choice === says[0])
    if (same && same.slice(0, -1).join() === says.join()) same[same.length - 1] = Number(same.at(-1)) + 1
    else packed.push([...says, 1])
  }
  return packed.map((each) => each.join(' '))
}

/** What a run's own counters say of all its faults. */
function totalsOf(/** @type {string} */ folder, /** @type {string} */ run) {
  const { true_fault_count: faults, final_counters: last } = JSON.parse(
    readFileSync(join(folder, `${run}.summary.json`), 'utf8'),
  )
  const stats = readCsv(readFileSync(join(folder, `${run}.stats.csv`), 'utf8'))
  const first = Number(stats[0]?.t_ms)
  const endless = run.includes('literal') && Number(last.loop_n) > 200
  return {
    faults,
    seconds: Math.round((Number(last.t_ms) - first) / 1000),
    ...(endless ? { stuck: { address: last.loop_addr, faults: Number(last.loop_n) } } : {}),
  }
}

function packProgram(/** @type {Program} */ program, /** @type {string} */ folder, /** @type {string[]} */ paths) {
  const runs = program.runs.map(([run, kernel, machine]) => ({
    run,
    kernel,
    machine,
    rows: faultsOf(program, folder, run),
  }))
  const longest = runs.reduce((a, b) =>
    new Set(b.rows.map((row) => row.addr)).size > new Set(a.rows.map((row) => row.addr)).size ? b : a,
  )
  const pages = pagesOf(program, [...longest.rows, ...runs.flatMap(({ rows }) => rows)])
  const { choices, opening } = choicesOf(program.order || recordedOrder(program, longest.rows))
  const tokens = choices.map((choice) => tokenOf(choice, pages))
  return {
    id: program.id,
    page: pages.findIndex(({ name }) => keyOf(name) === program.page),
    pages: pages.map(({ name, mapping, row }) => [
      name,
      mapping,
      (number(at(row, 'vm_flags')) & ~STACK_INCOMPLETE_SETUP).toString(16),
      at(row, 'vm_page_prot'),
      Number(row.file_backed),
    ]),
    before: choicesOf(program.before)
      .choices.map((choice) => tokenOf(choice, pages))
      .join('.'),
    order: tokens.join('.'),
    opening,
    recordings: runs.map(({ run, kernel, machine, rows }) => ({
      run,
      kernel,
      machine,
      ...totalsOf(folder, run),
      addresses: addressesOf(program, rows, pages),
      frames: framesOf(program, rows),
      rows: packRows(program, rows, assign(program, rows, choices), pages, paths),
    })),
  }
}

/** Every page that faulted, in the order of addresses, with the first fault that was recorded there. */
function pagesOf(/** @type {Program} */ program, /** @type {Row[]} */ rows) {
  /** @type {Map<string, Page>} */
  const pages = new Map()
  for (const row of rows) {
    const place = placeOf(program, row)
    if (place && !pages.has(place.name)) pages.set(place.name, { ...place, row })
  }
  return [...pages.values()].sort((a, b) => (pageAddress(a.row) < pageAddress(b.row) ? -1 : 1))
}

/** Where each page lay in this run; empty for one that did not fault in it. */
const addressesOf = (/** @type {Program} */ program, /** @type {Row[]} */ rows, /** @type {Page[]} */ pages) =>
  pages.map(({ name }) => {
    const row = rows.find((each) => placeOf(program, each)?.name === name)
    return row ? pageAddress(row).toString(16) : ''
  })

/** A list with one element on a line, so that a change in a recording is a change of a few lines. */
const lines = (/** @type {unknown[]} */ list) => `[\n${list.map((each) => JSON.stringify(each)).join(',\n')}\n]`

const recordingText = (/** @type {{ rows: string[] }} */ { rows, ...head }) =>
  `${JSON.stringify(head).slice(0, -1)},"rows":${lines(rows)}}`

const programText = (/** @type {ReturnType<typeof packProgram>} */ { pages, recordings, ...head }) =>
  `${JSON.stringify(head).slice(0, -1)},"pages":${lines(pages)},\n"recordings":[${recordings.map(recordingText).join(',\n')}]}`

const [folder] = process.argv.slice(2)
if (!folder) {
  console.error('Usage: node scripts/pack-recorded-runs.mjs FOLDER')
  process.exit(2)
}

/** @type {string[]} */
const paths = []
const programs = PROGRAMS.map((program) => packProgram(program, folder, paths))
const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))
for (const { recordings } of programs) {
  for (const { run, machine } of recordings) {
    const { env } = index.find((/** @type {{ name: string }} */ each) => each.name === run)
    if (!env.startsWith(MACHINE[/** @type {'xen' | 'bare'} */ (machine)]))
      throw new Error(`${run} was not recorded on ${machine}.`)
  }
}
const packed = [
  '{"format":"one-bit-two-names recorded runs","version":1,',
  `"provenance":${JSON.stringify(PROVENANCE, null, 1)},`,
  `"paths":${lines(paths)},`,
  `"programs":[\n${programs.map(programText).join(',\n')}\n]}\n`,
].join('\n')
writeFileSync(join(ROOT, 'src', 'decode', 'runs-of-2015.json'), packed)
const gzip = gzipSync(packed, { level: 9 }).length
console.log(`${programs.length} programs, ${packed.length} bytes, ${gzip} with gzip`)
process.exitCode = gzip <= LARGEST_GZIP ? 0 : 1
