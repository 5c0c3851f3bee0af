import { holds, quadrant, type Predicate } from '../../arch/predicate'
import type { Geometry } from './geometry'

interface SwitchBoxProps {
  readonly geometry: Geometry
  readonly predicate: Predicate
  /** Low half of the entry at hand: its square is lit, and its other bits stand in all four squares. */
  readonly word: number
  /** Has the model found that this answer never leads anywhere? */
  readonly proved: boolean
  /** Is its answer still to be guessed? Then it shows none. */
  readonly open?: boolean | undefined
  /** Called with a quadrant when the reader may paint the test; not given where the kernel is fixed. */
  readonly onPaint?: ((quadrant: number) => void) | undefined
}

/** Is there room for words in the squares? */
export const hasRoomForWords = ({ switchBox }: Geometry): boolean => switchBox.size >= 80

/** Quadrants as the picture has them: PRESENT 1 above 0, bit 8 0 left of 1. */
const CELLS = [
  { present: 1, bit8: 0, column: 0, row: 0 },
  { present: 1, bit8: 1, column: 1, row: 0 },
  { present: 0, bit8: 0, column: 0, row: 1 },
  { present: 0, bit8: 1, column: 1, row: 1 },
]

/** The answers of the kernel's test for the four combinations of PRESENT and bit 8. */
export function SwitchBox({ geometry, predicate, word, proved, open = false }: SwitchBoxProps) {
  const { x, y, size } = geometry.switchBox
  const lit = quadrant(word)
  if (open)
    return (
      <g>
        <rect className="fp-box" x={x} y={y} width={size} height={size} />
        <text className="fp-open" x={x + size / 2} y={y + size / 2} fontSize={size * 0.55}>
          ?
        </text>
      </g>
    )
  return (
    <g>
      <rect className="fp-box" x={x} y={y} width={size} height={size} />
      {cellsOf(geometry).map((cell) => {
        const answer = answerOf(predicate, word, cell.quadrant) ? 'yes' : 'no'
        const wrong = proved && cell.quadrant === lit
        return (
          <g key={cell.quadrant}>
            <rect className="fp-quadrant" data-answer={answer} {...cell.box} />
            {cell.quadrant === lit && (
              <rect
                className={wrong ? 'fp-lit fp-wrong' : 'fp-lit'}
                style={wrong ? { strokeDasharray: `${cell.box.width * 3.4} ${cell.box.width * 0.6}` } : undefined}
                {...cell.box}
              />
            )}
            {hasRoomForWords(geometry) ? (
              <text
                className="fp-answer"
                data-answer={answer}
                x={cell.box.x + cell.box.width / 2}
                y={cell.box.y + cell.box.height / 2 + 5}
              >
                {answer}
              </text>
            ) : null}
          </g>
        )
      })}
    </g>
  )
}

/** The name of the test, and what its rows and columns stand for. */
export function SwitchLabels({ geometry, name }: { readonly geometry: Geometry; readonly name: string }) {
  const { x, y, size } = geometry.switchBox
  const right = x + size + 10
  return (
    <>
      <text className="fp-name fp-strong" x={right} y={y + 8}>
        {name}
      </text>
      <text className="fp-text" x={right} y={y + size * 0.34}>
        PRESENT = 1
      </text>
      <text className="fp-text" x={right} y={y + size * 0.76}>
        PRESENT = 0
      </text>
      <text className="fp-text" x={x + size / 2 - 10} y={y + size + 18} textAnchor="end">
        bit 8 = 0
      </text>
      <text className="fp-text" x={x + size / 2 + 10} y={y + size + 18}>
        = 1
      </text>
    </>
  )
}

/** The same four squares as buttons: pressed means that the test says yes there. */
export function SwitchPainter({ geometry, predicate, word, onPaint }: SwitchBoxProps) {
  if (!onPaint) return null
  return cellsOf(geometry).map((cell) => {
    const yes = answerOf(predicate, word, cell.quadrant)
    return (
      <button
        key={cell.quadrant}
        type="button"
        className="fp-paint"
        aria-pressed={yes}
        aria-label={`Your test for PRESENT ${cell.present} and bit 8 ${cell.bit8}: ${yes ? 'yes, a hint' : 'no hint'}`}
        style={{ left: cell.box.x, top: cell.box.y, width: cell.box.width, height: cell.box.height }}
        onClick={() => onPaint(cell.quadrant)}
      />
    )
  })
}

const answerOf = (predicate: Predicate, word: number, quadrantOf: number): boolean =>
  holds(predicate, (word & ~0x101) | (quadrantOf >> 1) | ((quadrantOf & 1) << 8))

function cellsOf({ switchBox: { x, y, size } }: Geometry) {
  const pad = size * 0.09
  const side = (size - 3 * pad) / 2
  return CELLS.map((cell) => ({
    ...cell,
    quadrant: cell.present * 2 + cell.bit8,
    box: { x: x + pad + cell.column * (side + pad), y: y + pad + cell.row * (side + pad), width: side, height: side },
  }))
}
