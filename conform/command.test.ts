import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { conform } from './command'
import { readPacked } from './packed'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'conform-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const put = (name: string, text: string): void => writeFileSync(join(folder, name), text)

function run(...paths: readonly string[]) {
  const lines: string[] = []
  const status = conform(paths, (line) => lines.push(line))
  return { status, lines: lines.join('\n').split('\n') }
}

/** A good table of two rows. */
const GOOD = readPacked('steps.jsonl').split('\n').slice(0, 2).join('\n')

it('says one line for each file, and the sum; 0 where all agree', () => {
  put('steps.jsonl', GOOD)
  put('verdicts.csv', readPacked('verdicts.csv').split('\n').slice(0, 4).join('\n'))
  put('README.md', 'no table')
  expect(run(folder)).toEqual({
    status: 0,
    lines: [
      'steps.jsonl: 2 rows, 2 agree, 0 not covered',
      'verdicts.csv: 3 rows, 3 agree, 0 not covered',
      '               recorded    covered   agreeing',
      'steps.jsonl           2          2          2',
      'verdicts.csv          3          3          3',
      '5 passed, 0 failed',
    ],
  })
})

it('shows the first ten disagreements with expected and got; 1 where a row fails', () => {
  put('predicates-C.csv', `value,pte_none\n${'1,1\n'.repeat(6)}1,0\n`)
  const { status, lines } = run(folder)
  expect(status).toBe(1)
  expect(lines[0]).toBe('predicates-C.csv: 7 rows, 1 agree, 0 not covered')
  expect(lines[1]).toBe('  predicates-C.csv:2: 4.0 pte_none of 1: expected 1, got 0')
  expect(lines.slice(11)).toEqual(['  and 2 more', '1 passed, 6 failed'])
})

it.each([
  ['', 'init-states.csv:1: the file is empty'],
  ['vma,init\n', 'init-states.csv:1: column kernel is missing'],
  [
    'kernel,platform,vma,init,page,pte,child_pte,vm_flags,vm_page_prot,mapcount\n',
    'init-states.csv:1: there is no row',
  ],
  [
    'kernel,platform,vma,init,page,pte,child_pte,vm_flags,vm_page_prot,mapcount\nA,bare,anon-rw,none,-,zero,0x0,0x1,0x2,-1\n',
    'init-states.csv:2: pte: zero is no hex word',
  ],
])('names file and line of malformed input, and reads the others: %j', (text, problem) => {
  put('init-states.csv', text)
  put('steps.jsonl', GOOD)
  expect(run(folder)).toEqual({
    status: 1,
    lines: [problem, 'steps.jsonl: 2 rows, 2 agree, 0 not covered', '2 passed, 1 failed'],
  })
})

it.each([
  ['verdicts.csv', 'vma,init,page,seq,C_bare\nanon-rw,none,-,read,X\n', ':2: C_bare: X is no outcome known here'],
  ['cases.jsonl', '{"seq":"read","ops":[7]}\n', ':1: vma: a text is needed'],
  ['cases.jsonl', '{"other":1}\n', ':1: no table of this name begins like this'],
  ['steps.jsonl', `${GOOD}\n{"op":\n`, ':3: this is no JSON'],
  ['predicates-D.csv', 'value,pte_none\n1\n', ':2: 2 cells are needed, 1 are there'],
])('names file and line of malformed input: %s', (name, text, problem) => {
  put(name, text)
  expect(run(folder)).toEqual({ status: 1, lines: [name + problem, '0 passed, 1 failed'] })
})

it('finds tables in folders within, takes single files, and says what is missing', () => {
  mkdirSync(join(folder, 'in'))
  put('in/steps.jsonl', GOOD)
  const [none, missing] = [join(folder, 'none'), join(folder, 'steps.jsonl')]
  mkdirSync(none)
  expect(run(folder).lines[0]).toBe(`${join('in', 'steps.jsonl')}: 2 rows, 2 agree, 0 not covered`)
  expect(run(join(folder, 'in', 'steps.jsonl')).lines[0]).toBe('steps.jsonl: 2 rows, 2 agree, 0 not covered')
  expect(run(missing, none, join(folder, 'in'))).toEqual({
    status: 1,
    lines: [
      `${missing}: there is no such file or folder`,
      `${none}: there is no table in this folder`,
      'steps.jsonl: 2 rows, 2 agree, 0 not covered',
      '2 passed, 2 failed',
    ],
  })
  expect(run().status).toBe(2)
})
