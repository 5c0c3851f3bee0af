import { useState } from 'react'
import { bareMetal } from '../kernel/bare-metal'
import type { Platform } from '../kernel/context'
import { v3_20_rc0 } from '../kernel/variants'
import { scenarioById } from '../machine/scenario'
import { entrySpoken } from '../trace/entry-text'
import { replay } from '../trace/replay'
import { sceneAt } from '../trace/scene'
import { sceneTables, writtenEntries } from '../trace/scene-tables'
import { deepestAt, type EntryPlace, type TableSet } from '../trace/table-set'
import { SquaresText } from '../views/tables/squares-text'
import { useSquarePalette } from '../views/tables/square-palette'
import { layOutTables } from '../views/tables/tables-layout'
import { TablesPicture } from '../views/tables/tables-picture'
import { xenPv } from '../xen/pv'
import { syntheticTables } from './synthetic-tables'

interface Specimen {
  readonly title: string
  readonly flag: number
  readonly make: () => { readonly set: TableSet; readonly written: readonly EntryPlace[]; readonly at: number }
}

/** The small process at the end of its opening, or right behind the last step before it that wrote an entry. */
function small(platform: Platform, justWritten = false) {
  const scenario = scenarioById('cow')!
  const playback = replay(scenario, { kernel: v3_20_rc0, platform, numa: 'on' }, scenario.opening)
  const at = (cursor: number) => {
    const scene = sceneAt(playback, cursor)
    const set = sceneTables(scene, 0)
    return { set, written: writtenEntries(scene, set), at: scene.machine.addresses[scenario.page]! }
  }
  const cursors = Array.from(playback.tape.ticks, (_, index) => playback.tape.ticks.length - index)
  return at(cursors.find((cursor) => !justWritten || at(cursor).written.length > 0)!)
}

const SPECIMENS: readonly Specimen[] = [
  { title: 'Xen PV: bit 8 in every present entry', flag: 8, make: () => small(xenPv) },
  { title: 'Bare metal: bit 8 in the guard alone', flag: 8, make: () => small(bareMetal) },
  { title: 'PRESENT', flag: 0, make: () => small(xenPv) },
  { title: 'RW, and an entry just written', flag: 1, make: () => small(xenPv, true) },
  {
    title: 'Synthetic: more than fits',
    flag: 8,
    make: () => ({ set: syntheticTables(), written: [], at: 0 }),
  },
]

/** The tables from afar in their telling states, as squares and as letters. */
export function TablesSpecimens() {
  return (
    <>
      {SPECIMENS.map((specimen) => (
        <TablesSpecimen key={specimen.title} {...specimen} />
      ))}
      <LettersSpecimen />
    </>
  )
}

function TablesSpecimen({ title, flag, make }: Specimen) {
  const [{ set, written, at }] = useState(make)
  const [selected, select] = useState(() => deepestAt(set, at) ?? { table: 0, index: 0 })
  return (
    <section className="border-b border-rule py-4" aria-label={title}>
      <h2 className="text-label text-ink-3">{title}</h2>
      <div style={{ height: 360 }}>
        <TablesPicture
          set={set}
          titles={set.tables.map((_, table) => `table ${table}`)}
          flag={flag}
          summary={title}
          selected={selected}
          written={written}
          spoken={entrySpoken(set, selected, false)}
          onSelect={select}
          onZoom={() => {}}
        />
      </div>
    </section>
  )
}

/** What a browser without canvas gets. */
function LettersSpecimen() {
  const [{ set }] = useState(() => small(xenPv))
  const [layout] = useState(() => layOutTables(6, 6, { width: 900, height: 600, ratio: 1, smallest: 13, largest: 13 }))
  const palette = useSquarePalette(8)
  const tables = set.tables.slice(0, 6)
  const picture = { tables, linuxPresent: set.linuxPresent, flag: 8, layout, palette, ratio: 1, top: 0 }
  return (
    <section className="border-b border-rule py-4" aria-label="Without a canvas">
      <h2 className="text-label text-ink-3">Without a canvas</h2>
      <div className="relative" style={{ height: layout.height }}>
        <SquaresText picture={{ ...picture, height: layout.height }} />
      </div>
    </section>
  )
}
