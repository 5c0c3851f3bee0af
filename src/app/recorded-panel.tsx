import { lazy, Suspense } from 'react'
import { scenarioOf } from '../store/derived'
import { useApp } from '../store/use-app'
import { Button } from '../views/ui/button'
import { RECORDED_HEADING } from './recorded-heading'

const Panel = lazy(() => import('./recorded-panel-of').catch(() => ({ default: Missing })))

/** Stands where the panel could not be fetched. */
function Missing() {
  return (
    <p role="alert" className="border-t border-rule px-[var(--lab-margin)] py-3">
      What was recorded could not be fetched. Reload this page once the connection is there again.
    </p>
  )
}

/** Leads to the panel, which may lie below the window's edge. */
export function ToRecordedPanel() {
  const scenario = useToldScenario()
  if (!scenario) return null
  const go = (): void => {
    document.activeElement?.closest('details')?.removeAttribute('open')
    const heading = document.getElementById(RECORDED_HEADING)
    heading?.focus({ preventScroll: true })
    heading?.closest('section')?.scrollIntoView({ block: 'end' })
  }
  return (
    <Button small onPress={go}>
      {scenario.told ?? 'Recorded faults'}
    </Button>
  )
}

/** What was recorded of what runs, beside the model's tape: of a program, a step, or an access. It is fetched with the first. */
export function RecordedPanel() {
  const scenario = useToldScenario()
  return (
    scenario && (
      <Suspense fallback={null}>
        <Panel scenario={scenario} />
      </Suspense>
    )
  )
}

/** The recorded scenario that runs, where more was recorded of it than page tables. */
function useToldScenario() {
  const scenario = useApp((state) => state.recorded.get(scenarioOf(state).id))
  return scenario && (scenario.program ?? scenario.step ?? scenario.undone) ? scenario : null
}
