import { scenarioOf, settingOf } from '../store/derived'
import { useApp } from '../store/use-app'
import { kernelOf } from '../trace/replay'

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
    <details className="about-recording relative text-label">
      <summary className="flex h-8 cursor-pointer items-center border border-line px-2">
        About this recording: {notes.length} notes
      </summary>
      <div className="absolute top-full left-0 z-3 mt-1 grid max-h-96 w-2xl gap-3 overflow-y-auto border-2 border-ink bg-bg p-4">
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
      </div>
    </details>
  )
}
