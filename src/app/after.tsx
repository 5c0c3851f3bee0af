import { startTransition, useEffect, useState, type ReactNode } from 'react'

/** How many frames have been drawn since this was, up to so many. */
export function useFrames(most: number): number {
  const [frames, setFrames] = useState(0)
  useEffect(() => {
    if (frames >= most) return
    const frame = requestAnimationFrame(() => startTransition(() => setFrames(frames + 1)))
    return () => cancelAnimationFrame(frame)
  }, [frames, most])
  return frames
}

interface Props {
  readonly frames: number
  readonly children: ReactNode
}

/** What is there so many frames after what is around it: a long page is then drawn piece by piece, and answers in between. */
export function After({ frames, children }: Props) {
  return useFrames(frames) === frames && children
}
