import { cornersOf, pathOf, type Geometry } from './geometry'
import type { Journey } from './journey'
import { Token } from './token'

interface Props {
  readonly journey: Journey
  readonly geometry: Geometry
  /** Steps done. */
  readonly cursor: number
  /** How long it takes from station to station, in ms; 0 for a jump. */
  readonly travel: number
}

/** The one token of a path: a ring where the CPU is. Around the switch it is as wide as that, so that its squares can be read. */
export const PathToken = ({ journey: { at }, geometry, cursor, travel }: Props) => (
  <Token
    at={at}
    place={geometry.places[at]}
    way={(from) => pathOf(cornersOf(`${from}>${at}`, geometry))}
    cursor={cursor}
    travel={travel}
    className="fp-token fp-ring"
    size={at === 'hint' ? geometry.switchBox.size + 9 : null}
  />
)
