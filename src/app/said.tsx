import { useEffect, useRef } from 'react'
import { ENTRY_FIELDS } from '../arch/entry-fields'
import { notation } from '../arch/predicate'
import { scenarioOf, sceneOf } from '../store/derived'
import { useApp, useCommands } from '../store/use-app'
import { remarksOn } from '../trace/remarks'
import { sentenceOf } from '../trace/sentence'
import { whyBit } from '../trace/why'
import { Button } from '../views/ui/button'
import { MenuSelect } from '../views/ui/menu-select'

interface SaidProps {
  /** What a switch by name answered: it stands beside the switches, and is spoken here. */
  readonly reply: string
}

/** What just happened in one sentence, the test as a line of notation, and why a bit is as it is. */
export function Said({ reply }: SaidProps) {
  const scene = useApp(sceneOf)
  const why = useApp((state) => state.why)
  const scenario = useApp(scenarioOf)
  const { text, source } = sentenceOf(scene, { look: scenario.look, opening: scenario.opening.length })
  const playing = useApp((state) => state.playing)
  return (
    <>
      <div className="lab-sentence">
        <p role="status" aria-live={playing ? 'off' : 'polite'} className="text-lead">
          <Unbroken text={text} />
          {reply && <span className="sr-only"> {reply}</span>}
        </p>
        {source && (
          <p className="font-mono text-note text-ink-2">
            {source.file} · {source.function}
          </p>
        )}
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
    if (takesFocus.current) box.current?.querySelector<HTMLElement>(bit === null ? 'button' : 'select')?.focus()
    takesFocus.current = false
  }, [bit])
  const explain = (asked: number | null) => {
    takesFocus.current = true
    commands.explain(asked)
  }
  return (
    <div ref={box} className="lab-beside">
      {bit === null ? <Test onAsk={() => explain(8)} /> : <Why bit={bit} onClose={() => explain(null)} />}
    </div>
  )
}

/** The text, with no line break inside a shortened word like …165. */
function Unbroken({ text }: { readonly text: string }) {
  return text.split(/(…[0-9a-f]{3})/).map((part, index) =>
    index % 2 === 1 ? (
      // The parts of a sentence have no other identity than their place.
      // oxlint-disable-next-line react/no-array-index-key
      <span key={index} className="whitespace-nowrap">
        {part}
      </span>
    ) : (
      part
    ),
  )
}

function Remarks() {
  const scene = useApp(sceneOf)
  const process = useApp((state) => state.process)
  const page = useApp((state) => state.page)
  const remarks = remarksOn(scene, process, page)
  if (remarks.length === 0) return null
  return (
    <ul className="grid gap-0.5 text-note text-ink-2">
      {remarks.slice(0, 3).map(({ text, kind }) => (
        <li key={text} className={kind === 'warning' ? 'border-l-3 border-ink pl-2 text-ink' : ''}>
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
    <section aria-label="The test">
      <p className="flex items-baseline justify-between gap-2 text-note text-ink-2">
        {kernel.hint.name}, {kernel.name}
        <button type="button" className="cursor-pointer text-ink underline" onClick={onAsk}>
          Why is bit 8 so?
        </button>
      </p>
      <code className="block border-l-4 border-ink bg-bg-2 px-3 py-1.5 text-label">{notation(kernel.hint)}</code>
      <p className="lab-story text-note text-ink-2">{kernel.story}</p>
    </section>
  )
}

const BITS = ENTRY_FIELDS.map(({ bit, name }) => ({ value: String(bit), label: `${bit} ${bit === 8 ? 'G|PN' : name}` }))

/** Who wrote the bit, when and where, and who asked it last. */
function Why({ bit, onClose }: { readonly bit: number; readonly onClose: () => void }) {
  const scene = useApp(sceneOf)
  const process = useApp((state) => state.process)
  const page = useApp((state) => state.page)
  const commands = useCommands()
  const { text, readText, tick, source } = whyBit(scene, process, page, bit)
  const options = BITS.some(({ value }) => value === String(bit))
    ? BITS
    : [...BITS, { value: String(bit), label: `${bit}` }]
  return (
    <section
      aria-label={`Why is bit ${bit} as it is`}
      className="lab-why border-l-4 border-ink bg-bg-2 px-3 py-1.5"
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <div className="flex flex-wrap items-center gap-2">
        <MenuSelect
          label="Why bit"
          options={options}
          value={String(bit)}
          onChange={(value) => commands.explain(Number(value))}
        />
        {tick !== null && tick >= 0 && (
          <Button small onPress={() => commands.seek(tick + 1)}>
            Go there
          </Button>
        )}
        <Button small onPress={onClose}>
          Close
        </Button>
      </div>
      <p className="text-label">{text}</p>
      {source && (
        <p className="font-mono text-note text-ink-2">
          {source.file} · {source.function}
        </p>
      )}
      <p className="text-note text-ink-2">{readText}</p>
    </section>
  )
}
