import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { PAGE_MODELS } from '../../explore/models'
import { proofStore, startProof, witnessHref } from '../../store/proof'
import type { Figure } from '../../story/beat'
import { ScopeBox } from '../../views/proof/scope-box'
import { Sieve } from '../../views/proof/sieve'
import { TheoremList } from '../../views/proof/theorem-list'
import { TestPart, USUAL, WallPart } from '../proof-room'
import '../../views/proof/proof.css'

/** The claims that the story tells of; all are in the Proof. */
const TOLD = ['bare-same', 'xen-as-bare', 'numa-on-xen']

/** The test that says no everywhere: the reader begins with an empty square. */
const NOTHING_PAINTED = 0

/** Parts of the Proof, as the story shows them. The proof is computed when the first is seen. */
export default function ProofFigure({ figure }: { readonly figure: Figure }) {
  const proof = useStore(proofStore)
  const [choices, choose] = useState({ ...USUAL, test: figure.shows === 'painter' ? NOTHING_PAINTED : USUAL.test })
  useEffect(startProof, [])
  switch (figure.shows) {
    case 'painter':
      return <TestPart proof={proof} choices={choices} choose={choose} brief />
    case 'sieve':
      return (
        <Sieve candidates={proof.candidates} painted={choices.test} onPaint={(test) => choose({ ...choices, test })} />
      )
    case 'wall':
      return <WallPart proof={proof} />
    case 'claims':
      return <TheoremList theorems={proof.theorems} hrefOf={witnessHref} only={TOLD} />
    default:
      return (
        <ScopeBox
          states={proof.states}
          transitions={proof.transitions}
          finished={proof.status === 'done'}
          ms={proof.ms}
          firstMs={proof.firstMs}
          models={PAGE_MODELS.map(({ says }) => says)}
        />
      )
  }
}
