import { lazy, Suspense } from 'react'
import { useApp } from '../store/use-app'
import { Stage } from './stage'

const TablesPanel = lazy(async () => ({ default: (await import('./tables-panel')).TablesPanel }))

/** What stands between the world line and the tape: one world, or its tables from afar. */
export function LabViewPanel() {
  const view = useApp((state) => state.view)
  switch (view) {
    case 'tables':
      return (
        <Suspense fallback={<p className="lab-stage text-label text-ink-2">The tables are on their way.</p>}>
          <TablesPanel />
        </Suspense>
      )
    case 'one':
      return <Stage />
    // Two worlds have a line and a tape of their own: see the room.
    case 'compare':
      return null
  }
}
