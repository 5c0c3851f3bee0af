import { scenarioOf, settingOf } from '../store/derived'
import { useApp } from '../store/use-app'
import { kernelOf } from '../trace/replay'
import { Disclosure } from '../views/ui/disclosure'

/** Where a recorded process comes from, what was changed so that it runs here, and what was assumed. */
export function AboutRecording() {
  const recorded = useApp((state) => state.recorded.get(scenarioOf(state).id))
  const kernel = useApp((state) => state.kernel)
  const machine = useApp((state) => state.machine)
  const numa = useApp((state) => state.numa)
  if (!recorded) return null
  const built = kernelOf(recorded, settingOf({ kernel, machine, numa }))
  const notes = recorded.notes(built, machine)
  return (
    <Disclosure label={`About this recording: ${notes.length} notes`}>
      <ul className="grid gap-1.5">
        {notes.map(({ about, text }) => (
          <li key={text}>
            <span className="font-semibold">{about}: </span>
            {text}
          </li>
        ))}
      </ul>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 border-t border-rule pt-3 text-note text-ink-2">
        {recorded.capture.provenance.map(([name, text]) => (
          <div key={name} className="contents">
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  )
}
