import { expect, test } from 'vitest'
import { embedCode, embedOf } from './embed-address'

const LINK = 'https://example.org/bug/?x=1#/lab?v=1&s=cow'

/** The address in the code, as a browser reads it. */
const sourceIn = (code: string): URL => new URL(/ src="([^"]*)"/.exec(code)![1]!.replaceAll('&amp;', '&'))

test.each([
  [false, 'open'],
  [true, 'spoiler'],
] as const)('with a spoiler: %s, the address in the code is the link, embedded: %s', (spoiler, embed) => {
  const source = sourceIn(embedCode(LINK, 'a run', spoiler))
  expect(embedOf(source.search)).toBe(embed)
  expect([source.pathname, source.hash]).toEqual(['/bug/', new URL(LINK).hash])
})

test('the frame has a title, whatever stands in it', () => {
  expect(embedCode(LINK, 'a "run" & more', false)).toContain('title="a &quot;run&quot; &amp; more" src=')
})

test('an address that says nothing of it stands alone', () => {
  expect(['', '?x=1', '?embed', '?embed=', '?embed=spoiler'].map(embedOf)).toEqual([
    'no',
    'no',
    'open',
    'open',
    'spoiler',
  ])
})
