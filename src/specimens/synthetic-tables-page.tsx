import '../app/theme.css'
import { memo, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { flushSync } from 'react-dom'
import { markTable } from '../trace/entry-marks'
import type { TableSet } from '../trace/table-set'
import { SquaresCanvas } from '../views/tables/squares-canvas'
import { useSquarePalette } from '../views/tables/square-palette'
import { layOutTables } from '../views/tables/tables-layout'
import { TablesPicture } from '../views/tables/tables-picture'
import { SYNTHETIC_ENTRIES, syntheticTables, turnAll, turnOne } from './synthetic-tables'

declare global {
  interface Window {
    /** Turns every entry over in each of so many frames; the times at which the frames began. */
    turnFrames: (count: number) => Promise<readonly number[]>
    /** When the first picture stood, in milliseconds from the start of the page. */
    mounted: number | null
  }
}

const FLAG = 8
const nothing = () => {}

type View = (props: { readonly set: TableSet }) => React.ReactNode

/** The picture of the app. */
const Canvas: View = ({ set }) => (
  <div style={{ height: '80vh' }}>
    <TablesPicture
      set={set}
      titles={set.tables.map(() => 'synthetic')}
      flag={FLAG}
      summary="Synthetic tables"
      selected={{ table: 0, index: 0 }}
      written={[]}
      spoken="synthetic"
      onSelect={nothing}
      onZoom={nothing}
    />
  </div>
)

const ROOM = { width: 1400, height: 860, ratio: 1, smallest: 2, largest: 2 }

/** The squares of the app, so small that all are in view at once. */
const CanvasWhole: View = ({ set }) => {
  const palette = useSquarePalette(FLAG)
  const [layout] = useState(() => layOutTables(set.tables.length, set.tables.length, ROOM))
  const { tables, linuxPresent } = set
  const picture = { tables, linuxPresent, flag: FLAG, layout, palette, ratio: 1, top: 0, height: layout.height }
  return (
    <div style={{ position: 'relative', height: layout.height }}>
      <SquaresCanvas picture={picture} label="Synthetic tables" onFail={nothing} />
    </div>
  )
}

/** The same with an element for each entry: what the canvas is compared with. */
const Elements: View = ({ set }) => (
  <div style={{ height: '80vh', overflow: 'auto' }}>
    {set.tables.map((table, index) => (
      // Tables keep their places.
      // oxlint-disable-next-line react/no-array-index-key
      <TableOfElements key={index} marks={marksOf(set, index)} />
    ))}
  </div>
)

const marksOf = (set: TableSet, table: number): string => {
  const marks = new Uint8Array(512)
  markTable(set.tables[table]!, set.linuxPresent, FLAG, marks)
  return marks.join('')
}

/** As cheap as elements get: one class each, and a table that lays out nothing beside itself. */
const TableOfElements = memo(function TableOfElements({ marks }: { readonly marks: string }) {
  return (
    <div className="elements">
      {Array.from(marks, (mark, index) => (
        // Entries keep their places.
        // oxlint-disable-next-line react/no-array-index-key
        <i key={index} className={mark === '3' ? 'set' : 'clear'} />
      ))}
    </div>
  )
})

const STYLE = `
.elements { contain: strict; float: left; width: 192px; height: 96px; margin: 10px }
.elements i { float: left; width: 5px; height: 5px; margin: 0 1px 1px 0 }
.set { background: var(--alias) }
.clear { background: var(--rule) }
`

const VIEWS: Readonly<Record<string, View>> = { canvas: Canvas, whole: CanvasWhole, elements: Elements }

function Page({ view: View }: { readonly view: View }) {
  const [set, setSet] = useState(syntheticTables)
  useEffect(() => {
    window.turnFrames = (count) =>
      new Promise((resolve) => {
        const times: number[] = []
        const frame = (time: number) => {
          times.push(time)
          if (times.length > count) return resolve(times)
          flushSync(() => setSet(turnAll))
          requestAnimationFrame(frame)
        }
        requestAnimationFrame(frame)
      })
    requestAnimationFrame(() => setTimeout(() => (window.mounted = performance.now())))
  }, [])
  return (
    <>
      <style>{STYLE}</style>
      <p>Synthetic: {SYNTHETIC_ENTRIES} made-up entries, to measure with.</p>
      <button type="button" onClick={() => setSet((now) => turnOne(now, 1, 70))}>
        turn one
      </button>
      <View set={set} />
    </>
  )
}

window.mounted = null
const view = VIEWS[new URLSearchParams(location.search).get('view') ?? 'canvas'] ?? Canvas
createRoot(document.getElementById('root')!).render(<Page view={view} />)
