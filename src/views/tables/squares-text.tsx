import { ACROSS } from '../../trace/entry-move'
import { MARK, markTable } from '../../trace/entry-marks'
import { cornerOf, RIM, tablesBetween } from './tables-layout'
import type { Picture } from './square-painter'

/** One sign for each mark. */
const SIGNS: Record<number, string> = {
  [MARK.empty]: '.',
  [MARK.swap]: '-',
  [MARK.clear]: 'o',
  [MARK.set]: '#',
  [MARK.shut]: 'P',
}

/** What the signs mean, in a line. */
export const SIGNS_TEXT = '# the flag is 1, o it is 0, P bit 8 as PROTNONE, - swap, . empty'

/** The squares as letters, for a browser that gives no canvas. */
export function SquaresText({ picture }: { readonly picture: Picture }) {
  const { layout, tables, top, height } = picture
  const { first, end } = tablesBetween(layout, tables.length, top, top + height)
  return Array.from({ length: end - first }, (_, index) => first + index).map((table) => {
    const { x, y } = cornerOf(layout, table)
    return (
      <pre
        key={table}
        aria-hidden="true"
        className="tables-text"
        style={{
          left: x + RIM,
          top: y + RIM,
          lineHeight: `${layout.pitch}px`,
          letterSpacing: `calc(${layout.pitch}px - 1ch)`,
        }}
      >
        {linesOf(picture, table).join('\n')}
      </pre>
    )
  })
}

function linesOf({ tables, linuxPresent, flag }: Picture, table: number): readonly string[] {
  const marks = new Uint8Array(512)
  markTable(tables[table]!, linuxPresent, flag, marks)
  const signs = [...marks].map((mark) => SIGNS[mark]!)
  return Array.from({ length: marks.length / ACROSS }, (_, row) =>
    signs.slice(row * ACROSS, (row + 1) * ACROSS).join(''),
  )
}
