import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Capture } from '../src/decode/capture'
import { countEntries } from '../src/decode/capture-counts'
import { readCapture } from '../src/decode/capture-reader'
import { packed } from '../tools/capture/pack.mjs'

const EXAMPLE = readFileSync('tools/capture/example.txt', 'utf8')

function captureOf(text: string): Capture {
  const result = readCapture(text)
  if (!result.ok || result.warning) throw new Error(result.ok ? result.warning! : result.message)
  return result.captures[0]!
}

/** The text as the module says it: a line for each entry, nothing about where it comes from. */
function moduleText({ entries }: Capture): string {
  const head = EXAMPLE.split('\n').filter((line) => /^(one-bit-two-names|arch|platform|soft-dirty|map) /.test(line))
  const lines = Array.from({ length: entries.count }, (_, i) => {
    const word = ((BigInt(entries.hi[i]!) << 32n) | BigInt(entries.lo[i]!)).toString(16)
    const level = ['PGD', 'PUD', 'PMD', 'PTE', 'UPGD'][entries.level[i]!]!
    const known = [entries.frame[i]!, entries.mapcount[i]!, entries.references[i]!, entries.node[i]!]
    const fields = known.map((value, at) => (value === -2 ? '-' : at === 0 ? value.toString(16) : String(value)))
    return [level, entries.address[i]!.toString(16), word, ...fields].join(' ')
  })
  return [...head, ...lines, `end ${entries.count}`, ''].join('\n')
}

describe('what the module recorded under Xen', () => {
  it('opens: every present user page has bit 8, and no table entry', () => {
    const capture = captureOf(EXAMPLE)
    expect([capture.platform, capture.name, capture.assumed]).toEqual(['xen', 'prog', []])
    const { present, table, 'prot_none-vma': forbidden } = countEntries(capture)
    expect(present.entries).toBeGreaterThan(1000)
    expect(present.withBit[8]).toBe(present.entries)
    expect(table.withBit[8]).toBe(0)
    expect([forbidden.entries, forbidden.withBit[8]]).toEqual([8, 8])
  })
})

describe('pack.mjs', () => {
  it('makes a recording shorter and says the same', () => {
    const long = moduleText(captureOf(EXAMPLE))
    const short = packed(long)
    expect(short.length).toBeLessThan(long.length / 2)
    expect(captureOf(short)).toEqual(captureOf(long))
    expect(captureOf(short).entries).toEqual(captureOf(EXAMPLE).entries)
  })

  it('leaves what is packed as it is', () => {
    expect(packed(EXAMPLE)).toBe(EXAMPLE)
  })
})

describe('record.sh', () => {
  const run = (...args: string[]) => spawnSync('sh', ['tools/capture/record.sh', ...args], { encoding: 'utf8' })
  const folder = mkdtempSync(join(tmpdir(), 'record-'))

  it('says where the module’s text comes from, and the whole opens', () => {
    const path = join(folder, 'module.txt')
    const said = moduleText(captureOf(EXAMPLE))
    writeFileSync(path, said)
    const { status, stdout } = run('--text', path, String(process.pid))
    expect(status).toBe(0)
    const capture = captureOf(stdout)
    expect(Object.fromEntries(capture.provenance)).toMatchObject({
      when: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
      tool: expect.stringContaining('ptwords') as string,
    })
    expect(capture.name).not.toBe('')
    expect(capture.entries).toEqual(captureOf(said).entries)
  })

  it.each([
    ['no process', [], 2, ''],
    ['a text that the module did not write', ['--text', 'README.md', '1'], 1, 'no text of the module'],
    ['a file without a process', ['--text', 'README.md'], 1, 'a process number'],
  ])('%s: it says what is wanted', (_, args, status, says) => {
    const result = run(...args)
    expect(result.status).toBe(status)
    expect(result.stderr + result.stdout).toContain(status === 2 ? 'record.sh PID [START END]' : says)
  })
})
