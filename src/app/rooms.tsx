import { lazy, type ComponentType } from 'react'
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
  /** Has it the window for itself, without the header? */
  readonly bare?: true
}

/** The rooms in the order of their links. All but the Story are fetched when they are entered. */
export const ROOMS: readonly Room[] = [
  { id: 'story', title: 'Story', Content: StoryRoom },
  { id: 'lab', title: 'Lab', Content: fetched(() => import('./lab-room')) },
  { id: 'proof', title: 'Proof', Content: fetched(() => import('./proof-room')) },
  { id: 'clinic', title: 'Clinic', Content: fetched(() => import('./clinic-room')) },
  { id: 'model', title: 'Model', Content: fetched(() => import('./model-room')) },
  { id: 'stage', title: 'Stage', bare: true, Content: fetched(() => import('./stage-room/stage-room')) },
  { id: 'handout', title: 'Handout', aside: true, Content: fetched(() => import('./story/handout-room')) },
  {
    id: 'speaker',
    title: 'Speaker',
    aside: true,
    bare: true,
    Content: fetched(() => import('./stage-room/speaker-room')),
  },
]

/** A room of its own script; where that does not arrive, a page that says so. */
function fetched(load: () => Promise<{ default: ComponentType }>): ComponentType {
  return lazy(() => load().catch(() => ({ default: NotLoaded })))
}
