import { Suspense, useEffect, useState } from 'react'
import { useCommands } from '../store/use-app'
import type { RoomId } from '../store/rooms'
import { useCopy } from './copy'
import { Spoiler, useSteps } from './embed'
import { embedOf } from './embed-address'
import { Header } from './header'
import { useHelp } from './help'
import { RoomIntro } from './room-intro'
import { ROOMS } from './rooms'
import { useKeys } from './use-keys'
import { useArrival, useRoom } from './use-room'
import { useTheme } from './use-theme'

/** The frame of every room: name and rooms above, the room itself below. The Lab, once met, stays as it was while another is shown. */
export function App() {
  const commands = useCommands()
  const room = useRoom()
  const { theme, nextTheme } = useTheme()
  const help = useHelp()
  const { copy, copied, dialog } = useCopy(room)
  const [metLab, setMetLab] = useState(false)
  if (room === 'lab' && !metLab) setMetLab(true)
  useKeys(room, help.letters, { nextTheme, help: help.show, copy })
  const embed = embedOf(location.search)
  const [revealed, setRevealed] = useState(embed !== 'spoiler')
  useSteps(room, embed !== 'no' && revealed)
  const bare = ROOMS.find(({ id }) => id === room)!.bare === true || embed !== 'no'
  useEffect(() => {
    const { title } = ROOMS.find(({ id }) => id === room)!
    document.title = room === 'story' ? 'One Bit, Two Names' : `${title} · One Bit, Two Names`
    if (room !== 'lab') commands.pause()
  }, [commands, room])
  if (!revealed) return <Spoiler onReveal={() => setRevealed(true)} />
  return (
    <>
      {!bare && (
        <Header room={room} theme={theme} onTheme={nextTheme} onHelp={help.show} onCopy={copy} copied={copied} />
      )}
      {dialog}
      {help.dialog}
      {ROOMS.map(({ id, Content }) =>
        id === room || (id === 'lab' && metLab) ? (
          <div key={id} data-room={id} className={id === room ? undefined : 'left-room'}>
            <Suspense fallback={<p className="px-4 py-12 lg:px-10">Fetching this room …</p>}>
              {id === room && <Arrived room={id} />}
              {embed === 'no' && <RoomIntro room={id} />}
              <Content />
            </Suspense>
          </div>
        ) : null,
      )}
    </>
  )
}

/** Stands in a room that is shown, and there. */
function Arrived({ room }: { readonly room: RoomId }) {
  useArrival(room)
  return null
}
