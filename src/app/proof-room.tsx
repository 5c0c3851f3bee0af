import { memo, useEffect } from 'react'
import { startProof } from '../store/proof'
import { After, InPieces } from '../views/ui/in-pieces'
import { Messages } from './messages'
import {
  BigPart,
  ClaimsPart,
  Progress,
  PropertiesPart,
  Said,
  ScopePart,
  TestPart,
  USUAL,
  WallPart,
} from './proof-parts'
import { useProofChoices } from './use-proof-choices'
import { useProofSettled } from './use-proof-settled'

/**
 * Every case, checked in the page: what the thread claimed, the test written by the reader, and how far all this reaches. Each part is
 * told the frame in which it comes, so that it does when the one before is drawn: a part's own pieces take a frame each.
 */
export default function ProofRoom() {
  const [choices, choose] = useProofChoices(USUAL)
  useEffect(startProof, [])
  const settled = useProofSettled()
  return (
    <>
      <Messages />
      <main className="proof-room">
        <header className="grid gap-2">
          <h1 tabIndex={-1} className="text-lead font-semibold outline-none sm:text-title">
            Is the fix right? Ask every state.
          </h1>
          <p className="max-w-(--measure)">
            In the thread the fix was acked for bare metal, with an honest doubt left about Xen. Here a small machine is
            put into every state it can reach, by the Lab&rsquo;s own steps, while you wait.
          </p>
          <Progress />
        </header>
        <Said />
        <InPieces frames={13}>
          <Claimed />
          <After frames={13}>
            {settled && (
              <InPieces frames={58}>
                <After frames={6}>
                  <Proven />
                </After>
                <After frames={18}>
                  <TestPart choices={choices} choose={choose} />
                </After>
                <After frames={55}>
                  <BigPart choices={choices} choose={choose} />
                </After>
              </InPieces>
            )}
          </After>
        </InPieces>
      </main>
    </>
  )
}

// The next two do not depend on the reader's choices.

const Claimed = memo(function Claimed() {
  return (
    <div className="proof-first">
      <After frames={1}>
        <WallPart />
      </After>
      <After frames={6}>
        <section className="grid content-start gap-4" aria-label="What was claimed">
          <div className="proof-heads" aria-hidden>
            <h2>What was claimed</h2>
            <h2>What the model says</h2>
          </div>
          <ClaimsPart />
        </section>
      </After>
    </div>
  )
})

const Proven = memo(function Proven() {
  return (
    <div className="proof-second">
      <After frames={1}>
        <PropertiesPart />
      </After>
      <After frames={10}>
        <ScopePart />
      </After>
    </div>
  )
})
