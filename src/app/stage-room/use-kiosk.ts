import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { beatAtPlace } from '../../story/stage/place'
import type { Stage } from '../../story/stage/stage'

/** Whose the wall is: the script's, which goes on by itself; a visitor's; or still a visitor's, who is asked. */
export type Holder = 'script' | 'visitor' | 'asked'

/** Untouched for so long, the visitor is asked; untouched for so long again, the loop begins anew. */
const IDLE_MS = 75_000
const ASKED_MS = 10_000

/**
 * A script that loops goes on by itself after the seconds of each beat, until somebody touches the screen or presses a key; then it
 * waits for them to leave. Nothing happens while the page is hidden. Any other script is the speaker's alone.
 */
export function useKiosk(stage: Stage): Holder {
  const { script, index, shows } = useStore(stage.talk)
  const [holder, setHolder] = useState<Holder>('script')
  const waits = script.loops && holder === 'script'
  useEffect(() => {
    if (!waits) return
    const on = (): void => {
      if (document.visibilityState === 'hidden') return
      // A beat that still moves, or that a visitor has changed, is only brought to rest by the first.
      for (let press = 0; press < 3 && stage.talk.getState().shows === shows; press++) stage.next()
    }
    const timer = setInterval(on, beatAtPlace({ script, index }).seconds * 1000)
    return () => clearInterval(timer)
  }, [stage, waits, script, index, shows])
  useEffect(() => {
    if (!script.loops) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const leave = (): void => {
      setHolder('script')
      stage.goTo(0)
    }
    const ask = (): void => {
      setHolder('asked')
      timer = setTimeout(leave, ASKED_MS)
    }
    const touched = (): void => {
      clearTimeout(timer)
      setHolder('visitor')
      timer = setTimeout(ask, IDLE_MS)
    }
    const means = ['pointerdown', 'keydown'] as const
    for (const each of means) addEventListener(each, touched, { capture: true })
    return () => {
      clearTimeout(timer)
      setHolder('script')
      for (const each of means) removeEventListener(each, touched, { capture: true })
    }
  }, [stage, script])
  return holder
}

/** Where the picture stands in each round, in pixels off its place: a still screen would keep an image of what never moves. */
const PLACES = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
  [-2, 2],
  [-2, 0],
  [-2, -2],
  [0, -2],
  [2, -2],
] as const

/** How far the picture is moved after so many shows of a script that loops. */
export function driftOf({ script, shows }: ReturnType<Stage['talk']['getState']>): string | undefined {
  if (!script.loops) return undefined
  const [x, y] = PLACES[Math.floor(shows / script.beats.length) % PLACES.length]!
  return `${x}px ${y}px`
}
