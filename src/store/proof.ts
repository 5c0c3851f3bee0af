import { createStore } from 'zustand/vanilla'
import type { Limits } from '../explore/search'
import type { BigRunNumbers, Candidate, Explored, ExploredWorld, TheoremResult, Witness } from '../explore/verdict'
import { LINK_DEFAULTS, linkText } from '../trace/link'
import { scenarioById } from '../machine/scenario'
import { decodeRun } from '../trace/codec'
import { brokenText, work, type ProofFound, type ProofMessage, type ProofTask } from './proof-work'
import proofWorker from './proof-worker?worker&url'
import { nextTurn, startWorker } from './workers'

/** What the proof has come to, as far as it has come. Nothing of it is kept: it is computed anew whenever the room opens. */
export interface ProofState {
  /** `stopped`: by the reader; what was found stays and is not all there is. */
  readonly status: 'idle' | 'running' | 'done' | 'stopped' | 'failed'
  /** Why it failed and what to do; null while it has not. */
  readonly message: string | null
  /** Milliseconds that the whole took, and to the first verdict, as measured here and now; null before. */
  readonly ms: number | null
  readonly firstMs: number | null
  /** States met and moves made by all searches so far. */
  readonly states: number
  readonly transitions: number
  readonly explored: readonly Explored[]
  readonly theorems: readonly TheoremResult[]
  readonly candidates: readonly Candidate[]
  /** The latest big run; null before the first. */
  readonly big: BigRunNumbers | null
  readonly bigRuns: boolean
  /** Why it broke and what to do; null where it did not. */
  readonly bigMessage: string | null
}

const NOTHING: ProofState = {
  status: 'idle',
  message: null,
  ms: null,
  firstMs: null,
  states: 0,
  transitions: 0,
  explored: [],
  theorems: [],
  candidates: [],
  big: null,
  bigRuns: false,
  bigMessage: null,
}

export const proofStore = createStore<ProofState>(() => NOTHING)

const set = proofStore.setState
let stopProofWork: (() => void) | null = null
let stopBigWork: (() => void) | null = null

/** Compute everything that the room shows, unless that is done or going on. */
export function startProof(): void {
  const { status } = proofStore.getState()
  if (status === 'running' || status === 'done') return
  const { big, bigRuns, bigMessage } = proofStore.getState()
  set({ ...NOTHING, big, bigRuns, bigMessage, status: 'running' })
  stopProofWork = start({ do: 'prove' }, hearProof)
}

export function stopProof(): void {
  if (proofStore.getState().status !== 'running') return
  stopProofWork?.()
  set({ status: 'stopped' })
}

function hearProof(message: ProofMessage): void {
  switch (message.kind) {
    case 'found':
      return set(message.found.reduce(withFound, proofStore.getState()))
    case 'end':
      return set({ status: 'done', ms: message.ms, firstMs: message.firstMs })
    case 'broken':
      return set({ status: 'failed', message: message.message })
    case 'big':
      return
  }
}

function withFound(state: ProofState, found: ProofFound): ProofState {
  switch (found.kind) {
    case 'met':
      return {
        ...state,
        states: state.states + found.states,
        transitions: state.transitions + found.transitions,
      }
    case 'explored':
      return { ...state, explored: [...state.explored, found.explored] }
    case 'theorem':
      return { ...state, theorems: [...state.theorems, found.theorem] }
    case 'candidate':
      return { ...state, candidates: [...state.candidates, found.candidate] }
  }
}

/** A run of which nothing was heard yet. */
const BEGUN: BigRunNumbers = {
  state: 'running',
  states: 0,
  transitions: 0,
  depth: 0,
  bytes: 0,
  waiting: 0,
  perSecond: 0,
  result: null,
}

/** Begin a run of any size; one that is going on gives way. */
export function startBig(world: ExploredWorld, limits: Limits): void {
  stopBigWork?.()
  set({ big: BEGUN, bigRuns: true, bigMessage: null })
  stopBigWork = start({ do: 'big', world, limits }, hearBig)
}

/** Leave off: the last numbers stay. */
export function stopBig(): void {
  stopBigWork?.()
  if (proofStore.getState().bigRuns) set({ bigRuns: false, big: leftOff('stopped') })
}

/** The last numbers of the big run, which has not come to its end; null before there were any. */
function leftOff(state: BigRunNumbers['state']): BigRunNumbers | null {
  const { big } = proofStore.getState()
  return big && { ...big, state }
}

function hearBig(message: ProofMessage): void {
  if (message.kind === 'big') set({ big: message.big })
  else if (message.kind === 'end') set({ bigRuns: false })
  else if (message.kind === 'broken') set({ bigRuns: false, big: leftOff('broken off'), bigMessage: message.message })
}

/** Do it in a worker, or where there is none on the page, in slices. Returns what stops it. */
function start(task: ProofTask, hear: (message: ProofMessage) => void): () => void {
  const onPage = (): (() => void) => {
    const control = new AbortController()
    const say = (message: ProofMessage): void => {
      if (!control.signal.aborted) hear(message)
    }
    work(task, say, nextTurn, control.signal).catch((error: unknown) =>
      say({ kind: 'broken', message: brokenText(error) }),
    )
    return () => control.abort()
  }
  const worker = startWorker(proofWorker)
  if (!worker) return onPage()
  let stop = () => worker.terminate()
  let heard = false
  worker.addEventListener('message', ({ data }: MessageEvent<ProofMessage>) => {
    heard = true
    hear(data)
    if (data.kind === 'end' || data.kind === 'broken') worker.terminate()
  })
  worker.addEventListener('error', (event) => {
    event.preventDefault()
    worker.terminate()
    // Its script did not arrive or may not run: the page does it.
    if (!heard) stop = onPage()
    else hear({ kind: 'broken', message: brokenText(new Error('the worker broke off.')) })
  })
  worker.postMessage(task)
  return () => stop()
}

/** A counterexample as a link into the Lab, where it plays from the opening's end to where the trouble is seen. */
export function witnessHref(witness: Witness): string {
  const { scenario, machine, kernel, run, cursor } = witness
  const opening = scenarioById(scenario)!.opening
  const choices = [...opening, ...decodeRun(run).choices]
  return linkText({ ...LINK_DEFAULTS, scenario, machine, kernel, choices, cursor, play: true })
}
