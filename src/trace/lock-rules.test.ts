import { describe, expect, test } from 'vitest'
import { bareMetal } from '../kernel/bare-metal'
import { lock, unlock } from '../kernel/return'
import { v4_0, v6_1, type Kernel } from '../kernel/variants'
import { CPU, Machine, SECOND_CPU } from '../machine/machine'
import { scenarioById, type Scenario } from '../machine/scenario'
import { smallProcess } from '../machine/scenarios/small-process'
import { ODD_PROCESS, play } from './sample-runs'
import { sceneAt } from './scene'

const start: Scenario = { ...scenarioById('touch')!, opening: [] }
const odd: Scenario = { ...ODD_PROCESS, before: [] }
const huge: Scenario = { ...scenarioById('huge')!, opening: [] }

/** The second thread holds the page-table lock in the middle of its first touch of page 4; then this is done. */
const held = 'tw4.th10'

describe('the page-table lock', () => {
  test('[HF4] one CPU holds it, as often as it asks; nobody else gets it, and nobody else gives it back', () => {
    const machine = new Machine(smallProcess(), v4_0, bareMetal)
    const process = machine.processes[0]!
    expect([lock(machine, SECOND_CPU, process), lock(machine, SECOND_CPU, process)]).toEqual([true, true])
    expect(lock(machine, CPU, process)).toBe(false)
    unlock(machine, CPU, process)
    expect(lock(machine, CPU, process)).toBe(false)
    unlock(machine, SECOND_CPU, process)
    expect(lock(machine, CPU, process)).toBe(true)
  })

  test.each<[string, string, Scenario, Kernel]>([
    ['do_anonymous_page', 'tw4.th9.w4', start, v4_0],
    ['do_read_fault', `${held}.r9`, start, v4_0],
    ['do_cow_fault', `${held}.w9`, start, v4_0],
    ['do_swap_page', `${held}.w6`, start, v4_0],
    ['lock, pte_same?', `${held}.w5`, start, v4_0],
    ['do_numa_page', `s3.${held}.w3`, start, v4_0],
    ['map the shared page', `${held}.w9`, odd, v4_0],
    ['page_mkclean_one', `${held}.l9`, odd, v4_0],
    ['dup_mm', `${held}.f`, start, v4_0],
    ['task_numa_work', `${held}.s3`, start, v4_0],
    ['reclaim: try_to_unmap', `${held}.o3`, start, v4_0],
    ['change_pte_range', `${held}.m3r`, start, v4_0],
    ['zap_pte_range', `${held}.u3`, start, v4_0],
    ['madvise_free_pte_range', `${held}.a3f`, start, v6_1],
    ['madvise_cold_or_pageout_pte_range', `${held}.a3p`, start, v6_1],
    ['clear_refs_write', `${held}.y4`, start, v4_0],
    ['do_huge_pmd_anonymous_page', `${held}.w11`, huge, v4_0],
    ['do_huge_pmd_numa_page', `w11.s11.${held}.w11`, huge, v4_0],
    ['do_huge_pmd_wp_page', `w11.f.${held}.w11`, huge, v4_0],
    ['huge_pmd_set_accessed', `tw11.b11-0.${held}.w11`, huge, v4_0],
  ])('[HF4] %s waits while another CPU holds it, and it is free in the end: %s', (name, run, from, kernel) => {
    const playback = play(from, kernel, bareMetal, run)
    const { tape, machine } = playback
    const tries = tape.ticks.flatMap(({ step, actor }, tick) => (step.name === name && actor === CPU ? [tick] : []))
    const landed = tape.ticks.findLastIndex(({ actor, step }) => actor === SECOND_CPU && step.name === 'access lands')
    // The holder ends its fault between two tries; the one before has written nothing but the words of its own CPU.
    const vain = tries.findLast((tick) => tick < landed)
    expect(vain).toBeDefined()
    expect(tries.some((tick) => tick > landed)).toBe(true)
    const isOwn = (cell: number) => cell < machine.cpus[SECOND_CPU]!.pc || cell === machine.faultsRaised[CPU]
    expect(tape.ticks[vain!]!.writes.filter(({ cell }) => !isOwn(cell))).toEqual([])
    const end = sceneAt(playback, tape.ticks.length)
    expect(machine.processes.map(({ lock }) => end.words[lock])).toEqual([0, 0])
    expect(end.outcome.name).not.toBe('running')
  })
})
