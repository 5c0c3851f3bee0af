import './talk.css'
import { useEffect, useLayoutEffect, useState } from 'react'
import { useStore } from 'zustand'
import { AppContext } from '../../store/use-app'
import { needsProof } from '../../story/beat'
import { beatAtPlace } from '../../story/stage/place'
import { isOffScript } from '../../story/stage/stage'
import { fetchFigures } from '../story/story-figure'
import { useSwipe } from '../swipe'
import { themeOfRoom } from '../theme'
import { KioskBar } from './kiosk-bar'
import { Overview } from './overview'
import { Slide } from './slide'
import { bindStageKeys } from './stage-keys'
import { theTalk } from './start-talk'
import { filterOf } from './trim'
import { driftOf, useKiosk } from './use-kiosk'
import { useIdle } from './use-idle'
import { useWakeLock } from './use-wake-lock'

/** The wall: one slide, what lies over it, and nothing else. */
export function TalkView() {
  const [{ stage, room, press, resume }] = useState(theTalk)
  const { store, commands, talk } = stage
  const state = useStore(talk)
  const { script, index, theme, cover, overview, typed, votes, shows, spotlight } = state
  const { trim } = useStore(room)
  const shown = beatAtPlace(state)
  const off = useStore(store, (run) => isOffScript(run, shown.beat))
  const idle = useIdle()
  useLayoutEffect(() => themeOfRoom(theme), [theme])
  // Whoever sees the slide may press: keys are heard before it is painted.
  useLayoutEffect(() => bindStageKeys(press), [press])
  useEffect(() => {
    addEventListener('click', resume)
    return () => removeEventListener('click', resume)
  }, [resume])
  useWakeLock()
  const [fetched, setFetched] = useState(false)
  useEffect(() => {
    // Once a talk stands, the network may go.
    const fonts = [...document.fonts].map((font) => font.load())
    void Promise.allSettled([fetchFigures(), ...fonts]).then(() => setFetched(true))
  }, [])
  useEffect(() => {
    // What the proof says is known before the talk comes to it. What does not arrive now is asked for again there.
    if (script.beats.some(({ beat }) => needsProof(beat.figure)))
      import('../../store/proof').then(
        ({ startProof }) => startProof(),
        () => {},
      )
  }, [script])
  const holder = useKiosk(stage)
  const swipes = useSwipe({ left: stage.next, right: stage.back })
  return (
    <AppContext value={{ store, commands }}>
      <main
        className="talk"
        data-idle={idle}
        data-cover={cover}
        data-fetched={fetched}
        data-spotlight={spotlight}
        data-beat={`${script.id}/${index + 1}`}
        {...(script.loops && swipes)}
      >
        <Slide
          key={shows}
          shown={shown}
          theme={theme}
          votes={votes}
          onVote={stage.vote}
          progress={(index + 1) / script.beats.length}
          off={off}
          style={{ filter: filterOf(trim), translate: driftOf(state) }}
        >
          {overview && <Overview stage={stage} room={room} />}
          {typed !== null && (
            <p className="slide-number" role="status">
              Beat {typed === '' ? '…' : typed} of {script.beats.length}
            </p>
          )}
        </Slide>
        <KioskBar stage={stage} holder={holder} />
        {cover !== 'none' && <div className="talk-cover" data-cover={cover} role="status" aria-label={cover} />}
      </main>
    </AppContext>
  )
}
