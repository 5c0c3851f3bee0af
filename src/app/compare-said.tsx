import { lockstepOf, otherSceneOf, scenarioOf, sceneOf, timeOf } from '../store/derived'
import { useApp } from '../store/use-app'
import { entrySentence } from '../trace/difference'
import { sentenceOf } from '../trace/sentence'
import { Unbroken } from '../views/ui/unbroken'
import { LetterPlate } from '../views/ui/letter-plate'

/** What each world did last, in one sentence if both did the same; then how the entry differs. Spoken at each step. The latter is only spoken where it is `brief`, and beside two sentences. */
export function CompareSaid({ brief = false }: { readonly brief?: boolean }) {
  const [a, b] = [useApp(sceneOf), useApp(otherSceneOf)]
  const both = useApp(lockstepOf)
  const at = useApp((state) => timeOf(state).at)
  const scenario = useApp(scenarioOf)
  const process = useApp((state) => state.process)
  const page = useApp((state) => state.page)
  const playing = useApp((state) => state.playing)
  const beginning = { look: scenario.look, opening: scenario.opening.length }
  const [textA, textB] = [sentenceOf(a, beginning).text, sentenceOf(b, beginning).text]
  const column = both.columns[at - 1]
  const waits = (tick: number | null | undefined, text: string) => (tick === null ? `Waits. Before: ${text}` : text)
  return (
    <div role="status" aria-live={playing ? 'off' : 'polite'} className="compare-said">
      {textA === textB ? (
        <p>
          <span className="sr-only">Both: </span>
          <Unbroken text={textA} />
        </p>
      ) : (
        <>
          <Sentence letter="A" text={waits(column?.a, textA)} />
          <Sentence letter="B" text={waits(column?.b, textB)} />
        </>
      )}
      <p className={brief || textA !== textB ? 'sr-only' : 'text-label text-ink-2'}>
        {entrySentence(a, b, process, page)}
      </p>
    </div>
  )
}

const Sentence = ({ letter, text }: { readonly letter: 'A' | 'B'; readonly text: string }) => (
  <p className="flex gap-3">
    <LetterPlate letter={letter} />
    <span>
      <Unbroken text={text} />
    </span>
  </p>
)
