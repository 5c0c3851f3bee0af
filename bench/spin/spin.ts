// `npm run bench:spin`: the explorer's search beside Spin's compiled verifier, on one small machine that both have. Asks for spin and gcc.
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { machineLine, median } from '../measure'
import { lockSearch } from './lock'

const ROUNDS = 7
const SIZES = [
  { cpus: 5, pages: 2 },
  { cpus: 4, pages: 3 },
]

interface Met {
  readonly states: number
  readonly transitions: number
  readonly seconds: number
}

/** Translates and compiles the model; the verifier can be run again and again. No reduction, so that both meet the same states. */
function compiled(folder: string, { cpus, pages }: (typeof SIZES)[number], ...flags: string[]): () => Met {
  const run = (program: string, ...args: string[]) => execFileSync(program, args, { cwd: folder, encoding: 'utf8' })
  copyFileSync(new URL('lock.pml', import.meta.url), join(folder, 'lock.pml'))
  run('spin', `-DCPUS=${cpus}`, `-DPAGES=${pages}`, '-a', 'lock.pml')
  const verifier = `pan${flags.join('')}`
  run('gcc', '-O2', '-DSAFETY', '-DNOREDUCE', '-DMEMLIM=4000', ...flags, '-o', verifier, 'pan.c')
  return () => {
    const told = run(join(folder, verifier), '-m2000000')
    const [, states] = /(\d+) states, stored/.exec(told)!
    const [, transitions] = /(\d+) transitions/.exec(told)!
    const [, seconds] = /elapsed time ([\d.]+) seconds/.exec(told)!
    return { states: Number(states), transitions: Number(transitions), seconds: Number(seconds) }
  }
}

function explored({ cpus, pages }: (typeof SIZES)[number]): Met {
  const search = lockSearch(cpus, pages)
  const began = performance.now()
  search.advance(Infinity)
  const seconds = (performance.now() - began) / 1000
  // Spin counts the first state as met by a transition too.
  return { states: search.states, transitions: search.transitions + 1, seconds }
}

const perSecond = ({ states, seconds }: Met): number => states / seconds

/** Run each in turn, so that all see the same hours of the machine; states a second of each, round by round. */
function race(runs: Readonly<Record<string, () => Met>>): ReadonlyMap<string, readonly number[]> {
  const speeds = new Map(Object.keys(runs).map((name) => [name, [] as number[]]))
  const met = new Set<string>()
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(runs)) {
      const one = run()
      met.add(`${one.states} states, ${one.transitions} transitions`)
      speeds.get(name)!.push(perSecond(one))
    }
  }
  if (met.size > 1) throw new Error(`Not the same machine: ${[...met].join('; ')}.`)
  console.log(`\n${[...met][0]}`)
  return speeds
}

for (const program of ['spin', 'gcc']) {
  if (spawnSync(program, ['--version']).error) {
    console.error(`There is no ${program} on the PATH. On Debian: apt-get install spin gcc.`)
    process.exit(1)
  }
}

console.log(machineLine())
console.log(`States a second, medians of ${ROUNDS} rounds; × is the ratio to the first line.`)
const folder = mkdtempSync(join(tmpdir(), 'spin-'))
try {
  for (const size of SIZES) {
    const speeds = race({
      'Spin, depth first': compiled(folder, size),
      'Spin, breadth first, as the explorer': compiled(folder, size, '-DBFS'),
      'the explorer': () => explored(size),
    })
    const first = median([...speeds.values()][0]!)
    for (const [name, rounds] of speeds) {
      const speed = median(rounds)
      const shown = Math.round(speed).toLocaleString('en').padStart(11)
      console.log(
        `  ${name.padEnd(40)}${shown}  ${(speed / first).toFixed(2)} ×, first round ${(rounds[0]! / first).toFixed(2)} ×`,
      )
    }
  }
} finally {
  rmSync(folder, { recursive: true })
}
