import type { Machine } from '../machine/machine'

/** What a cell is part of, in words; of the two halves of a word both give its first cell. */
export interface CellName {
  readonly text: string
  /** First cell of the 64-bit word that the cell is half of; null for a word of 32 bits. */
  readonly word: number | null
}

/** Name a cell of the world as a reader knows it. */
export function cellName(machine: Machine, cell: number): CellName {
  return entryName(machine, cell) ?? cpuName(machine, cell) ?? bookName(machine, cell)
}

const isIn = (word: number, cell: number): boolean => cell === word || cell === word + 1

function entryName({ processes, pages }: Machine, cell: number): CellName | null {
  for (const [process, { slots }] of processes.entries()) {
    const page = slots.findIndex((slot) => isIn(slot, cell))
    if (page >= 0) return { text: `entry of ${pages[page]!.name}${process ? ', child' : ''}`, word: slots[page]! }
  }
  return null
}

function cpuName({ cpus, pages }: Machine, cell: number): CellName | null {
  for (const cpu of cpus) {
    if (isIn(cpu.entry, cell)) return { text: 'entry as Linux read it', word: cpu.entry }
    if (isIn(cpu.next, cell)) return { text: 'word to be stored', word: cpu.next }
    const cached = Math.floor((cell - cpu.tlb) / 2)
    if (cached >= 0 && cached < pages.length)
      return { text: `TLB for ${pages[cached]!.name}`, word: cpu.tlb + 2 * cached }
    if (cell === cpu.error) return { text: 'error code', word: null }
    if (cell === cpu.outcome) return { text: 'outcome', word: null }
    if (cell === cpu.fresh) return { text: 'page taken', word: null }
    if (cell === cpu.cursor) return { text: 'entries passed', word: null }
    if (cell === cpu.target) return { text: 'place to store to', word: null }
  }
  return null
}

function bookName({ frames, processes, pages }: Machine, cell: number): CellName {
  const frame = cell - frames.mapcountCell(0)
  if (frame >= 0 && frame < frames.count) return { text: 'entries that map the frame', word: null }
  for (const { flags } of processes) {
    const page = flags.indexOf(cell as (typeof flags)[number])
    if (page >= 0) return { text: `vm_flags of ${pages[page]!.name}`, word: null }
  }
  return { text: 'a word of Linux’s books', word: null }
}
