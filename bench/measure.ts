import { cpus, loadavg } from 'node:os'

/** The value that half of the others stay below. */
export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** The value that this share of the others stays below; the nearest of those measured. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** How many times each job is measured, after as many runs as it takes to warm up. */
const ROUNDS = 31
const WARM_MS = 150
/** One measurement lasts at least this long: a short job is run many times in it. */
const ROUND_MS = 4

/** What each job's result is given to, so that no engine can leave the job out. */
let kept: unknown

/** Milliseconds that one run of the job takes: the median over many rounds, once it is warm. */
export function timeOf(job: () => unknown): number {
  const warmUntil = performance.now() + WARM_MS
  let runs = 0
  const began = performance.now()
  do {
    kept = job()
    runs++
  } while (performance.now() < warmUntil)
  const batch = Math.max(1, Math.ceil((ROUND_MS * runs) / (performance.now() - began)))
  return median(Array.from({ length: ROUNDS }, () => round(job, batch)))
}

function round(job: () => unknown, batch: number): number {
  const began = performance.now()
  for (let run = 0; run < batch; run++) kept = job()
  return (performance.now() - began) / batch
}

/** One way to do a thing, to be timed beside others. */
export interface Design {
  readonly name: string
  readonly run: () => unknown
}

/** Time designs that reach the same, and print each with its ratio to the first. */
export function compare(title: string, designs: readonly Design[]): void {
  console.log(`\n${title}`)
  const times = designs.map(({ run }) => timeOf(run))
  for (const [index, { name }] of designs.entries()) {
    const ratio = times[index]! / times[0]!
    const beside = index === 0 ? '' : `  ${(ratio < 10 ? ratio.toPrecision(2) : ratio.toFixed(0)).padStart(6)} ×`
    console.log(`  ${name.padEnd(58)}${milliseconds(times[index]!)}${beside}`)
  }
  if (kept === undefined) throw new Error('A job gave no result, so nothing shows that it ran.')
}

const milliseconds = (time: number): string => `${time.toFixed(time < 0.1 ? 4 : time < 10 ? 2 : 0).padStart(9)} ms`

/** The machine that figures come from and how busy it is, in one line: without it they say nothing. */
export function machineLine(): string {
  const all = cpus()
  const name = all[0]?.model.trim() ?? 'unknown processor'
  const load = loadavg()[0]!.toFixed(1)
  return `${all.length} × ${name}, ${process.platform} ${process.arch}, Node ${process.versions.node}, load ${load}`
}
