import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { quadrant } from '../arch/predicate'
import { briefRun } from '../explore/brief-run'
import { BIG_MODELS, PAGE_MODELS } from '../explore/models'
import { PROPERTIES } from '../explore/properties'
import type { Explored } from '../explore/verdict'
import type { MachineId } from '../machine/platforms'
import { KERNELS, kernelById } from '../kernel/variants'
import type { ProofChoices } from '../store/proof-link'
import { wordHref } from '../store/word-link'
import { proofStore, startBig, startProof, stopBig, stopProof, witnessHref, type ProofState } from '../store/proof'
import { BigRun } from '../views/proof/big-run'
import { counterexampleTo } from '../views/proof/counterexample'
import { Lamps, Painter } from '../views/proof/painter'
import '../views/proof/proof.css'
import { PropertyTable } from '../views/proof/property-table'
import { ScopeBox } from '../views/proof/scope-box'
import { Shortest } from '../views/proof/shortest'
import { Sieve } from '../views/proof/sieve'
import { SIEVE_ORDER } from '../views/proof/sieve-order'
import { SHIPPED } from '../views/proof/surprises'
import { TheoremList } from '../views/proof/theorem-list'
import { THEOREM_WORDS } from '../views/proof/theorem-words'
import { Wall } from '../views/proof/wall'
import { WordStory } from '../views/proof/word-story'
import { Button } from '../views/ui/button'
import { After, useOneByOne } from '../views/ui/in-pieces'
import { OneOf } from '../views/ui/one-of'
import { countText } from '../trace/count-text'

/** A big run ends here at the latest. */
const LIMITS = { states: 20_000_000, bytes: 1_500_000_000 }
/** What is chosen before the reader chooses. */
export const USUAL: ProofChoices = {
  test: SHIPPED,
  against: null,
  big: { model: BIG_MODELS[0]!.id, kernel: 'rc1', machine: 'xen' },
}

const nameOf = (kernel: string): string => kernelById(kernel)?.name ?? kernel

/**
 * What a part shows of the proof: it is drawn anew when that has changed, and not with all the rest; and when the page finds the time, in
 * pieces, for news comes faster than it can be read.
 */
const useProof = <Shown,>(shown: (proof: ProofState) => Shown): Shown =>
  useDeferredValue(useStore(proofStore, useShallow(shown)))

/** How far it is, with a way to stop it or to begin again. */
export function Progress() {
  const { status, message, ms, firstMs } = useProof(({ status, message, ms, firstMs }) => ({
    status,
    message,
    ms,
    firstMs,
  }))
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-3 text-label">
      {status === 'running' && (
        <>
          <span>Checking every case…</span>
          <Button small onPress={stopProof}>
            Stop
          </Button>
        </>
      )}
      {status === 'done' && (
        <span>
          Every case checked in {countText(ms!)} ms; the first verdict came after {Math.round(firstMs ?? 0)} ms.
        </span>
      )}
      {(status === 'stopped' || status === 'failed') && (
        <>
          <span role={status === 'failed' ? 'alert' : undefined}>
            {status === 'failed' ? message : 'Stopped. What was found stays; the rest is not finished.'}
          </span>
          <Button small onPress={startProof}>
            Check every case
          </Button>
        </>
      )}
    </div>
  )
}

/** What a screen reader hears once the proof is done. */
export function Said() {
  const { status, theorems, candidates } = useProof(({ status, theorems, candidates }) => ({
    status,
    theorems,
    candidates,
  }))
  const text =
    status !== 'done'
      ? ''
      : [
          ...THEOREM_WORDS.flatMap(({ id, claim, verdict }) => {
            const result = theorems.find((theorem) => theorem.id === id)
            return result ? `${claim} ${verdict(result)}` : []
          }),
          `Of ${candidates.length} tests ${candidates.filter(({ bare, xen, specification }) => bare && xen && specification).length} is left.`,
        ].join(' ')
  return (
    <p className="sr-only" role="status">
      {text}
    </p>
  )
}

/** Present, user, accessed and dirty, with the bit that Xen adds: the word in which the bug is met. */
const FIRST_WORD = 0x165
const WALL_KERNELS = ['rc0', 'rc1']

/** Every word of twelve bits, as a kernel of the reader's choice judges it. */
export function WallPart() {
  const explored = useOneByOne(useProof((proof) => proof.explored))
  const [word, setWord] = useState(FIRST_WORD)
  const [kernel, setKernel] = useState('rc0')
  const story = useRef<HTMLDivElement>(null)
  const wordsOn = (machine: MachineId): Uint8Array | null =>
    explored.find((each) => each.kernel === 'rc1' && each.machine === machine)?.words ?? null
  const [bare, xen] = [wordsOn('bare'), wordsOn('xen')]
  const reachable = useMemo(() => ({ bare, xen }), [bare, xen])
  const openStory = useCallback(() => story.current?.focus(), [])
  return (
    <section className="grid content-start gap-4" aria-label="Every word">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h2 className="text-lead font-semibold">Every word of twelve bits</h2>
        <OneOf
          as="radios"
          label="Judged by"
          options={WALL_KERNELS.map((id) => ({ value: id, label: nameOf(id) }))}
          value={kernel}
          onChange={setKernel}
        />
      </div>
      <div className="proof-wall-room">
        <After frames={1}>
          <Wall
            kernel={kernelById(kernel)!}
            reachable={reachable}
            selected={word}
            onSelect={setWord}
            onOpen={openStory}
          />
        </After>
        <After frames={3}>
          <WordStory
            ref={story}
            word={word}
            kernels={KERNELS}
            reachable={reachable}
            href={wordHref(word, kernel, xen?.[word] ? 'xen' : 'bare')}
          />
        </After>
      </div>
    </section>
  )
}

