import './lobby.css'
import { useState } from 'react'
import { useStore } from 'zustand'
import { STAGE_THEMES, stageHref, type StageTheme } from '../../story/stage/place'
import { SCRIPTS, secondsOf } from '../../story/stage/scripts'
import { KeyCap } from '../../views/ui/key-cap'
import { RadioGroup } from '../../views/ui/radio-group'
import { Button } from '../../views/ui/button'
import { minutes } from './clock'
import { LEGEND } from './legend'
import { missingIn, SPEAKER_HREF, theTalk } from './start-talk'
import { ThemeAdvice, TrimControls } from './trim-controls'

const NAMES: Readonly<Record<StageTheme, string>> = { paper: 'paper', dark: 'dark', contrast: 'high contrast' }

/** Where a talk is chosen, and what has to be known before it. */
export function Lobby() {
  const [{ stage, room, actions }] = useState(theTalk)
  const [theme, setTheme] = useState<StageTheme>('paper')
  const here = useStore(room)
  const { trim, blocked } = here
  const startedAt = useStore(stage.talk, (talk) => talk.startedAt)
  return (
    <main className="lobby">
      <nav aria-label="Rooms">
        <a href="#/story">Back to the Story</a>
      </nav>
      <h1 tabIndex={-1}>Stage</h1>
      <p>A talk on this bug, for a projector and a clicker. One window is enough; nothing is fetched once it stands.</p>
      <ul className="lobby-scripts">
        {SCRIPTS.map((script) => (
          <li key={script.id}>
            <a href={stageHref({ script, index: 0, theme })}>{script.title}</a>
            <span>
              {script.beats.length} beats, {minutes(1000 * secondsOf(script.beats))}
              {script.loops && ', goes on by itself and begins anew'}
            </span>
          </li>
        ))}
      </ul>
      <RadioGroup
        label="Theme"
        options={STAGE_THEMES.map((value) => ({ value, label: NAMES[value] }))}
        value={theme}
        onChange={setTheme}
      />
      <ThemeAdvice theme={theme} />
      <TrimControls trim={trim} onTrim={(next) => room.setState({ trim: next })} />
      <div className="flex flex-wrap items-center gap-4">
        <Button onPress={actions.speaker}>Open the speaker window</Button>
        <Button onPress={actions.fullscreen}>Full screen</Button>
        {startedAt !== null && <Button onPress={stage.restartClock}>Forget clock and votes of the last talk</Button>}
      </div>
      {blocked && (
        <p role="alert">
          The browser refused to open a window.{' '}
          <a href={SPEAKER_HREF} target="_blank" rel="opener">
            Open the speaker window by this link
          </a>
          .
        </p>
      )}
      {missingIn(here).map((each) => (
        <p key={each} className="text-label text-ink-2">
          {each}
        </p>
      ))}
      <h2>Keys</h2>
      <ul className="lobby-keys">
        {LEGEND.map(({ does, caps }) => (
          <li key={does}>
            {caps.map((cap) => (
              <KeyCap key={cap} name={cap} />
            ))}
            {does}
          </li>
        ))}
      </ul>
    </main>
  )
}
