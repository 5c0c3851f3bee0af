import { useState } from 'react'
import type { BriefRun } from '../explore/brief-run'
import { PROPERTIES } from '../explore/properties'
import type { BigRunNumbers, Candidate, Explored, TheoremResult, Witness } from '../explore/verdict'
import { KERNELS, kernelById } from '../kernel/variants'
import { BigRun } from '../views/proof/big-run'
import { Lamp, type Standing } from '../views/proof/lamp'
import { MiniRun } from '../views/proof/mini-run'
import { Lamps, Painter } from '../views/proof/painter'
import '../views/proof/proof.css'
import { PropertyTable } from '../views/proof/property-table'
import { ScopeBox } from '../views/proof/scope-box'
import { Shortest } from '../views/proof/shortest'
import { Sieve } from '../views/proof/sieve'
import { TheoremList } from '../views/proof/theorem-list'
import { THEOREM_WORDS } from '../views/proof/theorem-words'
import { Wall } from '../views/proof/wall'
import { WordStory } from '../views/proof/word-story'
import type { MachineId } from '../machine/platforms'

const nothing = () => {}
const href = () => '#proof'

const WITNESS: Witness = {
  failure: 'endless',
  scenario: 'x1',
  machine: 'xen',
  kernel: 'rc0',
  run: 'w0',
  cursor: 26,
  length: 4,
  beginnings: 1,
}

/** One of each: a lamp that burns, one that does not, and one of which nothing is known. */
const verdictsOf = (failing: number, known: number = PROPERTIES.length): Candidate['verdicts'] =>
  PROPERTIES.map(({ id }, index) => {
    if (index >= known) return { property: id, holds: null, witness: null }
    const fails = index < failing
    return { property: id, holds: !fails, witness: fails ? WITNESS : null }
  })

/** Sample data: not what the explorer finds. */
const candidate = (yes: number): Candidate => ({
  yes,
  bare: yes % 2 === 0,
  xen: yes % 4 === 0,
  specification: yes % 8 === 0,
  verdicts: verdictsOf(yes % 8 === 0 ? 0 : 3),
})
const CANDIDATES = [...Array(16).keys()].map(candidate)

const explored = (kernel: string, machine: MachineId, failing: number, known?: number): Explored => ({
  model: 'rights',
  kernel,
  machine,
  state: known === undefined ? 'done' : 'stopped',
  states: 1000,
  transitions: 2000,
  depth: 90,
  bytes: 250_000,
  verdicts: verdictsOf(failing, known),
  words: new Uint8Array(4096),
  misread: [],
})

const THEOREMS: readonly TheoremResult[] = THEOREM_WORDS.slice(0, -1).map(({ id }, index) => ({
  id,
  holds: [true, false, null][index] ?? true,
  states: 1000,
  transitions: 2000,
  witness: index === 1 ? WITNESS : null,
  numbers: { raised: 1, asked: 2 },
}))

const LOOP: BriefRun = {
  marks: [
    { kind: 'begun', choice: { do: 'access', process: 0, page: 0, access: 'write' } },
    { kind: 'word', lo: 0x165, by: null },
    { kind: 'asked', lo: 0x165, yes: true },
    { kind: 'hinted' },
    { kind: 'word', lo: 0x165, by: 'xen' },
  ],
  comesBack: true,
}
const LINE: BriefRun = {
  marks: [
    { kind: 'begun', choice: { do: 'exit' } },
    { kind: 'word', lo: 0, by: 'kernel' },
    { kind: 'asked', lo: 0, yes: true },
  ],
  comesBack: false,
}

const BIG: BigRunNumbers = {
  state: 'stopped',
  states: 1_234_567,
  transitions: 4_567_890,
  depth: 83,
  bytes: 52_000_000,
  waiting: 45_678,
  perSecond: 567_890,
  result: explored('rc0', 'xen', 2, 5),
}

const STANDINGS: readonly Standing[] = ['holds', 'narrower', 'given', 'fails', 'unfinished']

/** Everything that the room Proof is made of, on sample data. */
export function ProofSpecimens() {
  const [yes, setYes] = useState(10)
  const [word, setWord] = useState(0x165)
  const words = new Uint8Array(4096)
  words[0x165] = 1
  const onBare = new Uint8Array(4096)
  onBare[0x65] = 1
  const reachable = { bare: onBare, xen: words }
  return (
    <>
      <section aria-label="Lamps" className="flex flex-wrap gap-6 p-4">
        {STANDINGS.map((standing) => (
          <Lamp key={standing} standing={standing} />
        ))}
      </section>
      <section aria-label="Claims: holds, parts, not finished, being computed" className="p-4">
        <TheoremList theorems={THEOREMS} hrefOf={href} />
      </section>
      <section aria-label="Properties, one world not finished" className="p-4">
        <PropertyTable
          explored={[explored('rc0', 'xen', 3), explored('rc1', 'xen', 0), explored('rc0', 'bare', 0, 4)]}
          hrefOf={href}
          nameOf={(id) => kernelById(id)!.name}
        />
      </section>
      <section aria-label="Wall" className="grid max-w-xl gap-4 p-4">
        <h2 className="text-label text-ink-3">Wall</h2>
        <Wall kernel={kernelById('rc0')!} reachable={reachable} selected={word} onSelect={setWord} onOpen={nothing} />
        <WordStory word={word} kernels={KERNELS} reachable={reachable} href="#proof" />
      </section>
      <section aria-label="Painter and sieve" className="p-4">
        <div className="proof-test">
          <Painter yes={yes} candidate={CANDIDATES[yes]} wrong={3} onPaint={setYes}>
            <Lamps candidate={CANDIDATES[yes]} hrefOf={href} />
          </Painter>
          <div className="grid content-start gap-7">
            <Sieve candidates={CANDIDATES} painted={yes} onPaint={setYes} />
            <Shortest
              candidate={CANDIDATES[10]}
              counterexample={{ witness: WITNESS, run: LOOP }}
              against={null}
              onAgainst={nothing}
              hrefOf={href}
            />
          </div>
        </div>
      </section>
      <section aria-label="While they are computed" className="p-4">
        <div className="proof-test">
          <Painter yes={3} candidate={undefined} wrong={null} onPaint={nothing}>
            <Lamps candidate={undefined} hrefOf={href} />
          </Painter>
          <div className="grid content-start gap-7">
            <Sieve candidates={CANDIDATES.slice(0, 6)} painted={3} onPaint={nothing} />
            <MiniRun run={LINE} yes={3} />
          </div>
        </div>
      </section>
      <section aria-label="Scope and a run left off" className="grid gap-6 p-4">
        <ScopeBox
          states={10_000}
          transitions={20_000}
          finished
          ms={null}
          firstMs={40}
          models={['One page, one CPU.', 'The same, and more.']}
        />
        <BigRun
          models={[{ id: 'pages', says: 'Three pages, two CPUs.' }]}
          kernels={KERNELS.map(({ id, name }) => ({ value: id, label: name }))}
          world={{ model: 'pages', kernel: 'rc1', machine: 'xen' }}
          onChoose={nothing}
          run={BIG}
          running={false}
          message="There is no memory left for this run."
          onStart={nothing}
          onStop={nothing}
          hrefOf={href}
        />
      </section>
    </>
  )
}
