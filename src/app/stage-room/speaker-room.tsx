import './speaker.css'
import { useEffect, useRef, useState } from 'react'
import { beatAtPlace } from '../../story/stage/place'
import { SCRIPTS, secondsOf, type Script, type StageBeat } from '../../story/stage/scripts'
import { voteAt } from '../../story/stage/stage'
import { KeyCap } from '../../views/ui/key-cap'
import { Button } from '../../views/ui/button'
import { BUILD, useOffline } from '../offline'
import { useKnown } from '../story/known'
import { Told } from '../story/told'
import { themeOfRoom } from '../theme'
import { minutes, useClock } from './clock'
import { LEGEND } from './legend'
import { AtRest, StillSlide } from './slide'
import { bindStageKeys } from './stage-keys'
import { ThemeAdvice, TrimControls } from './trim-controls'
import { openLine, type Line, type WallNow } from './windows'

/** How often the room's window is asked how it stands. */
const ASK_MS = 1000
/** Silent for so long, it is taken for gone. */
const GONE_MS = 3500

/** What the speaker sees: the wall, what comes next, notes, clocks. Keys pressed here act there. */
export default function SpeakerRoom() {
  const { wall, heard, line } = useWall()
  const now = useClock()
  useEffect(() => {
    // The speaker's own screen stands in a dim corner.
    themeOfRoom('dark')
    return () => themeOfRoom(null)
  }, [])
  useEffect(() => bindStageKeys((key) => line.current?.tell({ to: 'stage', says: 'key', key })), [line])
  if (!wall)
    return (
      <main className="speaker-alone">
        <h1 tabIndex={-1}>Speaker</h1>
        <p role="status">
          No talk answers. It is begun in another window of this browser, and this one finds it by itself.
        </p>
        <p>
          <a href="#/stage" target="_blank" rel="noopener">
            Choose a talk
          </a>
        </p>
      </main>
    )
  return <Desk wall={wall} ago={heard === null ? null : now - heard} now={now} line={line} />
}

/** What the room's window says of itself, and when it last did. */
function useWall() {
  const [state, setState] = useState<{ readonly wall: WallNow | null; readonly heard: number | null }>({
    wall: null,
    heard: null,
  })
  const line = useRef<Line | null>(null)
  useEffect(() => {
    const opened = openLine('speaker', ({ now }) => setState({ wall: now, heard: Date.now() }))
    opened.know(window.opener as Window | null)
    line.current = opened
    const ask = (): void => opened.tell({ to: 'stage', says: 'hello' })
    ask()
    const timer = setInterval(ask, ASK_MS)
    return () => {
      clearInterval(timer)
      opened.close()
    }
  }, [])
  return { ...state, line }
}

const OFFLINE: Readonly<Record<ReturnType<typeof useOffline>['offline'], string>> = {
  'one file': 'one file, needs no network',
  ready: 'offline ready',
  fetching: 'being kept for a time without a network',
  impossible: 'not kept: stay online, or take the one file',
}

interface DeskProps {
  readonly wall: WallNow
  readonly ago: number | null
  readonly now: number
  readonly line: { readonly current: Line | null }
}

