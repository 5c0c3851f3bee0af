import { groupedHex, toHex, type Pte } from '../../arch/pte'
import { entryIn, slotOf, pageAt, processAt, type Scene } from '../../trace/scene'
import { wordsAt } from '../../trace/tape'
import { countText } from '../../trace/count-text'

interface LassoProofProps {
  readonly scene: Scene
  /** Without heading, and with a shorter note. */
  readonly compact: boolean
  /** In the smallest type. */
  readonly small: boolean
  /** Only what the comparison comes to: the three words have no room. */
  readonly wordsLeftOut?: boolean
}

/** What stands inside the closed line: the word one lap apart, and how much was compared. Nothing before it closes. */
export function LassoProof({ scene, compact, small, wordsLeftOut = false }: LassoProofProps) {
  const { lasso } = scene.outcome
  if (!lasso) return null
  const slot = slotOf(scene, processAt(scene), pageAt(scene))
  const earlier = wordsAt(scene.tape, lasso.first + 1)
  const before = entryIn(earlier, slot)
  const after = entryIn(scene.words, slot)
  const compared = scene.machine.decidingWords
  let different = 0
  for (let index = 0; index < compared; index++) if (earlier[index] !== scene.words[index]) different++
  return (
    <section className="grid gap-1" aria-label="Proof that the fault is endless">
      {!compact && <h2 className="text-label font-semibold">One lap later</h2>}
      {wordsLeftOut ? (
        <p className="font-mono text-label">XOR = {shortHex(xor(before, after))}</p>
      ) : (
        <Words before={before} after={after} small={small} />
      )}
      <p className="forced-color-adjust-none bg-loop px-2 py-1 text-center text-label font-semibold text-on-loop">
        same state: forever
      </p>
      <p className={`text-note text-ink-2 ${compact ? 'text-right' : ''}`}>
        {compact
          ? `${countText(compared)} words compared, ${different} differ.`
          : `${countText(compared)} words of state compared, ${different} differ. Counters are left out: they decide nothing.`}
      </p>
    </section>
  )
}

interface WordsProps {
  readonly before: Pte
  readonly after: Pte
  readonly small: boolean
}

/** The two words and how they differ, one below the other. */
function Words({ before, after, small }: WordsProps) {
  return (
    <dl className={`grid grid-cols-[auto_1fr] gap-x-2 font-mono ${small ? 'text-note' : 'text-label'}`}>
      <dt className="font-sans text-note text-ink-2">before</dt>
      <dd className="text-right">{groupedHex(before)}</dd>
      <dt className="font-sans text-note text-ink-2">after</dt>
      <dd className="text-right">{groupedHex(after)}</dd>
      <dt className="border-t border-line pt-0.5 font-sans text-note text-ink-2">XOR</dt>
      <dd className="border-t border-line pt-0.5 text-right">{groupedHex(xor(before, after))}</dd>
    </dl>
  )
}

/** Without leading zeros. */
const shortHex = (entry: Pte): string => toHex(entry).replace(/^0+(?=.)/, '')

const xor = (a: Pte, b: Pte): Pte => ({ lo: (a.lo ^ b.lo) >>> 0, hi: (a.hi ^ b.hi) >>> 0 })
