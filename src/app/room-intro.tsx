import { useState } from 'react'
import type { RoomId } from '../store/rooms'
import { Button } from '../views/ui/button'
import { recall, remember } from './remembered'

/** What one can do in a room, in three lines. The Story needs none: it says what to do at every beat. */
const INTROS: Readonly<Partial<Record<RoomId, readonly string[]>>> = {
  lab: [
    'Step takes one step, Run goes to the end; each step says what it did, and Back undoes it.',
    'Click any bit, change kernel, machine, scenario or access, and run again: nothing can be broken for good.',
    'Compare shows two worlds side by side, Zoom out every entry of the process; Keys lists the keys.',
  ],
  proof: [
    'Every state of a small machine is met while you watch: the lamps say what always holds, and what does not.',
    'What fails plays: each counterexample opens in the Lab, at the step where it goes wrong.',
    'Paint your own test below, and see which of the worlds it survives.',
  ],
  model: [
    'Each rule of the simulation, with file and function upstream, and the tests that name it.',
    'What is left out stands beside it, read out of the code itself.',
    'A rule that you doubt can be looked up: every source is a link.',
  ],
}

const nameOf = (room: RoomId): string => `intro-${room}`

/** The three lines, until they are dismissed, which holds for ever where the browser keeps anything. */
export function RoomIntro({ room }: { readonly room: RoomId }) {
  const lines = INTROS[room]
  const [open, setOpen] = useState(() => recall(nameOf(room)) === null)
  if (!lines || !open) return null
  const dismiss = () => {
    setOpen(false)
    remember(nameOf(room), 'seen')
  }
  return (
    <section
      aria-label="What to do here"
      className="flex flex-wrap items-start justify-between gap-x-8 gap-y-3 border-b border-rule bg-bg-2 px-4 py-3 text-label min-[1440px]:px-10"
    >
      <ul className="grid gap-1">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Button small onPress={dismiss}>
        Understood
      </Button>
    </section>
  )
}
