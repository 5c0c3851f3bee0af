import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { ENTRY_FIELDS } from '../../arch/entry-fields'
import { EMPTY, pte } from '../../arch/pte'
import { NameTags } from './name-tags'
import { PageTable } from './page-table'
import type { PageRowView } from './page-row'
import { WordStrata } from './word-strata'
import type { Stratum } from './word-strata'

const nothing = () => undefined
const entry = pte(0x6234_5165, 0x8000_0000)
const row = (page: number, other: Partial<PageRowView> = {}): PageRowView => ({
  page,
  name: 'heap',
  state: 'shared by fork',
  rights: 'rw-',
  backing: 'anon',
  shared: false,
  address: '0x01c3c000',
  entry,
  kind: 'entry',
  frameText: '62345',
  frameLabel: 'MFN',
  changedBits: [],
  xenBits: [8],
  ...other,
})
const table = (rows: readonly PageRowView[]) =>
  renderToStaticMarkup(<PageTable rows={rows} selected={1} onSelect={nothing} onFlip={nothing} onWhy={nothing} />)
const count = (text: string, part: string) => text.split(part).length - 1

it('makes every bit of every row a button, with one tab stop for the whole table', () => {
  const html = table([row(0), row(1), row(2, { kind: 'empty', entry: EMPTY, xenBits: [] })])
  expect(count(html, 'data-bit=')).toBe(3 * ENTRY_FIELDS.length)
  expect(count(html, 'tabindex="0"')).toBe(1)
  expect(count(html, 'tabindex="-1"')).toBe(3 * (ENTRY_FIELDS.length + 1) - 1)
})

it('writes the frame label only where it differs from most rows', () => {
  const html = table([row(0), row(1), row(2, { frameLabel: 'PFN', frameText: '1239b' })])
  expect(html).toContain('PFN 1239b')
  expect(html).not.toContain('MFN 62345</div>')
})

it('draws some of three hundred rows and all of thirty', () => {
  const rows = Array.from({ length: 300 }, (_, page) => row(page))
  expect(count(table(rows), 'role="row"')).toBeLessThan(60)
  expect(count(table(rows.slice(0, 30)), 'role="row"')).toBe(31)
})

const stratum = (editable: boolean): Stratum => ({
  id: String(editable),
  label: 'memory holds',
  sub: '',
  entry,
  frameLabel: 'MFN',
  frameText: '62345',
  size: 'large',
  editable,
  byXen: [],
  changed: [],
  before: null,
  hexMarks: [13],
  hatchEdge: false,
})
const word = (...strata: Stratum[]) =>
  renderToStaticMarkup(
    <WordStrata
      strata={strata}
      selectedBit={null}
      onFlip={nothing}
      onWhy={nothing}
      onHex={nothing}
      onStore={nothing}
      animate={false}
    />,
  )

it('gives buttons to an editable row of the word only, and words to the other', () => {
  expect(count(word(stratum(true)), 'data-bit=')).toBe(ENTRY_FIELDS.length)
  expect(word(stratum(false))).not.toContain('<button')
  expect(word(stratum(false))).toContain('Set here: NX, bit 8, DIRTY, ACCESSED, USER, PRESENT.')
})

it('underlines the hex digits that differ', () => {
  expect(word(stratum(true))).toMatch(/class="hex-mark">1</)
})

it.each([
  [true, true, 'GLOBAL, counts now, and is 1', 'PROTNONE, does not count'],
  [true, false, 'GLOBAL, counts now, and is 0', 'PROTNONE, does not count'],
  [false, true, 'PROTNONE, counts now, and is 1', 'GLOBAL, does not count'],
  [false, false, 'PROTNONE, counts now, and is 0', 'GLOBAL, does not count'],
])('draws both names of bit 8: PRESENT %s, bit 8 %s', (present, bit8, counting, other) => {
  const drawn = renderToStaticMarkup(<NameTags present={present} bit8={bit8} animate={false} />)
  const text = drawn.replaceAll(/<[^>]+>/g, '')
  expect(text).toContain(counting)
  expect(text).toContain(other)
  // Only a bit that is 1 looks like one.
  expect(count(drawn, 'data-filled="true"')).toBe(bit8 ? 1 : 0)
})
