import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { prove } from '../src/explore/proof'

/** What the proof is computed and shown by. Tests are looked at too: they ask, and type no answer either. */
const SHOWN = /(^|\/)(explore|proof|sieve|wall|painter)[^/]*(\/|\.tsx?$)/

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path) && SHOWN.test(path))

/** Counts that the explorer gives: sizes of what it met, and how many tests fall through each mesh of the sieve. */
function counted() {
  const sizes = new Set<number>()
  const passed = { bare: 0, xen: 0, both: 0, all: 0 }
  for (const news of prove()) {
    if (news.kind === 'explored') sizes.add(news.explored.states).add(news.explored.transitions)
    if (news.kind === 'theorem') sizes.add(news.theorem.states).add(news.theorem.transitions)
    if (news.kind !== 'candidate') continue
    const { bare, xen, specification } = news.candidate
    passed.bare += Number(bare)
    passed.xen += Number(xen)
    passed.both += Number(bare && xen)
    passed.all += Number(bare && xen && specification)
  }
  return { sizes: [...sizes].filter((size) => size > 99), survivors: [...new Set(Object.values(passed))] }
}

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']

/** A number in a sentence about what passed: “4 survive”, “two of sixteen”, “only one test is left”. */
const claim = (count: number): RegExp =>
  new RegExp(
    String.raw`\b(${count}|${WORDS[count] ?? count})\b[^\n'"\x60<>]{0,24}\b(of (16|sixteen)|surviv\w*|fall|falls|pass|passes|(is|are) left)\b`,
    'i',
  )

test('no number that the explorer gives is typed in', () => {
  const { sizes, survivors } = counted()
  expect(sources.length).toBeGreaterThan(10)
  expect(sizes.length).toBeGreaterThan(4)
  expect(survivors.length).toBeGreaterThan(1)
  const typed = sources.flatMap((path) => {
    const text = readFileSync(join('src', path), 'utf8')
    const digits = text.replaceAll(/(?<=\d)[,_\u202f\u2009 ](?=\d{3}\b)/g, '')
    const found = sizes.filter((size) => new RegExp(String.raw`\b${size}\b`).test(digits)).map(String)
    const claimed = survivors.flatMap((count) => claim(count).exec(text)?.[0] ?? [])
    return [...found, ...claimed].map((what) => `${path}: ${what}`)
  })
  expect(typed).toEqual([])
})

test('such a number would be seen', () => {
  expect(claim(4).test("'Of the sixteen tests, 4 survive'")).toBe(true)
  expect(claim(2).test('<p>two tests pass</p>')).toBe(true)
  expect(claim(2).test('passes(through)')).toBe(false)
})
