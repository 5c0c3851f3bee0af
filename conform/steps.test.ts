import { describe, expect, it } from 'vitest'
import { parseJsonLines } from './json-lines'
import { KERNEL_OF, PLATFORM_OF } from './kernels'
import { readPacked } from './packed'
import { judgeSteps } from './steps'
import { verdictText } from './verdict'

const FILE = 'steps.jsonl'
const ROWS = 1786
const COMPARISONS = 45_790
const text = readPacked(FILE)
const lines = parseJsonLines(text, FILE)

/** The verdict on one row of the table with some fields changed. */
function judgeRow(index: number, change: Record<string, unknown>) {
  const row = { ...JSON.parse(text.split('\n')[index]!), ...change }
  return judgeSteps(parseJsonLines(JSON.stringify(row), 'x.jsonl'), 'x.jsonl')
}

describe('every single step that was computed', () => {
  it(`${FILE}: ${ROWS} faults, forks, scans and mprotects agree, on each kernel and platform they name`, () => {
    const verdict = judgeSteps(lines, FILE)
    console.log(verdictText(verdict))
    expect(verdict.disagreements.length, verdictText(verdict)).toBe(0)
    expect([verdict.notCovered, verdict.notRun]).toEqual([[], []])
    expect(verdict.rows).toBe(ROWS)
    expect(verdict.agreeing).toBe(ROWS)
    expect(verdict.comparisons).toBe(COMPARISONS)
  })

  it('runs on four kernels and two platforms', () => {
    const places = new Set(lines.flatMap((line) => line.texts('on')))
    expect(places.size).toBe(KERNEL_OF.size * PLATFORM_OF.size)
  })
})

describe('a row that is not so', () => {
  const indexOf = (part: string): number => text.split('\n').findIndex((line) => line.includes(part))

  it.each([
    ['"op":"write"', { after: '0x8000000002000065' }, 'write after'],
    ['"op":"write"', { fn: [] }, 'write fn'],
    ['"op":"write"', { newpage: 7 }, 'write newpage'],
    ['"op":"write"', { vm_page_prot: '0x120' }, 'write vm_page_prot'],
    ['"op":"exec"', { ec: '0x7' }, 'exec ec'],
    ['"op":"exec"', { out: 'return' }, 'exec out'],
    ['"op":"fork"', { child: '0x1' }, 'fork child'],
    ['"op":"scan"', { scanned: 9 }, 'scan scanned'],
    ['"op":"mprotect-none"', { rc: -13 }, 'mprotect-none rc'],
    ['"op":"mprotect-none"', { vm_flags_after: '0x1' }, 'mprotect-none vm_flags_after'],
  ])('disagrees in the one field that was changed: %s %o', (part, change, place) => {
    const { disagreements, rows, agreeing } = judgeRow(indexOf(part), change)
    expect([rows, agreeing]).toEqual([1, 0])
    expect(new Set(disagreements.map((each) => each.place.replace(/^\S+ /, '')))).toEqual(new Set([place]))
    expect(disagreements[0]!.line).toBe(1)
  })

  it('takes another number for a fresh frame, but not the frame that was there', () => {
    const copy = lines.findIndex(
      (line) => line.has('copied') && line.integer('copied') === 1 && line.text('page') === 'anon',
    )
    const { after, before } = JSON.parse(text.split('\n')[copy]!)
    const frame = (digits: string) => `${after.slice(0, -7)}${digits}${after.slice(-3)}`
    expect(judgeRow(copy, { after: frame('2006') }).agreeing).toBe(1)
    expect(judgeRow(copy, { after: frame(before.slice(-7, -3)) }).agreeing).toBe(0)
  })
})

describe('a malformed row', () => {
  it.each([
    [{ op: 'munmap' }, 'op: munmap is no operation known here'],
    [{ on: ['E/bare'] }, 'on: E/bare is no kernel and platform known here'],
    [{ on: [] }, 'on: at least one kernel and platform is needed'],
    [{ vma: 'huge-rw' }, 'vma: huge-rw is no kind of mapping known here'],
    [{ page: 'swap' }, 'page: swap is none of zero file anon -'],
    [{ before: '8000' }, 'before: a hex word is needed, "8000" is there'],
    [{ before: '0x8000000000020225' }, 'before: frame 0x20 does not hold a zero page'],
    [{ vm_flags: '0x100000073' }, 'vm_flags: more than 32 bits'],
    [{ mapcount: 1.5 }, 'mapcount: an integer is needed'],
    [{ fn: 'do_wp_page' }, 'fn: a list of texts is needed'],
    [{ ec: undefined }, 'ec is missing'],
  ])('is refused with file and line: %o', (change, problem) => {
    expect(() => judgeRow(0, change)).toThrow(`x.jsonl:1: ${problem}`)
  })

  it('is refused where it is no JSON object', () => {
    expect(() => parseJsonLines('{}\n{"op":\n', 'y.jsonl')).toThrow('y.jsonl:2: this is no JSON')
    expect(() => parseJsonLines('[]\n', 'y.jsonl')).toThrow('y.jsonl:1: a JSON object is needed')
  })
})
