import '../app/open-capture.css'
import { useState, type ReactNode } from 'react'
import { CapturePart } from '../app/capture-part'
import { Asking, Incomplete, Reading } from '../app/open-dialog'
import { PageTables } from '../app/page-tables'
import { readCapture } from '../decode/capture-reader'
import { captureScenario } from '../decode/capture-scenario'
import { v3_20_rc0 } from '../kernel/variants'
import { createAppStore, EMPTY_EXPERIMENT } from '../store/app-store'
import { createCommands } from '../store/commands'
import { showOwn } from '../store/own-captures'
import { AppContext } from '../store/use-app'
import { pageRows } from '../trace/page-row'
import { replay } from '../trace/replay'
import { sceneAt } from '../trace/scene'
import { PageTable } from '../views/bit-grid/page-table'
import { xenPv } from '../xen/pv'

const nothing = () => {}

/** A bare list: pages that may be written or read, an empty entry, one swapped out. */
const FEW = '8000000062345165 0000000062346125 8000000062347160 0000000000000000 0000000000000a02'
/** More words than one machine holds. */
const MANY = Array.from({ length: 9000 }, (_, page) => (0x40_0000_0165 + page * 0x1000).toString(16)).join('\n')
const NONE = 'a line of a log'
const CUT_SHORT = 'one-bit-two-names capture 2\nplatform xen\nPTE 400000 800000007d01a125\n'

/** A reader's own recordings: asked for, read, refused, cut short, opened, and too large for one machine. */
export const OpenedSpecimens = () => (
  <>
    <InDialog title="Asked for">
      <Asking problem={null} onRead={nothing} />
    </InDialog>
    <InDialog title="Refused">
      <Asking problem={told(NONE)} onRead={nothing} />
    </InDialog>
    <InDialog title="Being read">
      <Reading title="my-process.txt" progress={{ share: 0.4, entries: 412_000 }} onCancel={nothing} />
    </InDialog>
    <InDialog title="Being read, of unknown length">
      <Reading
        title="a-name-that-goes-on-and-on-without-a-break-until-it-is-wider-than-its-dialog.txt.gz"
        progress={{ share: null, entries: 0 }}
        onCancel={nothing}
      />
    </InDialog>
    <InDialog title="Cut short">
      <Incomplete warning={told(CUT_SHORT)} open={nothing} onCancel={nothing} />
    </InDialog>
    <BareList />
    <PartOfMore />
  </>
)

/** What the reader is told of a text. */
function told(text: string): string {
  const result = readCapture(text)
  return result.ok ? (result.warning ?? '') : result.message
}

function InDialog({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="border-b border-rule p-4">
      <h2 className="text-label text-ink-3">{title}</h2>
      <div className="dialog">
        <div className="dialog-content">{children}</div>
      </div>
    </section>
  )
}

/** A few words, as the rows that the Lab makes of them. */
function BareList() {
  const [rows] = useState(() => {
    const result = readCapture(FEW)
    if (!result.ok) throw new Error(result.message)
    const scenario = captureScenario(result.captures[0]!, { id: 'few', title: 'A bare list', look: '' })
    return pageRows(sceneAt(replay(scenario, { kernel: v3_20_rc0, platform: xenPv, numa: 'on' }, []), 0), 0)
  })
  const [selected, select] = useState(0)
  return (
    <section aria-label="Opened: a bare list of words" className="grid gap-3 border-b border-rule p-4">
      <h2 className="text-label text-ink-3">Opened: a bare list of words</h2>
      <div className="bit-columns">
        <PageTable rows={rows} selected={selected} onSelect={select} onFlip={nothing} onWhy={nothing} animate={false} />
      </div>
    </section>
  )
}

/** More words than a machine holds, opened as the Lab opens them: in a store, of which a page can have but one. */
function PartOfMore() {
  const [app] = useState(() => {
    const store = createAppStore(EMPTY_EXPERIMENT)
    const commands = createCommands(store)
    const result = readCapture(MANY)
    if (!result.ok) throw new Error(result.message)
    showOwn(commands, 'specimen', 'A long list', result.captures)
    return { store, commands }
  })
  return (
    <section aria-label="Opened: a part of more" className="grid gap-3 border-b border-rule p-4">
      <h2 className="text-label text-ink-3">Opened: a part of more</h2>
      <AppContext value={app}>
        <CapturePart />
        <div className="bit-columns">
          <PageTables reply="" onReply={nothing} />
        </div>
      </AppContext>
    </section>
  )
}
