import { lazy, memo, type ComponentType } from 'react'
import type { RoomId } from '../store/rooms'
import { NotLoaded } from './not-loaded'
import { StoryRoom } from './story/story-room'

/** A room: what its link says, and what is in it. */
export interface Room {
  readonly id: RoomId
  readonly title: string
  /** Is it led to from another room, and not by a link of its own? */
  readonly aside?: true
  readonly Content: ComponentType
  /** Fetch its script ahead, where it has one of its own. */
  readonly fetch?: () => void
  /** Has it the window for itself, without the header? */
  readonly bare?: true
}

/** The rooms in the order of their links. All but the Story are fetched when they are entered, or when a link to them is pointed at. */
export const ROOMS: readonly Room[] = [
  { id: 'story', title: 'Story', Content: StoryRoom },
  { id: 'lab', title: 'Lab', ...fetched(() => import('./lab-room')) },
  { id: 'proof', title: 'Proof', ...fetched(() => import('./proof-room')) },
  { id: 'clinic', title: 'Clinic', ...fetched(() => import('./clinic-room')) },
  { id: 'model', title: 'Model', ...fetched(() => import('./model-room')) },
  { id: 'stage', title: 'Stage', bare: true, ...fetched(() => import('./stage-room/stage-room')) },
  { id: 'handout', title: 'Handout', aside: true, ...fetched(() => import('./story/handout-room')) },
  {
    id: 'speaker',
    title: 'Speaker',
    aside: true,
    bare: true,
    ...fetched(() => import('./stage-room/speaker-room')),
  },
]

/**
 * A room of its own script; where that does not arrive, a page that says so. It is asked nothing by the frame around it, so a change there
 * draws none of it anew: not the Lab either, which stays while another room is shown.
 */
function fetched(load: () => Promise<{ default: ComponentType }>): Required<Pick<Room, 'Content' | 'fetch'>> {
  const arrived = async () => {
    const { default: Room } = await load().catch(() => ({ default: NotLoaded }))
    return { default: memo(Room) }
  }
  return { Content: lazy(arrived), fetch: () => void arrived() }
}
