import { memo, startTransition, useEffect, useState } from 'react'
import { startProof } from '../store/proof'
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

/** Every case, checked in the page: what the thread claimed, the test written by the reader, and how far all this reaches. */
export default function ProofRoom() {
  const [choices, choose] = useProofChoices(USUAL)
  const parts = useOneMoreEachFrame(5)
  useEffect(startProof, [])
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
        <Claimed parts={parts} />
        {parts > 3 && <TestPart choices={choices} choose={choose} />}
        {parts > 4 && <BigPart choices={choices} choose={choose} />}
      </main>
    </>
  )
}

/** What does not depend on the reader's choices. */
const Claimed = memo(function Claimed({ parts }: { readonly parts: number }) {
  return (
    <>
      <div className="proof-first">
        <WallPart />
        {parts > 1 && (
          <section className="grid content-start gap-4" aria-label="What was claimed">
            <div className="proof-heads" aria-hidden>
              <h2>What was claimed</h2>
              <h2>What the model says</h2>
            </div>
            <ClaimsPart />
          </section>
        )}
      </div>
      {parts > 2 && (
        <div className="proof-second">
          <PropertiesPart />
          <ScopePart />
        </div>
      )}
    </>
  )
})

/** How many parts of a long page are there yet: one more with each frame, so that none has to draw them all. */
function useOneMoreEachFrame(all: number): number {
  const [parts, setParts] = useState(1)
  useEffect(() => {
    if (parts === all) return
    const frame = requestAnimationFrame(() => startTransition(() => setParts(parts + 1)))
    return () => cancelAnimationFrame(frame)
  }, [parts, all])
  return parts
}