function Desk({ wall, ago, now, line }: DeskProps) {
  const { offline } = useOffline()
  const script = SCRIPTS.find(({ id }) => id === wall.script) ?? SCRIPTS[0]!
  const shown = beatAtPlace({ script, index: wall.index })
  const next = script.beats[wall.index + 1]
  const tell = (told: Parameters<Line['tell']>[0]) => line.current?.tell(told)
  return (
    <main className="speaker">
      <header>
        <h1 tabIndex={-1}>Speaker</h1>
        <p>
          {script.title}, beat {wall.index + 1} of {script.beats.length}
        </p>
        <p className="ml-auto">
          {OFFLINE[offline]}, version {BUILD.version}
          {BUILD.date && ` of ${BUILD.date}`}
        </p>
        <p role="status">
          {ago !== null && ago > GONE_MS ? 'The wall does not answer. Is its window still open?' : 'The wall answers.'}
        </p>
      </header>
      <section className="speaker-now" aria-label="On the wall now">
        <h2>On the wall now</h2>
        <div className="speaker-slide">
          <StillSlide
            shown={shown}
            theme={wall.theme}
            votes={wall.votes}
            progress={(wall.index + 1) / script.beats.length}
          />
          {wall.cover !== 'none' && <p className="speaker-cover">The room sees {wall.cover}.</p>}
        </div>
        <ul className="speaker-flags">
          {flags(wall).map(([name, on]) => (
            <li key={name} data-on={on}>
              {name}
              <span className="sr-only">{on ? ': yes' : ': no'}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className="speaker-next" aria-label="Next">
        <h2>{next ? 'Next' : 'This is the last beat'}</h2>
        {next && (
          <div className="speaker-slide">
            <StillSlide shown={next} theme={wall.theme} votes={{}} progress={(wall.index + 2) / script.beats.length} />
          </div>
        )}
      </section>
      <section className="speaker-notes" aria-label="Notes">
        <AtRest shown={shown}>
          <Notes shown={shown} />
        </AtRest>
        {[wall.message, ...wall.missing].map(
          (each) =>
            each && (
              <p key={each} role="note" className="speaker-asked">
                {each}
              </p>
            ),
        )}
      </section>
      <section className="speaker-times" aria-label="Clock">
        <Clocks script={script} wall={wall} now={now} />
        {shown.asks && <Votes wall={wall} shown={shown} />}
        <ThemeAdvice theme={wall.theme} />
        <TrimControls trim={wall.trim} onTrim={(trim) => tell({ to: 'stage', says: 'trim', trim })} />
        <Button small onPress={() => tell({ to: 'stage', says: 'restart clock' })}>
          Clock and votes anew
        </Button>
      </section>
      <footer>
        {LEGEND.filter(({ does }) => !HIDDEN.has(does)).map(({ does, caps }) => (
          <span key={does}>
            <KeyCap name={caps[0]!} /> {does}
          </span>
        ))}
      </footer>
    </main>
  )
}

/** What the speaker says and knows at a beat, with the numbers that the wall shows. */
function Notes({ shown: { beat, words } }: { readonly shown: StageBeat }) {
  const known = useKnown(beat)
  const told = (text: string) => <Told text={text} numbers={beat.numbers} known={known} />
  return (
    <>
      {words.notes.map((note) => (
        <p key={note}>{told(note)}</p>
      ))}
      {words.ifAsked && <p className="speaker-asked">If asked: {told(words.ifAsked)}</p>}
    </>
  )
}

/** Known to everybody, or of no use here. */
const HIDDEN = new Set(['a digit of the number', 'speaker window'])

const flags = ({ cover, off, overview, typed }: WallNow): readonly (readonly [string, boolean])[] => [
  ['black', cover === 'black'],
  ['white', cover === 'white'],
  ['off script', off],
  ['overview', overview || typed !== null],
]

function Clocks({ script, wall, now }: { readonly script: Script; readonly wall: WallNow; readonly now: number }) {
  const { beats } = script
  const shown = beatAtPlace({ script, index: wall.index })
  const { chapter } = shown.beat
  const whole = 1000 * secondsOf(beats)
  const before = 1000 * secondsOf(beats.slice(0, wall.index))
  const elapsed = wall.startedAt === null ? 0 : now - wall.startedAt
  const behind = wall.startedAt === null ? 0 : elapsed - before - Math.min(now - wall.since, shown.seconds * 1000)
  const cut = 1000 * secondsOf(beats.slice(wall.index + 1).filter((each) => each.cut))
  return (
    <>
      <div className="speaker-clocks">
        <p>
          <span>This beat</span>
          <strong>{minutes(now - wall.since)}</strong> of {minutes(shown.seconds * 1000)}
        </p>
        <p>
          <span>Whole talk</span>
          <strong>{minutes(elapsed)}</strong> of {minutes(whole)}
        </p>
      </div>
      <div className="speaker-bar" aria-hidden="true">
        <span style={{ width: `${Math.min(100, (100 * elapsed) / whole)}%` }} />
        <i style={{ left: `${(100 * before) / whole}%` }} />
      </div>
      <p className="text-label text-ink-2">
        Chapter {chapter.number}, {chapter.title}.{' '}
        {wall.startedAt === null
          ? 'The clock starts when the first beat is left.'
          : `${pace(behind)} Leaving out what can be cut saves ${minutes(cut)}.`}
        {shown.cut && ' This beat can be cut.'}
      </p>
    </>
  )
}

/** Within this, one is on time. */
const ON_TIME_MS = 15_000

const pace = (behind: number): string =>
  Math.abs(behind) <= ON_TIME_MS
    ? 'On time.'
    : `${minutes(Math.abs(behind))} ${behind > 0 ? 'behind' : 'ahead of'} the plan.`

function Votes({ wall, shown }: { readonly wall: WallNow; readonly shown: StageBeat }) {
  const { beat } = shown
  const voted = voteAt(wall.votes, shown)?.place
  return (
    <div>
      <h2>What the room predicts (press 1 to 4)</h2>
      <ol className="speaker-votes">
        {Object.entries(beat.words.answers ?? {}).map(([id, { says }], index) => (
          <li key={id} data-voted={voted === index + 1}>
            <KeyCap name={`${index + 1}`} /> <span>{says}</span> {id === beat.right && <em>what happens</em>}
          </li>
        ))}
      </ol>
    </div>
  )
}
