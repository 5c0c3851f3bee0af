import { useEffect, useState, useSyncExternalStore } from 'react'
import { needsProof, type Beat, type Known } from '../../story/beat'
import { sceneOf } from '../../store/derived'
import { useApp } from '../../store/use-app'

type Recorded = Known['recorded']
type Candidates = Known['candidates']

const NO_CANDIDATES: Candidates = []

/** What the numbers of a beat are computed from; what has to be fetched or proved comes later. */
export function useKnown(beat: Beat): Known {
  const scene = useApp(sceneOf)
  const candidates = useCandidates(needsProof(beat.figure))
  const recorded = useRecorded(beat.figure.shows === 'stuck')
  return { scene, candidates, recorded }
}

interface Proof {
  readonly subscribe: (changed: () => void) => () => void
  readonly candidates: () => Candidates
}

const NOTHING: Proof = { subscribe: () => () => {}, candidates: () => NO_CANDIDATES }

/** The sixteen tests, tried by the proof, which is fetched and begun when first asked for. Where it cannot be fetched their numbers stay open. */
function useCandidates(asked: boolean): Candidates {
  const [proof, setProof] = useState(NOTHING)
  useEffect(() => {
    if (!asked) return
    const begin = ({ proofStore, startProof }: typeof import('../../store/proof')) => {
      startProof()
      setProof({ subscribe: proofStore.subscribe, candidates: () => proofStore.getState().candidates })
    }
    import('../../store/proof').then(begin, () => {})
  }, [asked])
  return useSyncExternalStore(proof.subscribe, proof.candidates)
}

let fetched: Promise<Recorded> | null = null

/** The recorded first program of 2015. Where it cannot be fetched its numbers stay open. */
function useRecorded(asked: boolean): Recorded {
  const [recorded, setRecorded] = useState<Recorded>(null)
  useEffect(() => {
    if (!asked) return
    fetched ??= import('../../story/recorded-first-program')
      .then(({ firstProgram }) => firstProgram())
      .catch(() => (fetched = null))
    void fetched.then(setRecorded)
  }, [asked])
  return recorded
}
