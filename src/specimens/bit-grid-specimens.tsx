import { useMemo, useState } from 'react'
import {
  EMPTY,
  GLOBAL,
  PRESENT,
  bitOf,
  flipBit,
  fromHex,
  frameOf,
  has,
  pte,
  toHex,
  withFlags,
  withoutFlags,
} from '../arch/pte'
import type { Pte } from '../arch/pte'
import { BitCell } from '../views/bit-grid/bit-cell'
import type { BitCellProps } from '../views/bit-grid/bit-cell'
import { BitSwitches } from '../views/bit-grid/bit-switches'
import type { BitSwitchName } from '../views/bit-grid/bit-switches'
import { NameTags } from '../views/bit-grid/name-tags'
import { PageTable } from '../views/bit-grid/page-table'
import type { PageRowView } from '../views/bit-grid/page-row'
import { WordStrata } from '../views/bit-grid/word-strata'
import type { Stratum } from '../views/bit-grid/word-strata'

type Facts = readonly [
  name: string,
  state: PageRowView['state'],
  rights: string,
  backing: PageRowView['backing'],
  address: string,
  lo: number,
  nx: 0 | 1,
]

/** Words made up by hand, to look at; no run of the core. */
const FACTS: readonly Facts[] = [
  ['code', '', 'r-x', 'file', '0x00400000', 0x7c1a_3125, 0],
  ['relro', '', 'r--', 'file', '0x0060e000', 0x7b2f_0165, 1],
  ['data', '', 'rw-', 'file', '0x0060f000', 0x6234_4167, 1],
  ['heap', '', 'rw-', 'anon', '0x01c3b000', 0x6234_9167, 1],
  ['heap', 'shared by fork', 'rw-', 'anon', '0x01c3c000', 0x6234_5165, 1],
  ['heap', 'zero page', 'rw-', 'anon', '0x01c3d000', 0x51a0_0325, 1],
  ['heap', 'swapped out', 'rw-', 'anon', '0x01c3e000', 0x400, 0],
  ['libc', '', 'r-x', 'file', '0x7f5e…1a0000', 0x7d41_0125, 0],
  ['guard', '', '---', 'anon', '0x7f5e…35e000', 0x1239_b160, 0],
  ['libc data', 'untouched', 'rw-', 'file', '0x7f5e…35f000', 0, 0],
  ['stack', '', 'rw-', 'anon', '0x7ffd…1f2000', 0x6235_2167, 1],
]

function rowOf(
  [name, state, rights, backing, address, lo, nx]: Facts,
  page: number,
  entry = pte(lo, nx ? 0x8000_0000 : 0),
): PageRowView {
  const present = has(entry, PRESENT)
  const kind = toHex(entry) === toHex(EMPTY) ? 'empty' : !has(entry, PRESENT | GLOBAL) ? 'swap' : 'entry'
  return {
    page,
    name,
    state,
    rights,
    backing,
    address,
    entry,
    kind,
    shared: false,
    changedBits: [],
    frameText:
      kind === 'empty' ? '' : kind === 'swap' ? `swap slot 0x${frameOf(entry) + 2}` : frameOf(entry).toString(16),
    frameLabel: present ? 'MFN' : 'PFN',
    xenBits: present && bitOf(entry, 8) ? [8] : [],
  }
}

function strataOf(entry: Pte, before: Pte | null): readonly Stratum[] {
  const present = has(entry, PRESENT)
  const frame = { frameLabel: present ? ('MFN' as const) : ('PFN' as const), frameText: frameOf(entry).toString(16) }
  const wrote = present ? withoutFlags(entry, GLOBAL) : entry
  const common = { ...frame, changed: [], before }
  const byXen = present && has(entry, GLOBAL)
  const changed = before
    ? Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => bitOf(entry, bit) !== bitOf(before, bit))
    : []
  const marks = [...toHex(entry)].flatMap((digit, place) => (digit === toHex(wrote)[place] ? [] : [place]))
  return [
    {
      ...common,
      id: 'wrote',
      label: 'Linux wrote',
      sub: '',
      entry: wrote,
      size: 'small',
      editable: false,
      byXen: [],
      hexMarks: [],
      hatchEdge: false,
    },
    {
      ...common,
      id: 'holds',
      label: byXen ? 'Xen stored' : 'memory holds',
      sub: byXen ? 'one bit more' : '',
      entry,
      size: 'large',
      editable: true,
      byXen: byXen ? [8] : [],
      hexMarks: marks,
      hatchEdge: byXen,
      changed,
    },
  ]
}

