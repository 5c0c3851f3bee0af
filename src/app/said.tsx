import { lazy, Suspense, useCallback, useEffect, useRef } from 'react'
import { notation } from '../arch/predicate'
import type { Kernel } from '../kernel/variants'
import { scenarioOf, sceneOf } from '../store/derived'
import { useApp, useCommands } from '../store/use-app'
import { remarksOn } from '../trace/remarks'
import { sentenceOf } from '../trace/sentence'
import { Unbroken } from '../views/ui/unbroken'
import { SourceButton } from './source-button'
import { StepSource } from './step-source'

const Why = lazy(async () => ({ default: (await import('./why')).Why }))

interface SaidProps {
  /** What a switch by name answered: it stands beside the switches, and is spoken here. */
  readonly reply: string
}

/** What just happened in one sentence, the test as a line of notation, and why a bit is as it is. */
export function Said({ reply }: SaidProps) {
  const scene = useApp(sceneOf)
  const why = useApp((state) => state.why)
  const scenario = useApp(scenarioOf)
  const { text, step } = sentenceOf(scene, { look: scenario.look, opening: scenario.opening.length })
  const playing = useApp((state) => state.playing)
  return (
    <>
      <div className="lab-sentence">
        <p role="status" aria-live={playing ? 'off' : 'polite'} className="text-lead">
          <span className="sr-only">
            Step {scene.cursor} of {scene.tape.ticks.length}.{' '}
          </span>
          <Unbroken text={text} />
          {reply && <span className="sr-only"> {reply}</span>}
        </p>
        {step && <StepSource step={step} kernel={scene.machine.kernel} />}
        <Remarks />
      </div>
      <Beside bit={why} />
    </>
  )
}

/** The test, or the answer to why. The question asked here hands the focus on to the answer, and gets it back. */
function Beside({ bit }: { readonly bit: number | null }) {
  const commands = useCommands()
  const box = useRef<HTMLDivElement>(null)
  const takesFocus = useRef(false)
  useEffect(() => {
    if (bit !== null || !takesFocus.current) return
    box.current?.querySelector<HTMLElement>('[data-asks-why]')?.focus()
    takesFocus.current = false
  }, [bit])
  const shown = useCallback((section: HTMLElement) => {
    if (takesFocus.current) section.querySelector('select')?.focus()
    takesFocus.current = false
  }, [])
  const explain = (asked: number | null) => {
    takesFocus.current = true
    commands.explain(asked)
  }
  return (
    <div ref={box} className="lab-beside">
      {bit === null ? (
        <Test onAsk={() => explain(8)} />
      ) : (
        <Suspense fallback={null}>
          <Why bit={bit} onShown={shown} onClose={() => explain(null)} />
        </Suspense>
      )}
    </div>
  )
}

function Remarks() {
  const scene = useApp(sceneOf)
  const process = useApp((state) => state.process)
  const page = useApp((state) => state.page)
  const remarks = remarksOn(scene, process, page)
  if (remarks.length === 0) return null
  return (
    <ul className="lab-remarks grid gap-0.5 text-note text-ink-2">
      {remarks.slice(0, 3).map(({ text, kind }) => (
        <li key={text} data-kind={kind} className={kind === 'warning' ? 'border-l-3 border-ink pl-2 text-ink' : ''}>
          {text}
        </li>
      ))}
    </ul>
  )
}

/** The test as a line of notation, and the way to ask why a bit is as it is. */
function Test({ onAsk }: { readonly onAsk: () => void }) {
  const { kernel } = useApp(sceneOf).machine
  return (
    <section aria-label="The test" className="lab-test">
      <p className="flex items-baseline justify-between gap-2 text-note text-ink-2">
        <span>
          <SourceButton subject={{ of: 'test' }} kernel={kernel}>
            {kernel.hint.name}
          </SourceButton>
          ,{' '}
          <SourceButton subject={{ of: 'kernel' }} kernel={kernel}>
            {kernel.name}
          </SourceButton>
          {kernelNote(kernel)}
        </span>
        <button
          type="button"
          data-asks-why
          className="cursor-pointer text-ink underline touch:min-h-11"
          onClick={onAsk}
        >
          Why is bit 8 so?
        </button>
      </p>
      <code className="block border-l-4 border-ink bg-bg-2 px-3 py-1.5 text-label">{notation(kernel.hint)}</code>
      <p className="lab-story text-note text-ink-2">{kernel.story}</p>
    </section>
  )
}

/** What is to be known about a kernel before its answers are taken for those of a real one. */
function kernelNote({ hint, derivedOnly }: Kernel): string {
  if (hint.form === 'painted') return ': click the squares'
  return derivedOnly ? ', never booted' : ''
}
