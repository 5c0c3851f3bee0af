import { TICK_MS } from '../store/playback'
import { useApp } from '../store/use-app'
import { useStill } from './still'

/** How long a token travels, in ms: only on a step forward, and not for readers who asked for less motion. */
export function useTravel(): number {
  const forward = useApp((state) => state.forward)
  const playing = useApp((state) => state.playing)
  const speed = useApp((state) => state.speed)
  const still = useStill()
  if (!forward || still) return 0
  return playing ? TICK_MS[speed] * 0.9 : 420
}
