import type { Outcome } from '../../trace/outcome'
import { isSick, outcomeWords } from '../../trace/outcome-words'
import './world-grid.css'

/** One world of the grid. */
export interface GridWorld {
  readonly id: string
  readonly machine: string
  readonly outcome: Outcome
}

/** One kernel on each machine. */
export interface GridRow {
  readonly kernel: string
  readonly worlds: readonly GridWorld[]
}

type Place = 'a' | 'b'

interface Props {
  readonly rows: readonly GridRow[]
  /** Ids of the worlds that are compared; null for one that is not in the grid. */
  readonly a: string | null
  readonly b: string | null
  readonly onPick: (place: Place, id: string) => void
}

/** Every kernel on every machine with how the run ends there. A and B are put in any two. */
export function WorldGrid({ rows, a, b, onPick }: Props) {
  const worlds = rows.flatMap((row) => row.worlds)
  const sick = worlds.filter(({ outcome }) => isSick(outcome)).length
  return (
    <table className="world-grid">
      <caption>
        How the run ends in {worlds.length} worlds: {sickWords(sick)}. Put A and B in any two.
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">Kernel</span>
          </th>
          {rows[0]?.worlds.map(({ machine }) => (
            <th key={machine} scope="col">
              {machine}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ kernel, worlds: ofKernel }) => (
          <tr key={kernel}>
            <th scope="row">{kernel}</th>
            {ofKernel.map((world) => (
              <td key={world.id}>
                <div className="world-cell" data-chosen={world.id === a || world.id === b}>
                  <span className="world-outcome">
                    {world.outcome.name === 'endless' && <LoopSign />}
                    {outcomeWords(world.outcome)}
                  </span>
                  {(['a', 'b'] as const).map((place) => (
                    <PlateRadio
                      key={place}
                      place={place}
                      name={`${kernel}, ${world.machine}, ${outcomeWords(world.outcome)}`}
                      chosen={world.id === (place === 'a' ? a : b)}
                      onPick={() => onPick(place, world.id)}
                    />
                  ))}
                </div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const sickWords = (count: number): string =>
  count === 0 ? 'none is sick' : count === 1 ? 'one is sick' : `${count} are sick`

/** A closed line with an arrow: the model has found two equal states. */
const LoopSign = () => (
  <svg viewBox="0 0 26 18" width="26" height="18" fill="none" aria-hidden="true" className="shrink-0">
    <path d="M20 6V3.5H5v11h13" className="stroke-loop" strokeWidth="3.5" strokeLinejoin="round" />
    <path d="M14 6h12l-6 7z" className="fill-loop" />
  </svg>
)

interface PlateRadioProps {
  readonly place: Place
  readonly name: string
  readonly chosen: boolean
  readonly onPick: () => void
}

const PlateRadio = ({ place, name, chosen, onPick }: PlateRadioProps) => (
  <label className="world-plate" data-chosen={chosen}>
    <input
      type="radio"
      name={`world ${place}`}
      aria-label={`${place.toUpperCase()}: ${name}`}
      checked={chosen}
      onChange={onPick}
    />
    <span aria-hidden="true">{place.toUpperCase()}</span>
  </label>
)
