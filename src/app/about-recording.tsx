import { lazy, Suspense } from 'react'
import { scenarioOf } from '../store/derived'
import { useApp } from '../store/use-app'

const Notes = lazy(() => import('./recording-notes').catch(() => ({ default: () => <></> })))

/** Where a recorded process comes from, and what was changed and assumed; nothing for a modelled one. Fetched with the first. */
export function AboutRecording() {
  const recorded = useApp((state) => state.recorded.get(scenarioOf(state).id))
  return (
    recorded && (
      <Suspense fallback={null}>
        <Notes recorded={recorded} />
      </Suspense>
    )
  )
}
