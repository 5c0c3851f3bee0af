import { startTransition, useEffect, useState, type ReactNode } from 'react'

interface Props {
  readonly frames: number
  readonly children: ReactNode
}

/** What is there so many frames after what is around it: a long page is then drawn piece by piece, and answers in between. */
export function After({ frames, children }: Props) {
  const [left, setLeft] = useState(frames)
  useEffect(() => {
    if (left === 0) return
    const frame = requestAnimationFrame(() => startTransition(() => setLeft(left - 1)))
    return () => cancelAnimationFrame(frame)
  }, [left])
  return left === 0 && children
}
