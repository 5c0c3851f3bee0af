import { lazy, Suspense } from 'react'
import { isOpened } from '../store/recorded'
import { useApp } from '../store/use-app'

const CapturePart = lazy(async () => ({ default: (await import('./capture-part')).CapturePart }))

/** Below the world, while a reader's own recording is too large for one machine: which part of it is here. */
export function PartOfOwn() {
  const own = useApp((state) => state.recorded.has(state.scenario) && isOpened(state.scenario))
  return own ? (
    <Suspense>
      <CapturePart />
    </Suspense>
  ) : null
}
