import './lab-room.css'
import { Messages } from './messages'
import { Stage } from './stage'
import { TapePanel } from './tape-panel'
import { WorldLine } from './world-line'

/** The Lab: everything can be tried, and nothing can be broken for good. */
export function LabRoom() {
  return (
    <main className="lab-room">
      <h1 className="sr-only">Lab</h1>
      <Messages />
      <WorldLine />
      <Stage />
      <TapePanel />
    </main>
  )
}
