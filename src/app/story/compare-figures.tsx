import type { Figure } from '../../story/beat'
import { CompareDifference } from '../compare-difference'
import { CompareTape } from '../compare-tape'
import { CompareWords } from '../compare-words'
import { CompareWorlds } from '../compare-worlds'
import { useLayout } from '../layout'
import '../compare-panel.css'

/** Two worlds in lockstep, or all of them at once: the Lab's own parts. */
export default function CompareFigure({ figure }: { readonly figure: Figure }) {
  const phone = useLayout() === 'phone'
  if (figure.shows === 'worlds')
    return (
      <div className="story-worlds">
        <CompareWorlds />
      </div>
    )
  return (
    <div className="story-compare">
      {!phone && <CompareWords />}
      <CompareDifference />
      <CompareTape phone={phone} strips />
    </div>
  )
}
