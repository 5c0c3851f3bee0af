import { memo, useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { PRESENT } from '../../arch/pte'
import type { Kernel } from '../../kernel/variants'
import type { MachineId } from '../../machine/platforms'
import { moveInGrid } from '../bit-grid/grid-move'
import { After } from '../ui/in-pieces'
import { GAP, offsetOf, placeOfWord, QUADRANT, WALL, wordAtPlace } from './wall-layout'
import { verdictOn, wordName, type Reachable, type WordVerdict } from './wall-words'
import { countText } from '../../trace/count-text'

interface Props {
  readonly kernel: Kernel
  readonly reachable: Reachable
  readonly selected: number
  readonly onSelect: (word: number) => void
  /** Enter: the story of the word that is selected. */
  readonly onOpen: () => void
}

const WORDS = [...Array(4096).keys()]
const SIZE = WALL + GAP
/** Room around the wall, in squares, for dots at its edge. */
const EDGE = 1
const SQUARE = 0.56
/** Side of the frame around the chosen word: its dot and what is around it stay to be seen. */
const CHOSEN = 3

/** All 4,096 low words as the 2×2, coloured by what a kernel's test says to each, with those that really occur as dots. */
export const Wall = memo(function Wall({ kernel, reachable, selected, onSelect, onOpen }: Props) {
  const [focused, setFocused] = useState(false)
  const judged = useMemo(() => wordsByVerdict(kernel), [kernel])
  const moves = (event: KeyboardEvent) => {
    if (event.key === 'Enter') return onOpen()
    const to = moveInGrid(event.key, event.ctrlKey, placeOfWord(selected), {
      rows: WALL,
      cols: WALL,
      page: QUADRANT / 2,
    })
    if (!to) return
    event.preventDefault()
    onSelect(wordAtPlace(to))
  }
  const picks = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const index = (at: number, length: number): number => {
      const place = (at / length) * (SIZE + 2 * EDGE) - EDGE
      return Math.max(0, Math.min(WALL - 1, Math.floor(place < QUADRANT ? place : Math.max(QUADRANT, place - GAP))))
    }
    onSelect(
      wordAtPlace({
        row: index(event.clientY - box.top, box.height),
        col: index(event.clientX - box.left, box.width),
      }),
    )
  }
  const chosen = centreOf(selected)
  return (
    <div className="proof-wall" data-picture="The wall">
      <span className="proof-wall-bit8" aria-hidden>
        <span>bit 8 = 0</span>
        <span>bit 8 = 1</span>
      </span>
      <span className="proof-wall-present" aria-hidden>
        <span>PRESENT = 1</span>
        <span>PRESENT = 0</span>
      </span>
      <div
        className="proof-wall-picture"
        role="slider"
        tabIndex={0}
        aria-label={`All words of twelve bits, as ${kernel.name} judges them. Arrow keys go from word to word, Enter to its story.`}
        aria-valuemin={0}
        aria-valuemax={4095}
        aria-valuenow={selected}
        aria-valuetext={wordName(selected, kernel, reachable)}
        onKeyDown={moves}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      >
        <svg viewBox={`${-EDGE} ${-EDGE} ${SIZE + 2 * EDGE} ${SIZE + 2 * EDGE}`} aria-hidden onPointerDown={picks}>
          {Object.entries(judged).map(([verdict, words]) => (
            <Squares key={verdict} verdict={verdict} words={words} />
          ))}
          <Occurring {...reachable} />
          {['ground', 'frame'].map((part) => (
            <rect
              key={part}
              className="proof-wall-chosen"
              data-part={part}
              data-focused={focused}
              x={chosen.x - CHOSEN / 2}
              y={chosen.y - CHOSEN / 2}
              width={CHOSEN}
              height={CHOSEN}
            />
          ))}
        </svg>
      </div>
      <After frames={1}>
        <Legend judged={judged} />
      </After>
    </div>
  )
})

const centreOf = (word: number) => {
  const { row, col } = placeOfWord(word)
  return { x: offsetOf(col) + 0.5, y: offsetOf(row) + 0.5 }
}

