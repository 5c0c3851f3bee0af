import type { Commands } from '../../store/commands'
import type { AppState } from '../../store/app-store'
import { stageKey, stageShortcut, type PageActions, type StageActions } from '../keys'

/** Two presses of a clicker lie farther apart than this; what comes sooner is one press heard twice. */
const APART_MS = 80

const NOBODY: Omit<PageActions, 'stage'> = {
  nextTheme: () => {},
  help: () => {},
  copy: () => {},
  nextScene: () => {},
  focus: () => {},
  story: { next: () => {}, back: () => {}, again: () => {}, answer: () => {}, sources: () => {} },
}

/** Do what the table says of this key. */
export function pressStageKey(key: string, commands: Commands, now: AppState, stage: StageActions): void {
  stageShortcut(key)?.act(commands, { ...NOBODY, stage }, now)
}

/**
 * Hears every key of the window: those of the table are handed on, all others do nothing. A key that is held down is one
 * press. No wheel zooms, no menu opens, and no button keeps the focus. Returns what ends it.
 */
export function bindStageKeys(onKey: (key: string) => void): () => void {
  let last = -Infinity
  const press = (event: KeyboardEvent): void => {
    const key = stageKey(event)
    // The system's own keys stay the system's.
    if (key === null || ['Control', 'Alt', 'Meta', 'Shift'].includes(event.key)) return
    event.preventDefault()
    event.stopPropagation()
    if (event.repeat || event.timeStamp - last < APART_MS || !stageShortcut(key)) return
    last = event.timeStamp
    onKey(key)
  }
  const release = (event: KeyboardEvent): void => {
    if (stageKey(event) !== null) event.preventDefault()
  }
  const noMenu = (event: Event): void => event.preventDefault()
  const noZoom = (event: WheelEvent): void => event.preventDefault()
  const letGo = (): void => {
    const held = document.activeElement
    if (held instanceof HTMLElement && held !== document.body) held.blur()
  }
  addEventListener('keydown', press, { capture: true })
  addEventListener('keyup', release, { capture: true })
  addEventListener('contextmenu', noMenu)
  addEventListener('wheel', noZoom, { passive: false })
  addEventListener('click', letGo)
  return () => {
    removeEventListener('keydown', press, { capture: true })
    removeEventListener('keyup', release, { capture: true })
    removeEventListener('contextmenu', noMenu)
    removeEventListener('wheel', noZoom)
    removeEventListener('click', letGo)
  }
}
