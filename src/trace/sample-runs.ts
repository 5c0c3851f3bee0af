import { stepById } from '../arch/step'
import { TASK_SIZE_MAX } from '../arch/vaddr'
import { bareMetal } from '../kernel/bare-metal'
import type { KernelCx } from '../kernel/context'
import { freshFlags } from '../kernel/protection'
import { KERNELS, withPaintedTest, type Kernel } from '../kernel/variants'
import type { ProcessImage } from '../machine/image'
import { scenarioById, SCENARIOS, type Scenario } from '../machine/scenario'
import { PAGE, smallProcess } from '../machine/scenarios/small-process'
import { xenPv } from '../xen/pv'
import { decodeRun } from './codec'
import { replay, type NumaBalancing, type Playback, type Setting } from './replay'

export const PLATFORMS = [bareMetal, xenPv] as const

/** Carry out a scenario's opening and then a run written as text. Throws where a step is followed by one that it does not declare. */
export function play(
  scenario: Scenario | string,
  kernel: Kernel,
  platform: Setting['platform'],
  run: string,
  numa: NumaBalancing = 'on',
): Playback {
  const from = typeof scenario === 'string' ? scenarioById(scenario)! : scenario
  const { choices, problem } = decodeRun(run, from.image(kernel, platform.id).pages.length)
  if (problem) throw new Error(problem)
  return onRails(replay(from, { kernel, platform, numa }, [...from.opening, ...choices]))
}

/** The same playback, once every step of it was followed by one that it declares. */
export function onRails(playback: Playback): Playback {
  const { machine, before, tape } = playback
  for (const { actor, step, writes } of [...before.ticks, ...tape.ticks]) {
    const next = stepById<KernelCx>(writes.find(({ cell }) => cell === machine.cpus[actor]!.pc)!.after)
    if (!step.to(machine).includes(next)) throw new Error(`${step.name} → ${next.name} is not declared`)
  }
  return playback
}

/** The small process with what no scenario has: shared mappings of a file and of tmpfs, no mapping at all, a kernel address. */
export const ODD_PROCESS: Scenario = {
  ...scenarioById('touch')!,
  id: 'odd',
  image: oddImage,
}

function oddImage(): ProcessImage {
  const image = smallProcess()
  const changes: Record<number, object> = {
    [PAGE.libcData]: { flags: freshFlags('rw', true) },
    [PAGE.libc]: { flags: freshFlags('rw', true) },
    [PAGE.stack]: { mapping: -1 },
    [PAGE.heap]: { mapping: -1, address: TASK_SIZE_MAX + 0x1000 },
  }
  const tmpfs = image.pages[PAGE.libc]!.mapping
  return {
    ...image,
    mappings: image.mappings.map((mapping, index) => (index === tmpfs ? { ...mapping, backing: 'shm' } : mapping)),
    pages: image.pages.map((page, index) => ({ ...page, ...changes[index] })),
  }
}

/** Runs after the opening of `touch`. Between them, over kernels and platforms, they take every step that one CPU can take. */
export const SAMPLE_RUNS: readonly string[] = [
  'w4.f.w4.cw4.w4',
  'w4.f.cw4.q.w4.r4',
  'w5.r5',
  'r5.f.w5.cr5',
  's3.w3',
  's3.r3.w3',
  's3.x3',
  's3.m3n.m3w.w3',
  'm3n.s3.r3',
  'w8',
  'x7.w7',
  'r9.w9.w9',
  'w9.f.w9',
  'r4.w4',
  'x4',
  'm3n.m3w.w3',
  'm3r.w3.m3w.w3',
  'm0w.m0w.m4n',
  'o3.r3',
  'o3.w3',
  'o3.f.w3.cw3',
  'o4.o5.o6.o7.w6',
  'f.o3',
  's2.s7.s8',
  'a3d.r3.a3d.a3d',
  'a3f.w3.a3f.y1.a3f.a3f.a9f.a5f.a6f.r6',
  'a3p.r3.a3p.o3.a3p.a3d.y1.w3.y1.a3p.a5p.a4p.a9p',
  'u3.r3.u3.a3d.u6',
  'y1.r3.y4.w3.o3.y4.r3',
  'f.a3p.a3f.u3.cr3',
  // The kernel itself: pins, system calls, signals.
  'w4.g4w.g4r.z',
  'r4.g4w.w4',
  'g4r.g4w',
  'w4.f.W4.z',
  'R4.W4.W4',
  'w4.m4r.g4w.g4W.W4',
  'w4.m4n.g4W',
  'w4.m4n.g4R.R4',
  'w4.f.w4.z.r4',
  // Another node, a page that cannot move, a new address space.
  'w4.s4.tr4',
  'w4.s4.tw4',
  'w4.f.s4.tr4',
  'w4.s4.f.tr4',
  'f.ce10.cw10',
  // The reader's hand: PRESENT, bit 8, RW, USER, DIRTY, a reserved bit, a frame that is none, SPECIAL of the zero page.
  'b3-0.r3.p3',
  'b3-0.b3-8.r3.o3.m3r',
  'b3-8.p3.w3',
  'b3-1.w3',
  'b3-2.p3.b3-5.b3-6.f.r3',
  'b3-46.f.r3',
  'k3-67.p3.w3',
  'k3-8000000012345067.p3.w3.s3',
  'b5-9.w5',
  'k4-8000000012349160.r4',
  'k4-8000000062349167.w4',
  'k4-8000000012349366.w4',
  'k4-1234.r4.o4',
  'k3-800000005a000067.m3r',
  // Edited while a fault is under way: what Linux read is no longer what is there.
  ...[5, 6, 7, 8, 9].flatMap((ticks) => [
    `w4.f.w4.h${ticks}.b4-6`,
    `w4.h${ticks}.k4-200`,
    `r9.h${ticks}.k9-200`,
    `w9.h${ticks}.k9-200`,
  ]),
  ...[7, 8, 9, 10].flatMap((ticks) => [`s3.w3.h${ticks}.b3-6`, `w4.f.w4.h${ticks}.b4-1`, `w6.h${ticks}.b6-9`]),
  'w4.f.w4.h3.b4-1.b4-6',
  ...[12, 13].map((ticks) => `w4.f.q.w4.h${ticks}.b4-1`),
  ...[9, 10, 11, 12].map((ticks) => `w4.f.w4.h${ticks}.k4-0`),
  // The second thread holds the page-table lock in the middle of a first touch: everybody else waits for it.
  ...['w4', 'r9', 'w9', 'w6', 'w5', 'f', 's3', 'o3', 'm3r', 'u3', 'a3d', 'a3f', 'a3p', 'y4'].map(
    (text) => `tw4.th10.${text}`,
  ),
  's3.tw4.th10.w3',
]

