import { lazy, Suspense, type ComponentType } from 'react'
import type { Beat, Figure, Known } from '../../story/beat'
import { StuckFigure } from './stuck-figure'

interface Props {
  readonly beat: Beat
  readonly known: Known
}

type Fetched = ComponentType<{ readonly figure: Figure }>

/** All that a figure may have to be fetched for; the first is what the counter counts by. */
const LOADERS: (() => Promise<unknown>)[] = [
  () => import('../../story/recorded-first-program'),
  () => import('../../trace/bit-readers'),
]

/** A figure of its own script; where that does not arrive the words remain. */
function fetched(load: () => Promise<{ default: Fetched }>): Fetched {
  LOADERS.push(load)
  return lazy(() => load().catch(() => ({ default: NotFetched })))
}

function NotFetched() {
  return (
    <p role="alert" className="text-label">
      This figure could not be fetched. Reload the page to try again; the story goes on without it.
    </p>
  )
}

const WordFigure = fetched(() => import('./word-figure'))
const PathFigure = fetched(() => import('./path-figure'))
const ProofFigure = fetched(() => import('./proof-figures'))
const CompareFigure = fetched(() => import('./compare-figures'))
const SquareFigure = fetched(() => import('./square-figure'))
const ElsewhereFigure = fetched(() => import('./elsewhere-figures'))

/** What stands beside the words of a beat: parts of the Lab and of the Proof, drawing the story's own run. */
export function StoryFigure({ beat, known }: Props) {
  const { figure } = beat
  switch (figure.shows) {
    case 'stuck':
      return <StuckFigure known={known} climbs={figure.climbs ?? false} recorded={figure.recorded ?? false} />
    default: {
      const Later = LATER[figure.shows]
      return (
        <Suspense fallback={null}>
          <Later figure={figure} />
        </Suspense>
      )
    }
  }
}

const LATER: Readonly<Record<Exclude<Figure['shows'], 'stuck'>, Fetched>> = {
  word: WordFigure,
  path: PathFigure,
  square: SquareFigure,
  painter: ProofFigure,
  sieve: ProofFigure,
  wall: ProofFigure,
  claims: ProofFigure,
  scope: ProofFigure,
  compare: CompareFigure,
  worlds: CompareFigure,
  history: ElsewhereFigure,
  elsewhere: ElsewhereFigure,
  unseen: ElsewhereFigure,
}

/** Fetches every figure, and what they count with, so that none has to be fetched later. */
export const fetchFigures = (): Promise<unknown> => Promise.allSettled(LOADERS.map((load) => load()))
