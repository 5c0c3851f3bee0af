import { expect, test } from 'vitest'
import { parseRuleBook } from './rule-book'

const HEAD = '| rule | what holds | upstream |\n| --- | --- | --- |\n'
const book = (row: string) => parseRuleBook(`# Rules\n\n${HEAD}${row}\n`)
const onlyRule = (row: string) => book(row).groups[0]!.rules[0]!

test('title, paragraphs, and groups under their headings', () => {
  const text = `# Rules of a thing\n\nFirst\nparagraph.\n\n## One\n\n${HEAD}| AB1 | a | SDM 4.5 |\n| AB2 | b | SDM 4.6, 4.7 |\n\n## Two\n\n${HEAD}| CD1 | c | x.h |\n`
  const { title, intro, groups } = parseRuleBook(text)
  expect([title, intro]).toEqual(['Rules of a thing', ['First paragraph.']])
  expect(groups.map((group) => [group.title, group.rules.map(({ id }) => id)])).toEqual([
    ['One', ['AB1', 'AB2']],
    ['Two', ['CD1']],
  ])
  expect(groups[0]!.rules[1]!.manual).toEqual(['4.6', '4.7'])
})

test('places with names and tags, commits, recalled commits, and a bar inside a cell', () => {
  const row =
    '| PT1 | `a \\| b` | mm/memory.c, `one`, `two`; include/x.h at v3.19; commits e3a1f6cac1fe, b191f9b106ea; recalled commit c819f37e7e17 |'
  expect(onlyRule(row)).toEqual({
    id: 'PT1',
    holds: '`a | b`',
    places: [
      { file: 'mm/memory.c', names: ['one', 'two'] },
      { file: 'include/x.h', names: [], at: 'v3.19' },
    ],
    commits: [
      { id: 'e3a1f6cac1fe', recalled: false },
      { id: 'b191f9b106ea', recalled: false },
      { id: 'c819f37e7e17', recalled: true },
    ],
    manual: [],
  })
})

test.each([
  ['no number', '| rule | a | x.h |'],
  ['nothing that holds', '| AB1 | | x.h |'],
  ['a cell too many', '| AB1 | a | x.h | more |'],
  ['a short commit', '| AB1 | a | commit e3a1f6 |'],
  ['words where a place is wanted', '| AB1 | a | somewhere in mm |'],
  ['nothing upstream', '| AB1 | a | |'],
])('a row with %s is refused', (_what, row) => {
  expect(() => book(row)).toThrow()
})

test('a file without a table or a title is no book', () => {
  expect(() => parseRuleBook('# Rules\n\nNothing.')).toThrow()
  expect(() => parseRuleBook(`Rules\n\n${HEAD}| AB1 | a | x.h |`)).toThrow()
})
