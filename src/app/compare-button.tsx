import { useApp, useCommands } from '../store/use-app'
import { Button } from '../views/ui/button'

/** From the one world to two side by side; there, the way back stands beside the worlds. */
export function CompareButton() {
  const compares = useApp((state) => state.view === 'compare')
  const commands = useCommands()
  if (compares) return null
  return (
    <Button small onPress={commands.compare}>
      Compare
    </Button>
  )
}
