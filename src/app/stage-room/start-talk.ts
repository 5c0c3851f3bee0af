import { createStore } from 'zustand/vanilla'
import { createAppStore, EMPTY_EXPERIMENT } from '../../store/app-store'
import { createCommands } from '../../store/commands'
import { startPlayback } from '../../store/playback'
import { roomOf } from '../../store/rooms'
import { beatAtPlace, namesTalk } from '../../story/stage/place'
import { createStage, isOffScript, type Stage } from '../../story/stage/stage'
import type { StageActions } from '../keys'
import { forThisWindow, recall, remember } from '../remembered'
import { isStill } from '../still'
import { fullScreenOf } from './full-screen'
import { pressStageKey } from './stage-keys'
import { keepTrim, recallTrim } from './trim'
import { openLine, type Line, type Trim, type WallNow } from './windows'

const KEPT = 'talk'

/** What this window has, the talk aside. */
interface Room {
  readonly trim: Trim
  readonly missing: readonly string[]
  /** Was the speaker's window refused by the browser? */
  readonly blocked: boolean
  /** Was full screen, when it was last asked for? */
  readonly refused: boolean
}

export interface Talk {
  readonly stage: Stage
  readonly room: ReturnType<typeof createRoom>
  readonly press: (key: string) => void
  readonly actions: StageActions
  /** A click on the wall: back to full screen, where the browser alone has ended it. */
  readonly resume: () => void
}

const createRoom = () =>
  createStore<Room>()(() => ({ trim: recallTrim(), missing: lacking(), blocked: false, refused: false }))

/** What this browser cannot do for a talk. The talk goes on without it. */
function lacking(): readonly string[] {
  return [
    !document.fullscreenEnabled && 'This browser has no full screen for pages: use its own, often F11.',
    !('wakeLock' in navigator) && 'This browser cannot keep the screen awake: switch off the screen saver.',
    !('BroadcastChannel' in window) && 'No channel between windows: open the speaker window from the talk.',
  ].filter((each) => each !== false)
}

let talk: Talk | null = null

/** The talk of this window; begun when first asked for, and following the address from then on. */
export function theTalk(): Talk {
  talk ??= startTalk()
  return talk
}

function startTalk(): Talk {
  const store = createAppStore({ ...EMPTY_EXPERIMENT })
  const commands = createCommands(store)
  startPlayback(store, commands, isStill)
  const room = createRoom()
  const stage = createStage(store, commands, {
    now: Date.now,
    keep: {
      read: () => recall(KEPT, forThisWindow),
      write: (text) => remember(KEPT, text, forThisWindow),
    },
    address: (href) => href !== location.hash && history.replaceState(null, '', href),
  })
  const full = fullScreenOf(document, (refused) => room.setState({ refused }))
  const actions: StageActions = {
    ...stage,
    fullscreen: full.toggle,
    speaker: () => openSpeaker(line, room),
  }
  const press = (key: string): void => pressStageKey(key, commands, store.getState(), actions)
  const line = openLine('stage', (told) => {
    if (!namesTalk(location.hash)) return
    if (told.says === 'key') press(told.key)
    else if (told.says === 'go') stage.goTo(told.index)
    else if (told.says === 'trim') room.setState({ trim: keepTrim(told.trim) })
    else if (told.says === 'restart clock') stage.restartClock()
    tell()
  })
  const tell = (): void => line.tell({ to: 'speaker', says: 'now', now: wallNow(stage, room.getState()) })
  for (const each of [stage.talk, store, room]) each.subscribe(tell)
  const follow = (): void => {
    if (roomOf(location.hash) !== 'stage') commands.pause()
    else if (namesTalk(location.hash) && !stage.isAt(location.hash)) stage.follow(location.hash)
  }
  follow()
  addEventListener('popstate', follow)
  return { stage, room, press, actions, resume: full.resume }
}

function wallNow(stage: Stage, room: Room): WallNow {
  const { script, shows: _shows, spotlight: _spotlight, ...now } = stage.talk.getState()
  return {
    ...now,
    script: script.id,
    off: isOffScript(stage.store.getState(), beatAtPlace({ script, index: now.index }).beat),
    trim: room.trim,
    missing: [...missingIn(room), ...(room.blocked ? [BLOCKED] : [])],
  }
}

/** What the talk has to do without, a sentence each; a refused window aside, which has a link. */
export const missingIn = ({ missing, refused }: Room): readonly string[] => (refused ? [...missing, REFUSED] : missing)

const REFUSED = 'The browser refused full screen: press F, or click, in the window of the wall itself.'

const BLOCKED = 'The browser refused to open the speaker window: follow the link to #/speaker in a window of your own.'

/** Where the speaker's window is found by hand. */
export const SPEAKER_HREF = '#/speaker'

/** Opens the speaker's window; a browser that refuses is remembered, and the link offered. */
function openSpeaker(line: Line, room: Talk['room']): void {
  const opened = window.open(SPEAKER_HREF, 'one-bit-two-names-speaker', 'popup,width=1280,height=820')
  line.know(opened)
  room.setState({ blocked: opened === null })
}
