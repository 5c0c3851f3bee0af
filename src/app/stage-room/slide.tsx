import './slide.css'
import './slide-figures.css'
import { useMemo, type CSSProperties, type ReactNode } from 'react'
import { AppContext } from '../../store/use-app'
import { createAppStore, EMPTY_EXPERIMENT, type AppStore } from '../../store/app-store'
import { createCommands, type Commands } from '../../store/commands'
import { showBeat } from '../../story/show-beat'
import type { StageTheme } from '../../story/stage/place'
import type { StageBeat } from '../../story/stage/scripts'
import { voteAt } from '../../story/stage/stage'
import { useElementSize } from '../../views/lab/element-size'
import { FixedLayout } from '../layout'
import { AskedContext } from '../story/story-context'
import { StoryFigure } from '../story/story-figure'
import { Told } from '../story/told'
import { useKnown } from '../story/known'

/**
 * A slide in its own pixels. At 1920 × 1080 one of them is 2.4 on the screen, so that parts of the Lab, drawn in their own
 * sizes, come out as large as a wall needs: 15 become 36, 30 become 72.
 */
const SLIDE = { width: 800, height: 450 }

interface SlideProps {
  readonly shown: StageBeat
  readonly theme: StageTheme
  readonly votes: Readonly<Record<string, number>>
  readonly onVote?: ((place: number) => void) | undefined
  /** How far the script is, from 0 to 1. */
  readonly progress: number
  readonly off?: boolean
  readonly style?: CSSProperties | undefined
  readonly children?: ReactNode
}

/** One sentence, one figure, and how far the talk is; as large as its frame allows, in the same proportions everywhere. */
export function Slide({ shown, theme, votes, onVote, progress, off = false, style, children }: SlideProps) {
  const { element, size } = useElementSize<HTMLDivElement>()
  const scale = size ? Math.min(size.width / SLIDE.width, size.height / SLIDE.height) : 0
  return (
    <div ref={element} className="slide-frame stage" data-theme={theme} style={style}>
      <div className="slide" data-off={off} style={{ transform: `translate(-50%, -50%) scale(${scale})` }}>
        {size && <Content shown={shown} votes={votes} onVote={onVote} />}
        <div className="slide-rail" aria-hidden="true">
          <span style={{ width: `${100 * progress}%` }} />
        </div>
        {children}
      </div>
    </div>
  )
}

function Content({ shown, votes, onVote }: Pick<SlideProps, 'shown' | 'votes' | 'onVote'>) {
  const { beat, words, asks } = shown
  const known = useKnown(beat)
  const vote = voteAt(votes, shown)
  const answers = Object.entries(vote?.asked.words.answers ?? beat.words.answers ?? {})
  const ids = Object.keys(beat.words.answers ?? {})
  return (
    <>
      <h1 className="slide-sentence" tabIndex={-1}>
        <Told text={words.says} numbers={beat.numbers} known={known} />
      </h1>
      <FixedLayout value="wide">
        <AskedContext
          value={{
            given: asks && vote ? ids[vote.place - 1] : undefined,
            says: (id) => beat.words.answers?.[id]?.says,
            answer: (id) => onVote?.(ids.indexOf(id) + 1),
          }}
        >
          <section className="slide-figure" data-shows={beat.figure.shows} data-asks={asks} aria-label="Figure">
            <StoryFigure beat={beat} known={known} />
          </section>
        </AskedContext>
      </FixedLayout>
      {asks && (
        <ol className="slide-answers" aria-label="What do you predict?">
          {answers.map(([id, { says }], index) => (
            <li key={id} data-voted={vote?.place === index + 1}>
              <span>{index + 1}</span>
              {says}
            </li>
          ))}
        </ol>
      )}
      {!asks && vote && <p className="slide-ghost">The room said: {answers[vote.place - 1]?.[1].says}</p>}
    </>
  )
}

/** A beat at rest in a store of its own, for what is drawn beside the wall. */
export function AtRest({ shown, children }: { readonly shown: StageBeat; readonly children: ReactNode }) {
  const own = useMemo(() => stillStore(shown), [shown])
  return <AppContext value={own}>{children}</AppContext>
}

/** A slide at rest, for the speaker's eyes. */
export function StillSlide(props: Omit<SlideProps, 'onVote' | 'off'>) {
  const { shown } = props
  return (
    <AtRest shown={shown}>
      <div inert className="contents">
        <Slide key={shown.key} {...props} />
      </div>
    </AtRest>
  )
}

function stillStore({ beat }: StageBeat): { readonly store: AppStore; readonly commands: Commands } {
  const store = createAppStore({ ...EMPTY_EXPERIMENT })
  const commands = createCommands(store)
  showBeat(store, commands, beat, false)
  return { store, commands }
}