/** The table, the word, the names and the switches over made-up pages, as the Lab puts them together. */
function TableAndWord({ count }: { readonly count: number }) {
  const facts = useMemo(() => Array.from({ length: count }, (_, page) => FACTS[page % FACTS.length] as Facts), [count])
  const [entries, setEntries] = useState<ReadonlyMap<number, { now: Pte; before: Pte }>>(new Map())
  const [selected, setSelected] = useState(4)
  const [asked, setAsked] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [reply, setReply] = useState('')
  const rows = facts.map((fact, page) => rowOf(fact, page, entries.get(page)?.now))
  const entry = rows[selected]?.entry ?? EMPTY
  const store = (page: number, now: Pte) =>
    setEntries(new Map(entries).set(page, { now, before: rows[page]?.entry ?? EMPTY }))

  const onSwitch = (name: BitSwitchName) => {
    const next =
      name === 'PRESENT'
        ? flipBit(entry, 0)
        : has(entry, GLOBAL)
          ? withoutFlags(entry, GLOBAL)
          : withFlags(entry, GLOBAL)
    store(selected, next)
    setReply(`${name}: bits 8 and 0 are now ${bitOf(next, 8)} and ${bitOf(next, 0)}.`)
  }
  const onHex = (text: string) => {
    const now = fromHex(text)
    setProblem(now ? null : 'Only hex digits, 16 at most. Take out the others.')
    if (now) store(selected, now)
  }
  return (
    <div className="bit-columns" data-asked={asked}>
      <PageTable
        rows={rows}
        selected={selected}
        onSelect={setSelected}
        onFlip={(page, bit) => store(page, flipBit(rows[page]?.entry ?? EMPTY, bit))}
        onWhy={(_, bit) => setAsked(bit)}
        animate
      />
      <WordStrata
        strata={strataOf(entry, entries.get(selected)?.before ?? null)}
        selectedBit={asked}
        onFlip={(bit) => store(selected, flipBit(entry, bit))}
        onWhy={setAsked}
        onStore={() => {}}
        onHex={onHex}
        hexProblem={problem}
        animate
      />
      <div className="mt-6">
        <NameTags present={has(entry, PRESENT)} bit8={has(entry, GLOBAL)} animate />
      </div>
      <div className="mt-6">
        <BitSwitches
          present={has(entry, PRESENT)}
          global={has(entry, PRESENT) && has(entry, GLOBAL)}
          protnone={!has(entry, PRESENT) && has(entry, GLOBAL)}
          onSwitch={onSwitch}
          reply={reply}
        />
      </div>
    </div>
  )
}

const PLAIN = { bit: 1, value: 0, present: true, tone: 'plain' } as const
const STATES: readonly (readonly [string, Omit<BitCellProps, 'size'>])[] = [
  ['0', PLAIN],
  ['1', { ...PLAIN, value: 1 }],
  ['PRESENT', { ...PLAIN, bit: 0, value: 1, tone: 'present' }],
  ['alias 0', { ...PLAIN, bit: 8, tone: 'alias' }],
  ['alias 1', { ...PLAIN, bit: 8, value: 1, tone: 'alias' }],
  ['by Xen', { ...PLAIN, bit: 8, value: 1, tone: 'alias', byXen: true }],
  ['by Xen', { ...PLAIN, value: 1, byXen: true }],
  ['no flag', { ...PLAIN, dot: true }],
  ['no flag, 1', { ...PLAIN, value: 1, dot: true }],
  ['changed', { ...PLAIN, changed: true }],
  ['changed', { ...PLAIN, value: 1, changed: true }],
  ['changed', { ...PLAIN, bit: 8, value: 1, tone: 'alias', changed: true }],
  ['predicted', { ...PLAIN, predicted: true }],
  ['read now', { ...PLAIN, value: 1, readNow: true }],
  ['disabled', { ...PLAIN, disabled: true }],
]

/** Every state of a bit cell in its three sizes, then the table with eleven pages and with three hundred. */
export function BitGridSpecimens() {
  return (
    <div className="flex flex-col gap-12">
      <section aria-label="Table and word">
        <TableAndWord count={11} />
      </section>
      <section aria-label="Bit cells" className="bit-columns flex flex-wrap gap-x-6 gap-y-8">
        {STATES.map(([name, state], place) => (
          <div key={place} className="flex w-24 flex-col items-center gap-4 text-note text-ink-2">
            <div className="w-12">
              <BitCell {...state} size="large" />
            </div>
            <div className="w-12">
              <BitCell {...state} size="small" />
            </div>
            <div className="h-6.5 w-12">
              <BitCell {...state} size="table" />
            </div>
            {name}
          </div>
        ))}
      </section>
      <section aria-label="Three hundred pages">
        <TableAndWord count={300} />
      </section>
    </div>
  )
}
