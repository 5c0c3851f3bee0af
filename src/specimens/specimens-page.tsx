import '../app/theme.css'
import { StrictMode, useSyncExternalStore, type ComponentType } from 'react'
import { createRoot } from 'react-dom/client'
import { startTheme } from '../app/theme'
import { BitGridSpecimens } from './bit-grid-specimens'
import { CompareSpecimens } from './compare-specimens'
import { ControlsSpecimens } from './controls-specimens'
import { FaultPathSpecimens } from './fault-path-specimens'
import { OpenedSpecimens } from './opened-specimens'
import { ProofSpecimens } from './proof-specimens'
import { RecordedFaultsSpecimens } from './recorded-faults-specimens'
import { SourcesSpecimens } from './sources-specimens'
import { TablesSpecimens } from './tables-specimens'
import { TimelineSpecimens } from './timeline-specimens'

/** All groups of specimens, by the name that stands behind the # of the address. */
const GROUPS: Readonly<Record<string, ComponentType>> = {
  'bit-grid': BitGridSpecimens,
  timeline: TimelineSpecimens,
  'fault-path': FaultPathSpecimens,
  compare: CompareSpecimens,
  tables: TablesSpecimens,
  proof: ProofSpecimens,
  recorded: RecordedFaultsSpecimens,
  opened: OpenedSpecimens,
  sources: SourcesSpecimens,
  controls: ControlsSpecimens,
}

const group = (): string => location.hash.slice(1)
const onGroup = (changed: () => void): (() => void) => {
  addEventListener('hashchange', changed)
  return () => removeEventListener('hashchange', changed)
}

/** One group at a time: together they would be more than a page can lay out at once. */
function SpecimensPage() {
  const shown = useSyncExternalStore(onGroup, group)
  const Group = GROUPS[shown]
  return (
    <main className="p-4" data-group={shown}>
      <h1 className="text-lead font-semibold">Specimens</h1>
      <nav aria-label="Groups" className="flex flex-wrap gap-4 py-2">
        {Object.keys(GROUPS).map((name) => (
          <a key={name} href={`#${name}`} className="underline" aria-current={name === shown ? 'page' : undefined}>
            {name}
          </a>
        ))}
      </nav>
      {Group && <Group key={shown} />}
    </main>
  )
}

startTheme()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <SpecimensPage />
  </StrictMode>,
)
