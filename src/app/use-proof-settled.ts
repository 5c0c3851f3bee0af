import { startTransition, useEffect, useState } from 'react'
import { proofStore, type ProofState } from '../store/proof'

/** So long a search may keep the rest of the room waiting. */
const PATIENCE_MS = 1_000

const isOver = ({ status }: ProofState): boolean => status !== 'idle' && status !== 'running'

/**
 * Has the search come to an end since the room opened, or gone on for a second? What lies further down the room waits for that:
 * to draw it takes time from the search, and then it is drawn once, with all that came of it.
 */
export function useProofSettled(): boolean {
  const [settled, setSettled] = useState(() => isOver(proofStore.getState()))
  useEffect(() => {
    const settle = (): void => startTransition(() => setSettled(true))
    const timer = setTimeout(settle, PATIENCE_MS)
    const unsubscribe = proofStore.subscribe((proof) => {
      if (isOver(proof)) settle()
    })
    return () => {
      clearTimeout(timer)
      unsubscribe()
    }
  }, [])
  return settled
}
