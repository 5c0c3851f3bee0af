import { expect, test } from 'vitest'
import { readSourceFacts } from '../scripts/source-facts.mjs'
import { allSteps } from '../src/arch/step'
import { COMMITS, historyOf } from '../src/kernel/history'
import { KERNELS } from '../src/kernel/variants'
import { parseRuleBook } from '../src/trace/rule-book'
import '../src/kernel/bare-metal'
import '../src/machine/operations'
import '../src/xen/pv'

const files = (found: Record<string, string>) => Object.entries(found).map(([file, text]) => ({ file, text }))
const CODE = files(import.meta.glob('../src/**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true })).filter(
  ({ file }) => !/\.test\.tsx?$/.test(file),
)
const BOOKS = files(import.meta.glob('../src/*/RULES.md', { query: '?raw', import: 'default', eager: true }))
const RULES = BOOKS.flatMap(({ text }) => parseRuleBook(text).groups.flatMap(({ rules }) => rules))
const RULE_IDS = RULES.map(({ id }) => id)
const idsIn = (text: string) => [...text.matchAll(/\[([A-Z]{2}\d+)\]/g)].map(([, id = '']) => id)

/** Steps that carry out no rule of Linux, Xen or the CPU. */
const WITHOUT_RULE = ['idle', 'back in user mode', 'edit by hand', 'set_pte']

test('every rule has a number of its own', () => {
  expect(RULE_IDS.length).toBeGreaterThan(50)
  expect(new Set(RULE_IDS).size).toBe(RULE_IDS.length)
})

test('every step names a rule that stands in a RULES.md, but for the hand and the end of an operation', () => {
  const steps = allSteps()
  expect(
    steps
      .filter(({ rule }) => rule === null)
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(WITHOUT_RULE.toSorted())
  expect(steps.filter(({ rule }) => rule !== null && !RULE_IDS.includes(rule)).map(({ name }) => name)).toEqual([])
})

test('a rule named in a comment stands in a RULES.md', () => {
  const unknown = CODE.flatMap(({ file, text }) =>
    idsIn(text)
      .filter((id) => !RULE_IDS.includes(id))
      .map((id) => `${file}: [${id}]`),
  )
  expect(unknown).toEqual([])
})

test('the comment above a step names the rule of the step, or none', () => {
  const steps = CODE.flatMap(({ file, text }) =>
    [
      ...text.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\n(?:export )?const \w+[^\n]* = step(?:<\w+>)?\(\{([^]*?)\n\}\)/g),
    ].map(([, comment = '', body = '']) => ({
      step: `${file}: ${/name: '(.*)'/.exec(body)?.[1]}`,
      said: idsIn(comment),
      rule: /rule: '(\w+)'/.exec(body)?.[1],
    })),
  )
  expect(steps.length).toBeGreaterThan(40)
  expect(steps.filter(({ said, rule }) => said.length > 0 && (said.length > 1 || said[0] !== rule))).toEqual([])
})

test('commits: those that rules and kernels name are the ones that are told, and recalled ones say so', () => {
  const inRules = RULES.flatMap(({ commits }) => commits)
  const wrong = inRules.filter(({ id, recalled }) => {
    const known = COMMITS.find((commit) => commit.id === id)
    return !known || (known.recalled ?? false) !== recalled
  })
  expect(wrong).toEqual([])
  const named = new Set([...inRules.map(({ id }) => id), ...KERNELS.flatMap((kernel) => historyOf(kernel).commits)])
  expect([...named].toSorted()).toEqual(COMMITS.map(({ id }) => id).toSorted())
})

test('files of Xen are cited in the rules of Xen alone, and every rule says where it comes from', () => {
  const [, linux] = ['arch', 'kernel'].map((layer) => BOOKS.find(({ file }) => file.includes(`/${layer}/`))!.text)
  expect(linux).not.toMatch(/xen\//)
  expect(RULES.filter(({ places, manual }) => places.length + manual.length === 0).map(({ id }) => id)).toEqual([])
})

test('every rule is named by a test, and every rule that a test names stands in a RULES.md', () => {
  const { tests } = readSourceFacts('.')
  // Here marks stand for themselves.
  const examples = ['test/source-facts.test.ts', 'src/trace/rule-book.test.ts']
  const named = Object.keys(tests).filter((id) => tests[id]!.some((file) => !examples.includes(file)))
  expect(named.toSorted()).toEqual(RULE_IDS.toSorted())
})

test('every rule is carried out by a step, or named in a comment of the code that follows it', () => {
  const inCode = new Set([...CODE.flatMap(({ text }) => idsIn(text)), ...allSteps().flatMap(({ rule }) => rule ?? [])])
  expect(RULE_IDS.filter((id) => !inCode.has(id))).toEqual([])
})
