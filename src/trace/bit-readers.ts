import { PF_PROT } from '../arch/error-code'
import { pagesOfMapping } from '../kernel/context'
import { slotOf, type Scene } from './scene'
import type { Tape, Tick } from './tape'

/** A tick with its place in time: its index in the tape, negative before the tape began. */
export interface Placed {
  readonly at: number
  readonly tick: Tick
}

/** Who reads a bit of an entry, seen from the cursor. */
export interface BitReaders {
  /** The last step up to the cursor that read it. */
  readonly last: Placed | null
  /** The tick shown, if it reads the bit. */
  readonly now: Placed | null
  /** The first step ahead on the tape that reads it. */
  readonly next: Placed | null
}

/** Who read a bit last, who reads it in the shown tick, and who reads it next on this tape. */
export function readersOf(scene: Scene, process: number, page: number, bit: number): BitReaders {
  const { cursor } = scene
  let last: Placed | null = null
  for (const reader of everyReader(scene, process, page, bit)) {
    if (reader.at >= cursor) return { last, now: nowOf(last, cursor), next: reader }
    last = reader
  }
  return { last, now: nowOf(last, cursor), next: null }
}

/** The bits of an entry that the shown tick reads. */
export function bitsReadNow(scene: Scene, process: number, page: number): readonly number[] {
  const at = scene.cursor - 1
  const tick = scene.tape.ticks[at]
  if (!tick) return []
  const cpu = scene.machine.cpus[tick.actor]
  const asked = cpu && scene.words[cpu.target] === slotOf(scene, process, page)
  if (!(tick.step.lane === 'xen' ? asked : isAbout(scene, { at, tick }, process, page))) return []
  return Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => readsBit(scene, { at, tick }, bit))
}

const nowOf = (last: Placed | null, cursor: number): Placed | null =>
  last?.at === cursor - 1 && cursor > 0 ? last : null

/** Every tick up to `end`, exclusive; those before the tape have negative places. */
export function placedTicks({ before, tape }: Scene, end = tape.ticks.length): readonly Placed[] {
  const placed = (of: Tape, upTo: number, shift: number): Placed[] =>
    of.ticks.slice(0, upTo).map((tick, index) => ({ tick, at: index + shift }))
  return [...placed(before, before.ticks.length, -before.ticks.length), ...placed(tape, end, 0)]
}

/** Every step about this entry whose decision can depend on the bit, in order of time. */
function* everyReader(scene: Scene, process: number, page: number, bit: number): Generator<Placed> {
  const slot = slotOf(scene, process, page)
  const targets = scene.machine.cpus.map(() => 0)
  for (const placed of placedTicks(scene)) {
    const { actor, step, writes } = placed.tick
    for (const { cell, after } of writes) if (cell === scene.machine.cpus[actor]?.target) targets[actor] = after
    if (!readsBit(scene, placed, bit)) continue
    const here = step.lane === 'xen' ? targets[actor] === slot : isAbout(scene, placed, process, page)
    if (here) yield placed
  }
}

/** Is a step of Linux or the CPU about this page? The scanner, fork and clear_refs go from page to page, of the parent. */
function isAbout(scene: Scene, { at, tick }: Placed, process: number, page: number): boolean {
  const choice = (at < 0 ? scene.before : scene.tape).choices[tick.choice]!
  const own = 'process' in choice ? choice.process : 0
  if (own !== process) return false
  if (choice.do !== 'scan' && 'page' in choice) return choice.page === page
  const moved = tick.writes.find(({ cell }) => cell === scene.machine.cpus[tick.actor]!.cursor)
  if (!moved) return false
  const reached = moved.after - 1
  return (choice.do === 'scan' ? pagesOfMapping(scene.machine, choice.page)[reached] : reached) === page
}

/** A walk that meets PRESENT 0 reads nothing else; one that ends well reads the frame too. */
function readsBit(scene: Scene, { tick }: Placed, bit: number): boolean {
  const { machine } = scene
  const { name } = tick.step
  if (name === 'page walk' && bit > 0) {
    const error = tick.writes.find(({ cell }) => cell === machine.cpus[tick.actor]!.error)
    if (error && !(error.after & PF_PROT)) return false
    if (bit >= 12) return true
  }
  return bit < 12 && ((tick.step.asks?.(machine) ?? 0) & (1 << bit)) !== 0
}
