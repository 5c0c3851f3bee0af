import { useEffect, useState } from 'react'
import { useApp, useCommands } from '../store/use-app'
import { Button } from '../views/ui/button'
import { bindKeys } from './keys'
import { LabRoom } from './lab-room'
import { Logo } from './logo'
import { chooseTheme, currentTheme, THEMES, type Theme } from './theme'

/** The frame of every room: name and rooms above, the room itself below. */
export function App() {
  const commands = useCommands()
  const canUndo = useApp((state) => state.done.length > 0)
  const canRedo = useApp((state) => state.undone.length > 0)
  const [theme, setTheme] = useState<Theme>(currentTheme)
  const nextTheme = () => {
    const next = THEMES[(THEMES.indexOf(currentTheme()) + 1) % THEMES.length]!
    chooseTheme(next)
    setTheme(next)
  }
  useEffect(() => bindKeys(commands, nextTheme), [commands])
  return (
    <>
      <header className="flex min-h-11 flex-wrap items-center gap-y-2 py-1 tall:min-h-14 gap-12 border-b border-rule px-4 lg:px-10">
        <a href="./" className="flex items-center gap-3 font-semibold text-ink no-underline">
          <Logo />
          One Bit, Two Names
        </a>
        <nav aria-label="Rooms">
          <a href="#/lab" aria-current="page" className="border-b-2 border-ink pb-1 text-label text-ink">
            Lab
          </a>
        </nav>
        <div className="ml-auto flex flex-wrap justify-end gap-2">
          <Button small disabled={!canUndo} onPress={commands.undo}>
            Undo
          </Button>
          <Button small disabled={!canRedo} onPress={commands.redo}>
            Redo
          </Button>
          <Button small onPress={commands.reset}>
            Reset
          </Button>
          <Button small onPress={nextTheme}>
            Theme: {theme}
          </Button>
        </div>
      </header>
      <LabRoom />
    </>
  )
}
