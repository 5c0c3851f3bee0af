import { groupedHex, toHex } from '../../arch/pte'
import { sceneOf } from '../../store/derived'
import { useApp } from '../../store/use-app'
import type { Figure } from '../../story/beat'
import { entryAt } from '../../trace/scene'
import { QuadrantTable } from '../../views/ui/quadrant-table'
import { exampleWords } from '../../story/example-words'
import { useAsked } from './story-context'

/** What lives in the square of both bits under Xen. */
const UNDER_XEN = 'a page of a program, under Xen'

/** What lives in each square on bare metal, by quadrant as in predicate.ts. */
const NOTES = [
  'nothing, or a place in swap',
  'Linux’s note: hidden, or shut by the program',
  'a page of a program',
  'a page of the kernel itself',
]

/** The squares by the answers that name them. */
const ANSWERS = { 2: 'plain', 3: 'global', 0: 'neither', 1: 'note' } as const

/** The square of PRESENT and bit 8: to place a word in, or with what lives there. */
export default function SquareFigure({ figure }: { readonly figure: Figure }) {
  const { asks = false, xen = false } = figure as Extract<Figure, { shows: 'square' }>
  return (
    <>
      {asks && <Word />}
      <QuadrantTable className="story-square" caption={<span className="sr-only">PRESENT and bit 8</span>}>
        {(quadrant) =>
          asks ? <Place square={quadrant as keyof typeof ANSWERS} /> : <Tenants square={quadrant} xen={xen} />
        }
      </QuadrantTable>
    </>
  )
}

/** The word that is to be placed. */
function Word() {
  const scene = useApp(sceneOf)
  const page = useApp((state) => state.page)
  const word = entryAt(scene, 0, page)
  return <p className="story-square-word">{groupedHex(word)}</p>
}

/** A square that can be answered with. */
function Place({ square }: { readonly square: keyof typeof ANSWERS }) {
  const asked = useAsked()
  const answer = ANSWERS[square]
  return (
    <button
      type="button"
      aria-pressed={asked.given === answer}
      aria-label={`Here: ${asked.says(answer)}`}
      onClick={() => asked.answer(answer)}
    />
  )
}

/** What lives in a square, with a word that the model really holds. */
function Tenants({ square, xen }: { readonly square: number; readonly xen: boolean }) {
  const alias = xen && square === 3
  const word = exampleWords(alias ? 'xen' : 'bare').get(square)
  return (
    <div className="story-tenants" data-note={square === 1}>
      {word && <code>{`…${toHex(word).slice(-4)}`}</code>}
      <span>{alias ? UNDER_XEN : NOTES[square]}</span>
    </div>
  )
}
