import { expect, test } from 'vitest'
import { cutsIn, readSourceFacts, rulesTestedIn } from '../scripts/source-facts.mjs'

test('a cut is the rest of its paragraph, with the step or the name below it', () => {
  const code = `
/**
 * [SW2] Bring a page back. Cut: no cache,
 * and no disk.
 *
 * More about it.
 */
export const doSwapPage: Kstep = step({
  name: 'do_swap_page',
})
/** Cut: no end. */
const pinned = step({
  name: 'pinned',
  rule: 'GU1',
})
// Cut: never slow.
function quick() {}
interface Mapping {
  /** How far. Cut: no wide ones. */
  readonly width: number
}
`
  expect(cutsIn('src/kernel/swap.ts', code)).toEqual([
    { file: 'src/kernel/swap.ts', about: 'do_swap_page', rule: 'SW2', text: 'No cache, and no disk.' },
    { file: 'src/kernel/swap.ts', about: 'pinned', rule: 'GU1', text: 'No end.' },
    { file: 'src/kernel/swap.ts', about: 'quick', rule: null, text: 'Never slow.' },
    { file: 'src/kernel/swap.ts', about: 'width', rule: null, text: 'No wide ones.' },
  ])
})

test('a rule is tested where a title names it, in a table of cases too, and not where a comment does', () => {
  const code = `
/** Not here: [AB9]. */
describe('[AB1] a group', () => {
  // Nor here: [AB8].
  test.each([['[AB2] [AB3] a case', 1]])('%s', () => {})
  it(\`[AB1] \${'x'} [AB5]\`, () => {})
})`
  expect(rulesTestedIn(code)).toEqual(['AB1', 'AB2', 'AB3', 'AB5'])
})

test('every comment of the sources with a cut is found', () => {
  const { cuts } = readSourceFacts('.')
  const sources: Record<string, string> = import.meta.glob('../src/**/*.{ts,tsx}', {
    query: '?raw',
    import: 'default',
    eager: true,
  })
  const said = Object.entries(sources)
    .filter(([file]) => !/\.test\.tsx?$/.test(file))
    .flatMap(([file, text]) =>
      [...text.matchAll(/^\s*(?:\*|\/\/|\/\*\*) .*\bCut: \S/gm)].map(() => file.replace('../', '')),
    )
  expect(cuts.map(({ file }) => file).toSorted()).toEqual(said.toSorted())
  expect(said.length).toBeGreaterThan(15)
})
