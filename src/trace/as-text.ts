import { entryText } from '../arch/entry-notation'
import { stepTitle, sentenceOf } from './sentence'
import type { Playback } from './replay'
import { entryAt, sceneAt } from './scene'

/** A run as lines: tick, who acts, what it is called, the entry of one page after it, and the sentence. */
export function asText(playback: Playback, process: number, page: number, from = 0): string {
  const { machine, tape } = playback
  const lines = tape.ticks.slice(from).map((tick, index) => {
    const scene = sceneAt(playback, from + index + 1)
    const head = [String(from + index + 1).padStart(3), tick.step.lane.padEnd(8), stepTitle(tick.step, machine.kernel)]
    return `${head.join('  ')}\n     ${entryText(entryAt(scene, process, page))}\n     ${sentenceOf(scene).text}`
  })
  const title = `${machine.kernel.name}, ${machine.platform.name}, ${machine.pages[page]!.name}`
  const { name, faults } = sceneAt(playback, tape.ticks.length).outcome
  return [title, ...lines, `${name}, faults: ${faults}`, ''].join('\n')
}
