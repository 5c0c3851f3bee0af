import './handout.css'
import { useMemo } from 'react'
import { createAppStore, EMPTY_EXPERIMENT } from '../../store/app-store'
import { createCommands } from '../../store/commands'
import { AppContext } from '../../store/use-app'
import type { Beat } from '../../story/beat'
import { CHAPTERS } from '../../story/chapters/chapters'
import { hrefOf } from '../../story/place'
import { createStory, type Story } from '../../story/story'
import { Button } from '../../views/ui/button'
import { FixedLayout } from '../layout'
import { useKnown } from './known'
import { StoryContext } from './story-context'
import { StoryFigure } from './story-figure'
import { Told } from './told'

/** What each chapter comes to: the last beat whose figure says it on paper. */
const ENDS: Readonly<Record<string, string>> = { elsewhere: 'mirror', xen: 'forever' }

const endOf = ({ id, beats }: (typeof CHAPTERS)[number]): Beat =>
  beats.find((beat) => beat.id === ENDS[id]) ?? beats.at(-1)!

/** The story on paper: the end of each chapter, one to a page. */
export default function HandoutRoom() {
  return (
    <main className="handout" data-theme="paper">
      <header className="handout-head">
        <h1 tabIndex={-1} className="text-lead font-semibold outline-none">
          One Bit, Two Names: the handout
        </h1>
        <Button primary onPress={() => window.print()}>
          Print
        </Button>
      </header>
      {/* Paper is as wide as it is, whatever screen the reader has. */}
      <FixedLayout value="wide">
        {CHAPTERS.map((chapter) => (
          <Page key={chapter.id} beat={endOf(chapter)} />
        ))}
      </FixedLayout>
    </main>
  )
}

/** A story of its own for each page, standing at one beat; nothing of it is kept. */
function standingAt(beat: Beat): Story {
  const store = createAppStore({ ...EMPTY_EXPERIMENT })
  const keep = { read: () => null, write: () => true }
  const story = createStory(CHAPTERS, store, createCommands(store), { keep, address: () => {} })
  story.follow(hrefOf(beat))
  return story
}

function Page({ beat }: { readonly beat: Beat }) {
  const story = useMemo(() => standingAt(beat), [beat])
  return (
    <StoryContext value={story}>
      <AppContext value={story}>
        <PageOf beat={beat} />
      </AppContext>
    </StoryContext>
  )
}

function PageOf({ beat }: { readonly beat: Beat }) {
  const known = useKnown(beat)
  const { lead, body } = beat.words
  return (
    <section className="handout-page" aria-label={`Chapter ${beat.chapter.number}`}>
      <div className="handout-words">
        <h2 className="text-title font-semibold">
          {beat.chapter.number} {beat.chapter.title}
        </h2>
        <p className="text-lead font-semibold">
          <Told text={lead} numbers={beat.numbers} known={known} />
        </p>
        {body && (
          <p>
            <Told text={body} numbers={beat.numbers} known={known} />
          </p>
        )}
      </div>
      <div className="story-figure">
        <StoryFigure beat={beat} known={known} />
      </div>
    </section>
  )
}
