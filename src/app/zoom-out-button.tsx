import { useApp, useCommands } from '../store/use-app'
import { Button } from '../views/ui/button'

/** From the one world to all of its tables; there, the way back stands beside the selected entry. */
export function ZoomOutButton() {
  const away = useApp((state) => state.view === 'tables')
  const commands = useCommands()
  if (away) return null
  return (
    <Button small onPress={commands.zoom}>
      Zoom out
    </Button>
  )
}
