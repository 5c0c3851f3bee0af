import type { Slot } from '../arch/brand'
import { has, mfnOf, PRESENT } from '../arch/pte'
import { ENTRIES } from '../arch/vaddr'
import { entryIn, type Scene } from './scene'
import { COVERS, inDrawingOrder, LAST, type EntryPlace, type Level, type Table, type TableSet } from './table-set'

/** Every table of a process at the cursor, found as the CPU finds them: from the root down, through words in memory. */
export function sceneTables(scene: Scene, process: number): TableSet {
  const { machine } = scene
  const names = new Map(machine.pages.map((page) => [page.address, placeName(scene, page.mapping, page.name)]))
  return {
    tables: inDrawingOrder(tablesUnder(scene, machine.tableAt(machine.rootOf(process)), 0, 0)),
    platform: machine.platform.id,
    linuxPresent: machine.kernel.present,
    areaAt: (address) => names.get(address) ?? '',
  }
}

const placeName = ({ machine }: Scene, mapping: number, page: string): string => machine.mappings[mapping]?.name ?? page

function tablesUnder(scene: Scene, slot: Slot | null, level: Level, base: number): readonly Table[] {
  if (slot === null) return []
  const words = scene.words.subarray(slot, slot + 2 * ENTRIES)
  const own: Table = { level, base, second: false, words }
  if (level === LAST) return [own]
  const below = Array.from({ length: ENTRIES }, (_, index) => {
    const entry = entryIn(words, 2 * index)
    if (!has(entry, PRESENT)) return []
    return tablesUnder(scene, scene.machine.tableAt(mfnOf(entry)), (level + 1) as Level, base + index * COVERS[level])
  })
  return [own, ...below.flat()]
}

/** The entries that the latest step wrote; none where the tables are not those of this scene. */
export function writtenEntries(scene: Scene, { tables }: TableSet): readonly EntryPlace[] {
  const cells = new Set((scene.tick?.writes ?? []).map(({ cell }) => cell as number))
  return tables.flatMap(({ words }, table) => {
    if (words.buffer !== scene.words.buffer) return []
    const first = (words.byteOffset - scene.words.byteOffset) / words.BYTES_PER_ELEMENT
    const written = [...cells].filter((cell) => cell >= first && cell < first + words.length)
    const indices = new Set(written.map((cell) => Math.floor((cell - first) / 2)))
    return [...indices].map((index) => ({ table, index }))
  })
}
