import { useState } from 'react'
import { useCommands } from '../store/use-app'
import { NOT_KEPT } from './remembered'
import { chooseTheme, currentTheme, THEMES, type Theme } from './theme'

/** The theme in force, and how to go on to the next one. */
export function useTheme(): { readonly theme: Theme; readonly nextTheme: () => void } {
  const commands = useCommands()
  const [theme, setTheme] = useState<Theme>(currentTheme)
  const nextTheme = () => {
    const next = THEMES[(THEMES.indexOf(currentTheme()) + 1) % THEMES.length]!
    if (!chooseTheme(next)) commands.say(NOT_KEPT)
    setTheme(next)
  }
  return { theme, nextTheme }
}