/** The same for `ODD_PROCESS`. */
export const ODD_RUNS: readonly string[] = [
  'r9.w9.w9',
  'w9.m9n.m9w.w9',
  'w9.f.cw9.s9.w9',
  'r10.s10.m10n',
  'w3',
  'w7.f.w7',
  'b9-1.w9',
  'a9f.a10d.u10',
  'R3.R10',
  'w9.l9.l9.w9.l3.l7',
  ...[6, 7, 8, 9].map((ticks) => `w9.h${ticks}.k9-200`),
  'tw4.th10.w9',
  'tw4.th10.l9',
]

/** The same for the scenario with a huge page, its own opening left out. */
export const HUGE_RUNS: readonly string[] = [
  'r11.w11.r11',
  'w11.s11.r11.w11',
  'w11.s11.s11.w11',
  'w11.f.cw11.w11.q.w11',
  'w11.m11n.s11.m11w.w11',
  'w11.s11.m11n.g11W',
  'w11.m11r.g11r.w11',
  'g11w.o11.a11d.u11',
  ...[5, 6, 7, 8].flatMap((ticks) => [`w11.h${ticks}.k11-500000e7`, `w11.s11.w11.h${ticks}.b11-6`]),
  ...[7, 8, 9].map((ticks) => `w11.f.w11.h${ticks}.b11-6`),
  ...[6, 7, 8].map((ticks) => `w11.b11-0.w11.h${ticks}.b11-0`),
  ...['', 'w11.s11.', 'w11.f.', 'w11.b11-0.'].map((before) => `${before}tw4.th10.w11`),
]

/** The same for the scenario with a granted page, its own opening left out. */
export const GRANT_RUNS: readonly string[] = [
  'd11.r11.s11.w11',
  'd11.d11.u11.d11',
  'd11.m11n.m11w.r11',
  'd11.b11-1.w11',
  'd3',
]

/** Every sample run under every kernel, machine and NUMA state that can tell it apart. */
export function samplePlaybacks(kernels: readonly Kernel[] = [...KERNELS, withPaintedTest(0)]) {
  const playbacks: { name: string; playback: Playback }[] = []
  for (const kernel of kernels) {
    for (const platform of PLATFORMS) {
      const add = (from: Scenario, run: string, numa: NumaBalancing): void => {
        const name = `${from.id} ${run} ${kernel.id} ${platform.id} ${numa}`
        playbacks.push({ name, playback: play(from, kernel, platform, run, numa) })
      }
      for (const scenario of SCENARIOS) add(scenario, `w${scenario.page}`, 'on')
      for (const run of SAMPLE_RUNS) add(scenarioById('touch')!, run, 'on')
      for (const run of HUGE_RUNS) add({ ...scenarioById('huge')!, opening: [] }, run, 'on')
      for (const run of GRANT_RUNS) add({ ...scenarioById('grant')!, opening: [] }, run, 'on')
      for (const run of ODD_RUNS) add({ ...ODD_PROCESS, before: [] }, run, 'on')
      add(scenarioById('cow')!, 'w4.s4', 'none')
    }
  }
  return playbacks
}
