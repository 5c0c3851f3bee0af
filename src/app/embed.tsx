import { useEffect } from 'react'
import type { RoomId } from '../store/rooms'
import { useCommands } from '../store/use-app'
import { Button } from '../views/ui/button'
import { useStory } from './story/story-context'

/** Lets the page around step: `{ step: 1 }` and `{ step: -1 }` are all that is understood. */
export function useSteps(room: RoomId, active: boolean): void {
  const commands = useCommands()
  const story = useStory()
  useEffect(() => {
    if (!active) return
    const step = ({ source, data }: MessageEvent): void => {
      const by = (data as { readonly step?: unknown } | null)?.step
      if (source !== window.parent || (by !== 1 && by !== -1)) return
      if (room === 'story') (by === 1 ? story.next : story.back)()
      else if (room === 'lab') (by === 1 ? commands.step : commands.back)()
    }
    addEventListener('message', step)
    return () => removeEventListener('message', step)
  }, [room, active, commands, story])
}

/** One button, and nothing told before it is pressed. */
export function Spoiler({ onReveal }: { readonly onReveal: () => void }) {
  return (
    <main className="grid min-h-dvh place-content-center">
      <Button primary onPress={onReveal}>
        Show what happens
      </Button>
    </main>
  )
}
