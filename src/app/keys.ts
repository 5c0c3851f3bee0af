import { tinykeys } from 'tinykeys'
import type { Commands } from '../store/commands'

/** Elements in which keys mean text or have a meaning of their own. */
const OWNS_KEYS = 'input:not([type="radio"]):not([type="range"]), select, textarea, [contenteditable]'
/** Elements that arrows already move. */
const OWNS_ARROWS = 'input, select, textarea, [role="grid"], [role="group"] [data-bit], [contenteditable]'
/** Elements that Space already presses. */
const OWNS_SPACE = `${OWNS_ARROWS}, button, a, summary`

/** The one table of shortcuts. Returns what takes them away again. */
export function bindKeys(commands: Commands, nextTheme: () => void): () => void {
  const unless = (owners: string, act: () => void) => (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.closest(owners)) return
    event.preventDefault()
    act()
  }
  return tinykeys(window, {
    ArrowLeft: unless(OWNS_ARROWS, commands.back),
    ArrowRight: unless(OWNS_ARROWS, commands.step),
    Space: unless(OWNS_SPACE, commands.run),
    '$mod+z': unless(OWNS_KEYS, commands.undo),
    '$mod+Shift+z': unless(OWNS_KEYS, commands.redo),
    '$mod+y': unless(OWNS_KEYS, commands.redo),
    t: unless(OWNS_KEYS, nextTheme),
  })
}
