import type { RecordedScenario } from '../decode/recorded-scenario'
import { settingOf } from '../store/derived'
import { useApp } from '../store/use-app'
import { kernelOf } from '../trace/replay'
import { Disclosure } from '../views/ui/disclosure'
import { useMedia } from './media'
import { ToRecordedPanel } from './recorded-panel'

/** Where a recorded process comes from, what was changed so that it runs here, and what was assumed. */
export default function RecordingNotes({ recorded }: { readonly recorded: RecordedScenario }) {
  const kernel = useApp((state) => state.kernel)
  const machine = useApp((state) => state.machine)
  const numa = useApp((state) => state.numa)
  const wide = useMedia('(min-width: 1760px), (max-width: 899px)')
  const built = kernelOf(recorded, settingOf({ kernel, machine, numa }))
  const notes = recorded.notes(built, machine)
  return (
    <Disclosure label={`About this recording: ${notes.length} notes`} {...(wide ? {} : { shown: 'About'.length })}>
      {/* Where there is room, it stands beside this. */}
      <div className="empty:hidden">{!wide && <ToRecordedPanel />}</div>
      <ul className="grid gap-1.5">
        {notes.map(({ about, text }) => (
          <li key={text}>
            <span className="font-semibold">{about}: </span>
            {text}
          </li>
        ))}
      </ul>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 border-t border-rule pt-3 text-note text-ink-2">
        {recorded.provenance.map(([name, text]) => (
          <div key={name} className="contents">
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  )
}
