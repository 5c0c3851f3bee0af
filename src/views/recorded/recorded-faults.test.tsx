import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { RecordedFaults, type RecordedRow } from './recorded-faults'

const columns = [
  { name: 'error code', width: 11 },
  { name: 'entry after', width: 17 },
]
const same = (text: string) => ({ recorded: text, model: text, agrees: true })
const row = (id: string, cells: RecordedRow['cells'], onTape = true): RecordedRow => ({
  id,
  name: `fault ${id}`,
  cells,
  onTape,
})
const list = (rows: readonly RecordedRow[], current: number | null = null) =>
  renderToStaticMarkup(
    <RecordedFaults label="Faults" columns={columns} rows={rows} current={current} onSeek={() => undefined} />,
  )
const count = (html: string, part: string) => html.split(part).length - 1

it('says of each row whether both sides agree, differ, or were not compared', () => {
  const html = list([
    row('1', [same('0x7'), same('8000000000001867')]),
    row('2', [same('0x7'), { recorded: '8000000000001865', model: '8000000000001867', agrees: false }]),
    row('3', [
      { recorded: '0x6', model: null, agrees: null },
      { recorded: null, model: null, agrees: null },
    ]),
  ])
  expect(count(html, '= agrees')).toBe(1)
  expect(count(html, '≠ differs')).toBe(1)
  expect(count(html, 'not compared')).toBe(1)
  expect(count(html, 'data-differs="true"')).toBe(2)
})

it('says of a side without the fault that it has none, once', () => {
  const html = list([
    row('1', [
      { recorded: null, model: '0x7', agrees: false },
      { recorded: null, model: null, agrees: null },
    ]),
    row('2', [
      { recorded: '0x7', model: null, agrees: false },
      { recorded: null, model: null, agrees: null },
    ]),
  ])
  expect(count(html, '>not recorded<')).toBe(1)
  expect(count(html, '>none in the model<')).toBe(1)
})

it('marks the row at the playhead, and only rows on the tape can be gone to', () => {
  const rows = [row('1', [same('0x7'), same('0')]), row('2', [same('0x7'), same('0')], false)]
  const html = list(rows, 0)
  expect(count(html, 'aria-current="true"')).toBe(1)
  expect(count(html, '<button')).toBe(1)
  expect(html.indexOf('aria-current')).toBeLessThan(html.indexOf('fault 2'))
})
