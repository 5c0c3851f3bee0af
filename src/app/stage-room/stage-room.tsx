import { useEffect, useSyncExternalStore } from 'react'
import { namesTalk } from '../../story/stage/place'
import { themeOfRoom } from '../theme'
import { Lobby } from './lobby'
import { TalkView } from './talk-view'

const subscribe = (changed: () => void): (() => void) => {
  addEventListener('popstate', changed)
  return () => removeEventListener('popstate', changed)
}

/** A talk where the address names one, else the place where one is chosen. */
export default function StageRoom() {
  const talks = useSyncExternalStore(subscribe, () => namesTalk(location.hash))
  useEffect(() => () => themeOfRoom(null), [])
  return talks ? <TalkView /> : <Lobby />
}
