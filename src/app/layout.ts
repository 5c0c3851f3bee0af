import { createContext, use } from 'react'
import { useMedia } from './media'

/**
 * How the Lab is put together. `wide` and `middle` have table and path side by side, `middle` with the short path and a
 * smaller table, so that low windows too hold all of it; `phone` stands part under part.
 */
export type LabLayout = 'wide' | 'middle' | 'phone'

/** The layout of a picture that has a size of its own, whatever the window's is. */
export const FixedLayout = createContext<LabLayout | null>(null)

/** The layout that fits the window, or the picture. */
export function useLayout(): LabLayout {
  const fixed = use(FixedLayout)
  const wide = useMedia('(min-width: 1280px) and (min-height: 870px)')
  const middle = useMedia('(min-width: 900px)')
  return fixed ?? (wide ? 'wide' : middle ? 'middle' : 'phone')
}

/** Is the reader pointing with a finger? */
export const useTouch = (): boolean => useMedia('(pointer: coarse)')

/** Is there room for every choice of a setting side by side? */
export const useRoomForChoices = (): boolean => useMedia('(min-width: 1440px)')
