import { lazy, Suspense } from 'react'
import type { Beat, Known } from '../../story/beat'
import { askedBy, hrefOf, isFirst, isLast, keyOf } from '../../story/place'
import { UNKNOWN } from '../../story/story'
import { linkOf } from '../../store/url'
import { useApp } from '../../store/use-app'
import { KeyCap } from '../../views/ui/key-cap'
import { usePlace, useStory } from './story-context'
import { TermNote, Told } from './told'

const Sources = lazy(() => import('./sources'))

interface Props {
  readonly beat: Beat
  readonly known: Known
}

/** What a beat says, and what the reader had said before. */
export function StorySaid({ beat, known }: Props) {
  const { words, numbers, chapter } = beat
  const told = (text: string) => <Told text={text} numbers={numbers} known={known} />
  return (
    <section className="story-text story-said" aria-label="Text">
      <h1 tabIndex={-1} className="story-title">
        {chapter.number} {chapter.title}
      </h1>
      <div aria-live="polite" className="grid gap-3">
        <p className="story-lead">{told(words.lead)}</p>
        {words.body && <p className="story-body">{told(words.body)}</p>}
      </div>
      <TermNote />
      {beat.reveals !== undefined && <Ghost beat={beat} />}
      {words.verb && !isFirst(beat) && <p className="story-verb">{words.verb}</p>}
    </section>
  )
}

/** What a beat asks, and the ways on from it. */
export function StoryAsks({ beat, known }: Props) {
  const { question } = beat.words
  return (
    <section className="story-text story-asks" aria-label={question ? 'Question' : 'Ways on'}>
      {question && <Question beat={beat} question={question} known={known} />}
      {isFirst(beat) && <WaysIn />}
      <Below beat={beat} known={known} />
    </section>
  )
}

function Question({ beat, question, known }: Props & { readonly question: string }) {
  const story = useStory()
  const given = usePlace(({ answers }) => answers[keyOf(beat)])
  const answers = Object.entries(beat.words.answers ?? {})
  return (
    <fieldset className="story-question">
      <legend>
        <Told text={question} numbers={beat.numbers} known={known} />
      </legend>
      {answers.map(([id, { says }], index) => (
        <button
          key={id}
          type="button"
          className="story-answer"
          aria-pressed={given === id}
          onClick={() => story.answer(id)}
        >
          <KeyCap name={String(index + 1)} />
          {says}
        </button>
      ))}
      <button type="button" className="story-unknown" onClick={() => story.answer(UNKNOWN)}>
        <KeyCap name="0" />I do not know yet, show me
      </button>
      <p className="text-note text-ink-2">Nothing is scored; your answer stays on the page.</p>
    </fieldset>
  )
}

/** What the reader said before they saw, and what was right about it. */
function Ghost({ beat }: { readonly beat: Beat }) {
  const asked = askedBy(beat)!
  const given = usePlace(({ answers }) => answers[keyOf(asked)])
  if (given === undefined) return null
  const answer = asked.words.answers?.[given]
  return (
    <div className="story-ghost">
      <p>You said: {answer?.says ?? 'I do not know yet'}</p>
      {answer && <p>{answer.after}</p>}
    </div>
  )
}

/** For readers who know where they want to begin, or where they left. */
function WaysIn() {
  const { chapters } = useStory()
  const left = usePlace(({ leftAt }) => leftAt)
  const first = (id: string) => chapters.find((chapter) => chapter.id === id)!.beats[0]!
  return (
    <ul className="story-ways">
      {left && (
        <li>
          <a href={hrefOf(left)}>
            Go on where you were: {left.chapter.number} {left.chapter.title}
          </a>
        </li>
      )}
      <li>
        <a href={hrefOf(first('xen'))}>Skip to the bug</a>
      </li>
      <li>
        <a href={hrefOf(first('test'))}>I write kernels</a>
      </li>
    </ul>
  )
}

/** Depth, sources, and the way to the Lab. */
function Below({ beat, known }: Props) {
  const story = useStory()
  const open = usePlace(({ sources }) => sources)
  const lab = useApp(linkOf)
  return (
    <div className="story-below">
      <button type="button" className="story-more" aria-expanded={open} onClick={() => story.showSources(!open)}>
        More, with sources <KeyCap name="M" />
      </button>
      <a href={lab}>Open this state in the Lab</a>
      {isLast(story.chapters, beat) && <a href="#/handout">Print the story as a handout</a>}
      {open && (
        <Suspense fallback={null}>
          <Sources beat={beat} known={known} />
        </Suspense>
      )}
    </div>
  )
}