/** What was claimed, and what the model says to it. `only`: the ids of the claims to show; all where nothing is said. */
export function ClaimsPart({ only }: { readonly only?: readonly string[] }) {
  const theorems = useOneByOne(useProof((proof) => proof.theorems))
  return <TheoremList theorems={theorems} hrefOf={witnessHref} {...(only && { only })} />
}

/** Every property in every world that was met whole. */
export function PropertiesPart() {
  const found = useProof((proof) => proof.explored)
  const explored = useMemo(() => inOrder(found), [found])
  return (
    <section className="grid content-start gap-4" aria-label="Properties">
      <h2 className="text-lead font-semibold">
        {PROPERTIES.length} properties, {explored.length} worlds
      </h2>
      <PropertyTable explored={explored} hrefOf={witnessHref} nameOf={nameOf} />
    </section>
  )
}

/** By kernel, and bare metal first: the order of reading, not that of computing. */
const inOrder = (explored: ProofState['explored']): ProofState['explored'] =>
  explored.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))

const placeOf = ({ kernel, machine }: Explored): string => `${kernel} ${machine}`

const MODELS_SAY = PAGE_MODELS.map(({ says }) => says)

/** How far all of it reaches. */
export function ScopePart() {
  const { states, transitions, status, ms, firstMs } = useProof(({ states, transitions, status, ms, firstMs }) => ({
    states,
    transitions,
    status,
    ms,
    firstMs,
  }))
  return (
    <ScopeBox
      states={states}
      transitions={transitions}
      finished={status === 'done'}
      ms={ms}
      firstMs={firstMs}
      models={MODELS_SAY}
    />
  )
}

interface TestPartProps {
  readonly choices: ProofChoices
  readonly choose: (choices: ProofChoices) => void
  /** Without the sieve. */
  readonly brief?: boolean
}

/** The test that the reader writes, and what becomes of it. */
export function TestPart({ choices, choose, brief = false }: TestPartProps) {
  const { test: painted, against } = choices
  const setPainted = useCallback((test: number) => choose({ ...choices, test }), [choices, choose])
  const setAgainst = useCallback(
    (property: ProofChoices['against']) => choose({ ...choices, against: property }),
    [choices, choose],
  )
  const candidate = useProof(({ candidates }) => candidates.find(({ yes }) => yes === painted))
  // The counterexample is played through, which nobody has to wait for who paints.
  const judged = useDeferredValue(candidate)
  const counterexample = useMemo(() => {
    const witness = judged && counterexampleTo(judged, against)
    return witness ? { witness, run: briefRun(witness) } : null
  }, [judged, against])
  const asked = counterexample?.run.marks.findLast((mark) => mark.kind === 'asked')
  return (
    <section className="proof-write grid gap-6" aria-label="Write the test">
      <div className="grid gap-1">
        <h2 className="text-lead font-semibold">Write the test</h2>
        <p className="text-ink-2">
          {SIEVE_ORDER.length} tests are possible over PRESENT and bit 8. Click the squares that should say yes.
        </p>
      </div>
      <After frames={1}>
        <div className="proof-test">
          <Painter yes={painted} candidate={candidate} wrong={asked ? quadrant(asked.lo) : null} onPaint={setPainted}>
            <Lamps candidate={candidate} hrefOf={witnessHref} />
          </Painter>
          <div className="grid gap-7">
            {!brief && (
              <After frames={9}>
                <SievePart painted={painted} onPaint={setPainted} />
              </After>
            )}
            <After frames={28}>
              <Shortest
                candidate={judged}
                counterexample={counterexample}
                against={against}
                onAgainst={setAgainst}
                hrefOf={witnessHref}
              />
            </After>
          </div>
        </div>
      </After>
    </section>
  )
}

interface SievePartProps {
  readonly painted: number
  readonly onPaint: (test: number) => void
}

/** All tests, and what is left of them. */
export function SievePart(props: SievePartProps) {
  const candidates = useProof((proof) => proof.candidates)
  return <Sieve candidates={candidates} {...props} />
}

/** A larger model, started by the reader. */
export function BigPart({ choices, choose }: Pick<TestPartProps, 'choices' | 'choose'>) {
  const { big, bigRuns, bigMessage } = useProof(({ big, bigRuns, bigMessage }) => ({ big, bigRuns, bigMessage }))
  return (
    <BigRun
      models={BIG_MODELS}
      kernels={KERNELS.map(({ id, name }) => ({ value: id, label: name }))}
      world={choices.big}
      onChoose={(world) => choose({ ...choices, big: world })}
      run={big}
      running={bigRuns}
      message={bigMessage}
      onStart={() => startBig(choices.big, LIMITS)}
      onStop={stopBig}
      hrefOf={witnessHref}
    />
  )
}
