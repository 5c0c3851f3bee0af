import { useEffect } from 'react'
import { useStore } from 'zustand'
import { beatAtPlace } from '../../story/stage/place'
import type { Stage } from '../../story/stage/stage'

/** A script that loops goes on by itself after the seconds of each beat; nothing happens while the page is hidden. */
export function useKiosk(stage: Stage): void {
  const { script, index, shows } = useStore(stage.talk)
  useEffect(() => {
    if (!script.loops) return
    const { seconds } = beatAtPlace({ script, index })
    const on = (): void => {
      if (document.visibilityState === 'hidden') return
      // A beat that still moves, or that a visitor has changed, is only brought to rest by the first.
      for (let press = 0; press < 3 && stage.talk.getState().shows === shows; press++) stage.next()
    }
    const timer = setInterval(on, seconds * 1000)
    return () => clearInterval(timer)
  }, [stage, script, index, shows])
}
