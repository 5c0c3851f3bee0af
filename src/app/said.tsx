import { notation } from '../arch/predicate'
import { sceneOf } from '../store/derived'
import { useApp, useCommands } from '../store/use-app'
import { remarksOn } from '../trace/remarks'
import { sentenceOf } from '../trace/sentence'
import { whyBit } from '../trace/why'
import { Button } from '../views/ui/button'

/** What just happened in one sentence, the test as a line of notation, and why a bit is as it is. */
export function Said() {
  const scene = useApp(sceneOf)
  const why = useApp((state) => state.why)
  const { text, source } = sentenceOf(scene)
  const playing = useApp((state) => state.playing)
  return (
    <>
      <div className="lab-sentence">
        <p role="status" aria-live={playing ? 'off' : 'polite'} className="text-lead">
          <Unbroken text={text} />
        </p>
        {source && (
          <p className="font-mono text-note text-ink-2">
            {source.file} · {source.function}
          </p>
        )}
        <Remarks />
      </div>
      <div className="lab-beside">{why === null ? <Test /> : <Why bit={why} />}</div>
    </>
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

function Test() {
  const { kernel } = useApp(sceneOf).machine
  return (
    <section aria-label="The test">
      <p className="text-note text-ink-2">
        {kernel.hint.name}, {kernel.name}
      </p>
      <code className="block border-l-4 border-ink bg-bg-2 px-3 py-1.5 text-label">{notation(kernel.hint)}</code>
      <p className="lab-story text-note text-ink-2">{kernel.story}</p>
    </section>
  )
}

function Why({ bit }: { readonly bit: number }) {
  const scene = useApp(sceneOf)
  const process = useApp((state) => state.process)
  const page = useApp((state) => state.page)
  const commands = useCommands()
  const { text, readText, tick } = whyBit(scene, process, page, bit)
  return (
    <section aria-label={`Why is bit ${bit} as it is`} className="grid gap-1.5 border-l-4 border-ink bg-bg-2 px-3 py-2">
      <p className="text-label">{text}</p>
      <p className="text-note text-ink-2">{readText}</p>
      <p className="flex gap-2">
        {tick !== null && tick >= 0 && (
          <Button small onPress={() => commands.seek(tick + 1)}>
            Go there
          </Button>
        )}
        <Button small onPress={() => commands.explain(null)}>
          Close
        </Button>
      </p>
    </section>
  )
}
