import { createContext, startTransition, use, useEffect, useMemo, useState, type ReactNode } from 'react'

/** Frames drawn since what is around came; as if it had been there for ever where nothing is drawn in pieces, or no more is. */
const Frames = createContext(Infinity)

interface InPiecesProps {
  /** So many frames are counted; whatever has not come before comes with the last one. */
  readonly frames: number
  readonly children: ReactNode
}

/**
 * A long page that is drawn piece by piece, and answers in between. One count of frames serves all pieces: with counts of their
 * own two of them would now and then come in the same frame.
 */
export function InPieces({ frames: most, children }: InPiecesProps) {
  const [frames, setFrames] = useState(0)
  useEffect(() => {
    if (frames >= most) return
    const frame = requestAnimationFrame(() => startTransition(() => setFrames(frames + 1)))
    return () => cancelAnimationFrame(frame)
  }, [frames, most])
  return <Frames value={frames < most ? frames : Infinity}>{children}</Frames>
}

/** How many frames have been drawn since the piece around came, up to so many; at once so many where nothing is drawn in pieces. */
export const useFrames = (most: number): number => Math.min(most, use(Frames))

interface AfterProps {
  readonly frames: number
  readonly children: ReactNode
}

/** A piece that comes so many frames after the one around it. */
export function After({ frames, children }: AfterProps) {
  const since = use(Frames) - frames
  return since >= 0 && <Frames value={since}>{children}</Frames>
}

/** A list as far as it is drawn: what is there at first, and then one more of it with each frame. */
export function useOneByOne<Item>(list: readonly Item[]): readonly Item[] {
  const [drawn, setDrawn] = useState(list.length)
  const next = Math.min(list.length, drawn + 1)
  useEffect(() => {
    if (drawn === next) return
    const frame = requestAnimationFrame(() => startTransition(() => setDrawn(next)))
    return () => cancelAnimationFrame(frame)
  }, [drawn, next])
  return useMemo(() => list.slice(0, drawn), [list, drawn])
}