type Judged = Readonly<Record<WordVerdict, readonly number[]>>

function wordsByVerdict(kernel: Kernel): Judged {
  const judged: Record<WordVerdict, number[]> = { no: [], rightly: [], misjudged: [] }
  for (const word of WORDS) judged[verdictOn(kernel, word)].push(word)
  return judged
}

/** Thousands of squares in one path. */
const Squares = memo(function Squares({
  verdict,
  words,
}: {
  readonly verdict: string
  readonly words: readonly number[]
}) {
  const side = verdict === 'no' ? SQUARE / 2.4 : SQUARE
  const starts = Array.from({ length: WALL }, (_, index) => (offsetOf(index) + 0.5 - side / 2).toFixed(2))
  const square = `h${side.toFixed(2)}v${side.toFixed(2)}h-${side.toFixed(2)}z`
  const path = words.map((word) => {
    const { row, col } = placeOfWord(word)
    return `M${starts[col]} ${starts[row]}${square}`
  })
  return <path className="proof-wall-words" data-verdict={verdict} d={path.join('')} />
})

/** Words that occur: hollow on bare metal, solid on Xen PV, and a line where Xen moves one to the right. */
const Occurring = memo(function Occurring({ bare, xen }: Reachable) {
  const onBare = WORDS.filter((word) => bare?.[word])
  const onXen = WORDS.filter((word) => xen?.[word])
  const moved = onBare.filter((word) => word & PRESENT && !(word & 0x100) && xen?.[word | 0x100])
  const moves = moved.map((word) => `M${centreOf(word).x} ${centreOf(word).y}H${centreOf(word | 0x100).x}`).join('')
  return (
    <>
      {moved.length > 0 &&
        ['ground', 'line'].map((part) => <path key={part} className="proof-wall-move" data-part={part} d={moves} />)}
      <Dots kind="xen" words={onXen} radius={0.95} />
      {[false, true].map((both) => (
        <Dots
          key={String(both)}
          kind="bare"
          both={both}
          words={onBare.filter((word) => Boolean(xen?.[word]) === both)}
          radius={0.72}
        />
      ))}
    </>
  )
})

interface DotsProps {
  readonly kind: MachineId
  readonly words: readonly number[]
  readonly radius: number
  /** On bare metal: do they occur on Xen PV as well? */
  readonly both?: boolean
}

/** Dots of one kind in one path: the browser lays out and paints one thing. */
function Dots({ kind, words, radius, both }: DotsProps) {
  const half = (across: number) => `a${radius} ${radius} 0 1 0 ${across} 0`
  const circle = `${half(2 * radius)}${half(-2 * radius)}z`
  const path = words.map((word) => `M${centreOf(word).x - radius} ${centreOf(word).y}${circle}`)
  return path.length > 0 && <path className={`proof-wall-${kind}`} data-both={both} d={path.join('')} />
}

function Legend({ judged }: { readonly judged: Judged }) {
  const count = (verdict: WordVerdict): string => countText(judged[verdict].length)
  const signs: readonly (readonly [string, string])[] = [
    ['misjudged', `${count('misjudged')} misjudged: yes, though PRESENT is set`],
    ['rightly', `${count('rightly')} rightly yes`],
    ['no', `${count('no')} no`],
    ['bare', 'a page is like this on bare metal'],
    ['xen', 'on Xen PV, or on both'],
    ['move', 'Xen moves every present user page to the right'],
  ]
  return (
    <ul className="proof-wall-legend">
      {signs.map(([sign, text]) => (
        <li key={sign}>
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden>
            {sign === 'move' ? (
              <line className="proof-wall-move" x1="0" x2="16" y1="8" y2="8" />
            ) : sign === 'bare' || sign === 'xen' ? (
              <circle className={`proof-wall-${sign}`} cx="8" cy="8" r="6" />
            ) : (
              <rect className="proof-wall-words" data-verdict={sign} x="3" y="3" width="10" height="10" />
            )}
          </svg>
          {text}
        </li>
      ))}
    </ul>
  )
}
