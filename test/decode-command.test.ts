import { expect, test } from 'vitest'
import { decode } from '../scripts/decode-command'

const run = (args: string, stdin = '') => decode(args === '' ? [] : args.split(' '), () => stdin)

test('words on the command line, with what is known of them', () => {
  const { status, text } = run('--machine xen --linux rc0 --vma rw 0x8000000062345165')
  expect(status).toBe(0)
  expect(text).toContain('8000000062345165  (PTE, under Xen PV, mapping rw-p)')
  expect(text).toContain('Written by: Linux 3.20-rc0. As chosen.')
  expect(text).toContain('write: #PF 0x7, do_numa_page, and again, for ever')
  expect(text).toContain('* Linux 4.0 to 4.18')
})

test('a text on stdin, as JSON: the same core', () => {
  const { status, text } = run('--json', 'PGD 1 P4D 1 PUD 2 PMD 7a1c5067 PTE 8000000062345165')
  expect(status).toBe(0)
  const { entries, messages } = JSON.parse(text)
  expect(messages).toEqual([])
  expect(entries.map(({ level, asVal }: { level: string; asVal: boolean }) => [level, asVal])).toEqual(
    ['PGD', 'PUD', 'PMD', 'PTE'].map((level) => [level, true]),
  )
  const last = entries.at(-1)
  expect(last.machine.value).toBe('xen')
  expect(last.differing).toEqual(['8a05', 'rc0'])
  expect(last.readings).toHaveLength(11)
})

test('many words are a list, oddities first', () => {
  const { text } = run('', `${'8000000062345165 '.repeat(20)}\n000fffff80100960`)
  expect(text).toContain('21 entries')
  expect(text.indexOf('20 × Present user page with bit 8')).toBeLessThan(text.indexOf('Kinds:'))
  expect(text).toContain('1 × PROTNONE, mapping not known')
  expect(JSON.parse(run('--json --list', '0x8000000012345067').text).oddities).toEqual([])
})

test('nothing found, and what is no option', () => {
  expect(run('', 'a nice day')).toMatchObject({ status: 1, text: expect.stringContaining('Paste an oops') })
  for (const args of ['--level PTX', '--machine arm', '--linux 5', '--vma q', '--frob', '--vma'])
    expect(run(args, '165').status, args).toBe(2)
})
