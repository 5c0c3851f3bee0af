import { useMedia } from './media'

const QUERY = '(prefers-reduced-motion: reduce)'

/** Did the reader ask for less motion? */
export const isStill = (): boolean => matchMedia(QUERY).matches

/** The same, following the system. */
export const useStill = (): boolean => useMedia(QUERY)
