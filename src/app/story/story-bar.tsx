import { hrefOf, isFirst, isLast } from '../../story/place'
import { Button } from '../../views/ui/button'
import { BackSign, StepSign } from '../../views/timeline/transport-signs'
import { usePlace, useStory } from './story-context'

/** Back and Next, always; the chapters, and how far one is in this one. */
export function StoryBar() {
  const story = useStory()
  const beat = usePlace((place) => place.beat)
  const { chapter, number } = beat
  const first = isFirst(beat)
  const last = isLast(story.chapters, beat)
  return (
    <footer className="story-bar">
      <div className="flex gap-3">
        <Button disabled={first} onPress={story.back}>
          <BackSign />
          Back
        </Button>
        <Button primary disabled={last} onPress={story.next}>
          {first ? beat.words.verb : 'Next'}
          <StepSign />
        </Button>
      </div>
      <nav aria-label="Chapters" className="story-chapters">
        {story.chapters.map((each) => (
          <a
            key={each.id}
            href={hrefOf(each.beats[0]!)}
            aria-current={each === chapter ? 'step' : undefined}
            aria-label={`${each.number} ${each.title}`}
            data-past={each.number < chapter.number}
          >
            {each.short}
            <span style={{ width: each === chapter ? `${(100 * number) / chapter.beats.length}%` : undefined }} />
          </a>
        ))}
      </nav>
      <p className="text-label text-ink-2">
        beat {number} of {chapter.beats.length}
      </p>
    </footer>
  )
}
