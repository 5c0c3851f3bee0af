import type { ReactNode } from 'react'
import { useFrames } from './in-pieces'

interface Props {
  readonly className: string
  readonly caption: ReactNode
  /** What stands in a square, by its number as in predicate.ts. */
  readonly children: (quadrant: number) => ReactNode
}

/** PRESENT and bit 8 as a table of four squares: PRESENT 1 above 0, bit 8 0 left of 1, as everywhere. */
export function QuadrantTable({ className, caption, children }: Props) {
  const drawn = 1 + useFrames(1)
  return (
    <table className={className}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th>
            <span className="sr-only">PRESENT</span>
          </th>
          <th scope="col">bit 8 = 0</th>
          <th scope="col">bit 8 = 1</th>
        </tr>
      </thead>
      <tbody>
        {[1, 0].slice(0, drawn).map((present) => (
          <tr key={present}>
            <th scope="row">PRESENT = {present}</th>
            {[0, 1].map((bit8) => (
              <td key={bit8}>{children(2 * present + bit8)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
