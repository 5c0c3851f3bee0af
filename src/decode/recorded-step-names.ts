import type { Recording } from './recordings'

const MACHINES = [
  { machine: 'xen', on: 'Xen PV' },
  { machine: 'bare', on: 'bare metal' },
] as const

/** The program's own numbers of its steps; the forked child counts on from 100. */
const STEP_NUMBERS = [...Array.from({ length: 48 }, (_, index) => index + 1), 119]
const HINT_NUMBERS = Array.from({ length: 24 }, (_, index) => index + 1)
/** Accesses of the experiment, by the number of the one on the kernel as shipped. The first was a warm-up. */
const CASE_NUMBERS = Array.from({ length: 9 }, (_, index) => index + 2)

const LOOK = 'Step through it, and see whether the model does what was recorded.'

/** Every step that was recorded on 6.1, by the id of the scenario that it becomes. They are read when one is opened. */
export const RECORDED_STEPS: readonly Recording[] = MACHINES.flatMap(({ machine, on }) => {
  const made = (id: string, title: string): Recording => ({
    id,
    name: id,
    title: `${title}, ${on}`,
    look: LOOK,
    machine,
  })
  return [
    ...STEP_NUMBERS.map((number) => made(`step-${machine}-${number}`, `Recorded step ${number}`)),
    ...HINT_NUMBERS.map((number) => made(`hint-${machine}-${number}`, `Recorded hint ${number}`)),
    ...['long', ...CASE_NUMBERS].map((name) => made(`undone-${machine}-${name}`, `The fix undone, ${name}`)),
  ]
})

/** One line of the menu for all steps of a kind: the first of them opens, and the others are a click away. */
export interface StepGroup {
  readonly id: string
  readonly title: string
  readonly holds: (id: string) => boolean
}

export const STEP_GROUPS: readonly StepGroup[] = MACHINES.flatMap(({ machine, on }) => [
  {
    id: `step-${machine}-2`,
    title: `Recorded steps of 6.1: ${on}`,
    holds: (id) => id.startsWith(`step-${machine}-`) || id.startsWith(`hint-${machine}-`),
  },
  {
    id: `undone-${machine}-long`,
    title: `6.1 with the fix undone: ${on}`,
    holds: (id) => id.startsWith(`undone-${machine}-`),
  },
])
