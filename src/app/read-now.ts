import { useEffect, useState } from 'react'
import type { bitsReadNow } from '../trace/bit-readers'
import type { Scene } from '../trace/scene'

/** Once it is there. The first picture does not wait for it. */
let known: typeof bitsReadNow | null = null

/** The bits of an entry that the shown step reads. */
export function useReadNow(scene: Scene, process: number, page: number): readonly number[] {
  const [read, setRead] = useState(() => known)
  useEffect(() => {
    if (read) return
    const arrived = (module: { readonly bitsReadNow: typeof bitsReadNow }) => {
      known = module.bitsReadNow
      setRead(() => known)
    }
    // Without it there are no dots, and Why, which needs it too, says what went wrong.
    import('../trace/bit-readers').then(arrived, () => {})
  }, [read])
  return read ? read(scene, process, page) : []
}
