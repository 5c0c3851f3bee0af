/** The rooms there are, by the first word of their addresses: `#/story`, `#/lab`, `#/proof`, `#/clinic`, … */
export const ROOM_IDS = ['story', 'lab', 'proof', 'clinic', 'model', 'stage', 'handout', 'speaker'] as const
export type RoomId = (typeof ROOM_IDS)[number]

/** The room an address leads to; the Story, which says what it does not understand, for all others. */
export function roomOf(hash: string): RoomId {
  const word = /^#\/([a-z]+)(?:$|[?/])/.exec(hash)?.[1]
  return ROOM_IDS.find((id) => id === word) ?? 'story'
}
