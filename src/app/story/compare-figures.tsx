import type { Figure } from '../../story/beat'
import { CompareDifference } from '../compare-difference'
import { ComparePhone } from '../compare-phone'
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
  if (phone) return <ComparePhone />
  return (
    <div className="story-compare">
      <CompareWords />
      <CompareDifference />
      <CompareTape phone={false} strips />
    </div>
  )
}
