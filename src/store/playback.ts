import type { AppStore, Speed } from './app-store'
import type { Commands } from './commands'

/** Milliseconds from one tick to the next while playing. */
export const TICK_MS: Record<Speed, number> = { slow: 420, normal: 150, fast: 50 }

/**
 * Let time pass while the store says that it plays. With `still`, playing is a jump to the end, at once: for readers who asked
 * for less motion. Returns what stops it.
 */
export function startPlayback(store: AppStore, commands: Commands, still: () => boolean): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null
  const tick = (): void => {
    timer = null
    if (!store.getState().playing) return
    commands.playOn()
    arm()
  }
  const arm = (): void => {
    const { playing, speed } = store.getState()
    if (!playing) return
    if (still()) commands.playToEnd()
    else timer ??= setTimeout(tick, TICK_MS[speed])
  }
  const unsubscribe = store.subscribe(arm)
  return () => {
    unsubscribe()
    if (timer !== null) clearTimeout(timer)
  }
}
