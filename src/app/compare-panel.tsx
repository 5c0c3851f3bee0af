import { CompareDifference } from './compare-difference'
import { CompareLine } from './compare-line'
import { ComparePath } from './compare-path'
import { ComparePhone } from './compare-phone'
import { CompareSaid } from './compare-said'
import { CompareTape } from './compare-tape'
import { CompareWords } from './compare-words'
import { CompareWorlds } from './compare-worlds'
import { useLayout } from './layout'
import { useMedia } from './media'
import { PartOfOwn } from './part-of-own'
import { SpokenPair } from './spoken-pair'
import './compare-panel.css'

/** Two worlds in lockstep: the entry in both, where they differ, what each does, all worlds to choose from, two tapes. */
export function ComparePanel() {
  const phone = useLayout() === 'phone'
  const roomy = useMedia('(min-width: 1400px) and (min-height: 800px)')
  if (phone)
    return (
      <>
        <SpokenPair />
        <ComparePhone />
      </>
    )
  return (
    <>
      <SpokenPair />
      <CompareLine />
      <PartOfOwn />
      {roomy ? <BesideStage /> : <StackedStage />}
    </>
  )
}

/** Words and numbers on the left, one path for both worlds on the right, time below. */
const BesideStage = () => (
  <>
    <div className="compare-stage" data-picture="Two worlds">
      <div className="compare-left">
        <CompareWords />
        <CompareDifference />
        <div className="compare-foot">
          <CompareSaid />
          <CompareWorlds />
        </div>
      </div>
      <ComparePath />
    </div>
    <CompareTape phone={false} />
  </>
)

/** What is needed at each step first, then the rest. */
const StackedStage = () => (
  <>
    <div className="compare-stage">
      <CompareWords />
      <div className="compare-beside">
        <CompareDifference />
        <CompareSaid />
      </div>
    </div>
    <CompareTape phone={false} />
    <div className="compare-stage compare-rest">
      <CompareWorlds />
      <ComparePath />
    </div>
  </>
)
