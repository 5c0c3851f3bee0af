import { useApp, useCommands } from '../store/use-app'
import { Button } from '../views/ui/button'

/** What the reader has to be told, until it is dismissed. */
export function Messages() {
  const messages = useApp((state) => state.messages)
  const commands = useCommands()
  return (
    <div
      role="alert"
      className={messages.length > 0 ? 'grid gap-1 border-b border-rule px-4 py-2 lg:px-10' : 'sr-only'}
    >
      {messages.map((message) => (
        <p key={message} className="flex items-center gap-4 text-label">
          <span>{message}</span>
          <Button small onPress={() => commands.dismiss(message)}>
            Understood
          </Button>
        </p>
      ))}
    </div>
  )
}
