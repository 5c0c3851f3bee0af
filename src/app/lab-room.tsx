import { lazy, Suspense } from 'react'
import { useApp } from '../store/use-app'
import './lab-room.css'
// Fetched with the room: what is copied has to be there when a key asks for it.
import './copy-texts'
import { Messages } from './messages'
import { LabViewPanel } from './lab-view'
import { useLayout } from './layout'
import { OpenCapture } from './open-capture'
import { PartOfOwn } from './part-of-own'
import { TapePanel } from './tape-panel'
import { RecordedPanel } from './recorded-panel'
import { SpokenSummary } from './spoken-summary'
import { WorldLine } from './world-line'
import { WorldSheet } from './phone-lab'
import './phone.css'

const ComparePanel = lazy(async () => ({ default: (await import('./compare-panel')).ComparePanel }))

/** The Lab: everything can be tried, and nothing can be broken for good. */
export default function LabRoom() {
  const layout = useLayout()
  const compares = useApp((state) => state.view === 'compare')
  return (
    <main className="lab-room" data-layout={layout}>
      <h1 className="sr-only">Lab</h1>
      <Messages />
      {compares ? (
        <Suspense fallback={<p className="lab-stage text-label text-ink-2">The second world is on its way.</p>}>
          <ComparePanel />
        </Suspense>
      ) : (
        <>
          <SpokenSummary />
          <Suspense fallback={null}>{layout === 'phone' ? <WorldSheet /> : <WorldLine />}</Suspense>
          <PartOfOwn />
          <LabViewPanel />
          <TapePanel />
          <RecordedPanel />
        </>
      )}
      <OpenCapture />
    </main>
  )
}
