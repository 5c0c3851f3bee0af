import './story.css'
import { useEffect, useRef } from 'react'
import { AppContext } from '../../store/use-app'
import { hrefOf } from '../../story/place'
import { Messages } from '../messages'
import { useKnown } from './known'
import { StoryBar } from './story-bar'
import { usePlace, useStory } from './story-context'
import { StoryFigure } from './story-figure'
import { StoryAsks, StorySaid } from './story-text'
import { useSwipe } from '../swipe'

/** The guided way through the bug, drawn by the Lab's own parts over a run of its own. */
export function StoryRoom() {
  const { store, commands } = useStory()
  return (
    <AppContext value={{ store, commands }}>
      <Beat />
    </AppContext>
  )
}

function Beat() {
  const story = useStory()
  const beat = usePlace((place) => place.beat)
  const known = useKnown(beat)
  const swipe = useSwipe({ left: story.next, right: story.back })
  const room = useRef<HTMLElement>(null)
  useEffect(() => {
    // A beat begins at its top; on a small screen the figure may stand below the fold.
    room.current?.scrollTo(0, 0)
    window.scrollTo(0, 0)
  }, [beat])
  return (
    <main ref={room} className="story-room" data-beat={hrefOf(beat)} data-shows={beat.figure.shows} {...swipe}>
      <Messages />
      <div className="story-page">
        <StorySaid beat={beat} known={known} />
        <section className="story-figure" aria-label="Figure" data-picture="The figure">
          <StoryFigure beat={beat} known={known} />
        </section>
        <StoryAsks beat={beat} known={known} />
      </div>
      <StoryBar />
    </main>
  )
}
