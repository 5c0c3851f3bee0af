import './kiosk-bar.css'
import type { Stage } from '../../story/stage/stage'
import type { Holder } from './use-kiosk'

interface Props {
  readonly stage: Stage
  readonly holder: Holder
}

/** What a visitor of the kiosk can do beside touching the picture; nothing while it goes on by itself. */
export function KioskBar({ stage, holder }: Props) {
  if (holder === 'script') return null
  return (
    <nav className="kiosk-bar" aria-label="Kiosk">
      <p role="status">
        {holder === 'asked' ? 'Still there? Touch anything, or it begins anew.' : 'Any bit can be changed: touch it.'}
      </p>
      <button type="button" onClick={stage.back}>
        Back
      </button>
      <button type="button" onClick={stage.next}>
        Next
      </button>
    </nav>
  )
}
