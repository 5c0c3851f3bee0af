import { useEffect, useState } from 'react'
import { startProof } from '../../store/proof'
import type { Figure } from '../../story/beat'
import { ClaimsPart, ScopePart, SievePart, TestPart, USUAL, WallPart } from '../proof-parts'

/** The claims that the story tells of; all are in the Proof. */
const TOLD = ['bare-same', 'xen-as-bare', 'numa-on-xen']

/** The test that says no everywhere: the reader begins with an empty square. */
const NOTHING_PAINTED = 0

/** Parts of the Proof, as the story shows them. The proof is computed when the first is seen. */
export default function ProofFigure({ figure }: { readonly figure: Figure }) {
  const [choices, choose] = useState({ ...USUAL, test: figure.shows === 'painter' ? NOTHING_PAINTED : USUAL.test })
  useEffect(startProof, [])
  switch (figure.shows) {
    case 'painter':
      return <TestPart choices={choices} choose={choose} brief />
    case 'sieve':
      return <SievePart painted={choices.test} onPaint={(test) => choose({ ...choices, test })} />
    case 'wall':
      return <WallPart />
    case 'claims':
      return <ClaimsPart only={TOLD} />
    default:
      return <ScopePart />
  }
}
