import { quadrant } from '../../arch/predicate'
import { groupedHex, toHex, type Pte } from '../../arch/pte'
import type { MachineId } from '../../machine/platforms'
import { sceneOf, settingOf } from '../../store/derived'
import { useApp } from '../../store/use-app'
import type { Figure } from '../../story/beat'
import { scenarioById } from '../../machine/scenario'
import { replay } from '../../trace/replay'
import { entryAt, sceneAt } from '../../trace/scene'
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
      <Table asks={asks} xen={xen} />
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

function Table({ asks, xen }: { readonly asks: boolean; readonly xen: boolean }) {
  return (
    <table className="story-square">
      <caption className="sr-only">PRESENT and bit 8</caption>
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
        {[1, 0].map((present) => (
          <tr key={present}>
            <th scope="row">PRESENT = {present}</th>
            {[0, 1].map((bit8) => {
              const square = (2 * present + bit8) as keyof typeof ANSWERS
              return <td key={bit8}>{asks ? <Place square={square} /> : <Tenants square={square} xen={xen} />}</td>
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
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

const examples = new Map<MachineId, ReadonlyMap<number, Pte>>()

/** A word for each square in which a program of this machine has one. */
function exampleWords(machine: MachineId): ReadonlyMap<number, Pte> {
  const known = examples.get(machine)
  if (known) return known
  const found = new Map<number, Pte>()
  const scenario = scenarioById('hint')!
  const scene = sceneAt(replay(scenario, settingOf({ machine, kernel: 'rc1', numa: 'on' }), scenario.opening), Infinity)
  for (const page of scene.machine.pages.keys()) {
    const entry = entryAt(scene, 0, page)
    if (entry.lo !== 0 && !found.has(quadrant(entry.lo))) found.set(quadrant(entry.lo), entry)
  }
  examples.set(machine, found)
  return found
}
