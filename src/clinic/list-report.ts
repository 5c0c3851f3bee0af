import { grouped } from '../decode/refusal'
import type { ListSummary } from './list'
import { onMachine } from './words'

/** A list seen from afar, as text. */
export function listText({ machine, reader, kinds, flags, oddities, quadrants, rows }: ListSummary): string {
  const lines = [
    `${grouped(rows.length)} entries, read as ${reader.title} reads them, ${onMachine(machine)}`,
    ...oddities.flatMap(({ title, why, entries }) => [`  ${grouped(entries.length)} × ${title}`, `      ${why}`]),
    `  Kinds: ${kinds.map(([name, count]) => `${grouped(count)} ${name}`).join(', ')}`,
    `  PRESENT × bit 8: 00 ${grouped(quadrants[0])}, 01 ${grouped(quadrants[1])}, 10 ${grouped(quadrants[2])}, 11 ${grouped(quadrants[3])}`,
    `  Flags: ${flags.map(({ name, count }) => `${name} ${grouped(count)}`).join(', ')}`,
  ]
  return `${lines.join('\n')}\n`
}
