import { useSyncExternalStore } from 'react'

const query = () => matchMedia('(prefers-reduced-motion: reduce)')

/** Did the reader ask for less motion? */
export const isStill = (): boolean => query().matches

/** The same, following the system. */
export const useStill = (): boolean =>
  useSyncExternalStore((changed) => {
    const media = query()
    media.addEventListener('change', changed)
    return () => media.removeEventListener('change', changed)
  }, isStill)
