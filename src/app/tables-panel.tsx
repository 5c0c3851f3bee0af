import { useMemo } from 'react'
import { fromHex } from '../arch/pte'
import { useApp, useCommands } from '../store/use-app'
import { differenceText } from '../trace/difference-text'
import { nextInUse } from '../trace/entry-move'
import { entryAddressOf, pageOfEntry, placeAsked } from '../trace/entry-selection'
import { entryAddress, entryMeaning, entrySpoken } from '../trace/entry-text'
import { areasOf, countFlags, inUse, type FlagCounts } from '../trace/flag-counts'
import { pageRow } from '../trace/page-row'
import { writtenEntries } from '../trace/scene-tables'
import { addressAt, deepestAt, KIND, kindAtPlace, wordAt, type EntryPlace, type TableSet } from '../trace/table-set'
import { UNITS, WORD_SOURCES, type Unit, type WordSource } from '../trace/tables-input'
import { toneOf } from '../views/bit-grid/bit-name'
import { EntryJump } from '../views/tables/entry-jump'
import { FactList } from '../views/tables/fact-list'
import { FlagList } from '../views/tables/flag-list'
import { LevelStrip } from '../views/tables/level-strip'
import { SquaresLegend } from '../views/tables/squares-legend'
import { TablesPicture } from '../views/tables/tables-picture'
import { Button } from '../views/ui/button'
import { KeyCap } from '../views/ui/key-cap'
import { MenuSelect } from '../views/ui/menu-select'
import { RadioGroup } from '../views/ui/radio-group'
import { useKeptFocus } from './kept-focus'
import { besideId, besideOptions, useBeside, useShown, type Shown } from './tables-data'
import {
  factsOf,
  flagRows,
  inSentence,
  legendOf,
  levelStops,
  sideNames,
  spokenSummary,
  summaryOf,
  tableTitles,
  type Names,
} from './tables-words'
import './tables-panel.css'

/** The process from afar: every table, every entry a square, and how often each flag is set beside another process. */
export function TablesPanel() {
  useKeptFocus('.tables-ring')
  const shown = useShown()
  const beside = useBeside(shown)
  const flag = useApp((state) => state.tables.flag)
  const selection = useSelection(shown)
  const { set } = shown
  const whole = useMemo(() => countFlags(set), [set])
  const titles = useMemo(() => tableTitles(set), [set])
  const written = useMemo(() => writtenEntries(shown.scene, set), [shown.scene, set])
  const comparison = useComparison(shown, beside, whole)
  const { there, here, names } = comparison
  const summary = summaryOf(set, whole)
  return (
    <section aria-label="All tables" className="lab-tables">
      <header className="tables-head">
        <h2 className="text-lead font-semibold">One process, zoomed out</h2>
        <p className="text-label text-ink-2">{summary}</p>
        <SquaresLegend items={legendOf(flag, set.platform)} tone={toneOf(flag)} />
        <ComparisonMenus {...comparison} words={shown.words} />
      </header>
      <Flags {...comparison} flag={flag} />
      <div className="tables-middle">
        <div className="tables-picture" data-picture="All tables">
          <TablesPicture
            set={set}
            titles={titles}
            flag={flag}
            summary={spokenSummary(summary, flag)}
            selected={selection.place}
            written={written}
            spoken={entrySpoken(set, selection.place, selection.byXen)}
            onSelect={selection.select}
            onZoom={selection.zoom}
          />
        </div>
        <FactList facts={factsOf(there, here)} heads={names} />
      </div>
      <Entry shown={shown} {...selection} />
    </section>
  )
}

interface Selection {
  readonly place: EntryPlace
  /** The page whose entry it is; -1 for none. */
  readonly page: number
  /** Xen put bit 8 there. */
  readonly byXen: boolean
  readonly select: (place: EntryPlace) => void
  readonly zoom: () => void
}

/** The entry looked at. Selecting the entry of a page selects the page. */
function useSelection({ set, scene, process, words }: Shown): Selection {
  const asked = useApp((state) => state.tables.at)
  const selectedPage = useApp((state) => state.page)
  const commands = useCommands()
  const { addresses } = scene.machine
  const place = placeAsked(set, asked, addresses[selectedPage] ?? 0)
  const page = pageOfEntry(set, place, addresses)
  const byXen =
    words === 'run' && page >= 0
      ? pageRow(scene, process, page).xenBits.includes(8)
      : set.platform === 'xen' && kindAtPlace(set, place) === KIND.open && (wordAt(set, place).lo & 0x100) !== 0
  return {
    place,
    page,
    byXen,
    select(to) {
      const its = pageOfEntry(set, to, addresses)
      if (its >= 0) commands.select(its)
      commands.askTables({ at: its >= 0 ? null : entryAddressOf(set, to) })
    },
    zoom: commands.zoom,
  }
}

/** What is counted here and there. */
interface Comparison {
  readonly here: FlagCounts
  /** Null while the other process is on its way. */
  readonly there: FlagCounts | null
  /** Of the one compared with, then of the one shown. */
  readonly names: Names
  readonly areas: readonly string[]
  readonly area: string | null
  readonly unit: Unit
}

function useComparison({ set }: Shown, beside: TableSet | null, whole: FlagCounts): Comparison {
  const { area: asked, unit: askedUnit } = useApp((state) => state.tables)
  const areas = useMemo(() => areasOf(set), [set])
  const area = asked !== null && areas.includes(asked) ? asked : null
  const here = useMemo(() => (area === null ? whole : countFlags(set, area)), [area, whole, set])
  const there = useMemo(() => beside && countFlags(beside, area), [beside, area])
  const names = sideNames(beside, set)
  const unit = askedUnit ?? (there && inUse(there) !== inUse(here) ? 'share' : 'count')
  return { here, there, names, areas, area, unit }
}

/** Which flag colours the squares, how often each is set here and in the other process, and where they differ. */
function Flags({ here, there, names, unit, flag }: Comparison & { readonly flag: number }) {
  const commands = useCommands()
  return (
    <div className="tables-flags">
      <FlagList
        rows={flagRows(there, here, unit)}
        heads={[there && names[0], names[1]]}
        selected={flag}
        onSelect={(bit) => commands.askTables({ flag: bit })}
      />
      <p className="text-label" data-testid="difference">
        {there ? differenceText(inSentence(names), there, here) : 'The other process is on its way.'}
      </p>
    </div>
  )
}

const UNIT_LABELS: Record<Unit, string> = { count: 'Counts', share: 'Shares' }
const WORD_LABELS: Record<WordSource, string> = { recorded: 'as recorded', run: 'of this run' }
const WHOLE = ''

/** What is compared: with which process, in which area, in which unit. */
function ComparisonMenus({ areas, area, unit, words }: Comparison & { readonly words: WordSource }) {
  const beside = useApp(besideId)
  const scenario = useApp((state) => state.scenario)
  const machine = useApp((state) => state.machine)
  const recorded = useApp((state) => state.recorded.has(state.scenario))
  const commands = useCommands()
  const areaOptions = [
    { value: WHOLE, label: 'the whole process' },
    ...areas.map((name) => ({ value: name, label: name })),
  ]
  return (
    <div className="tables-comparison">
      {recorded && (
        <RadioGroup
          label="Words"
          options={WORD_SOURCES.map((value) => ({ value, label: WORD_LABELS[value] }))}
          value={words}
          onChange={(value) => commands.askTables({ words: value })}
        />
      )}
      <MenuSelect
        label="Beside"
        options={besideOptions({ scenario, machine })}
        value={beside}
        onChange={(value) => commands.askTables({ beside: value })}
      />
      <MenuSelect
        label="In"
        options={areaOptions}
        value={area ?? WHOLE}
        onChange={(value) => commands.askTables({ area: value === WHOLE ? null : value })}
      />
      <RadioGroup
        label="As"
        options={UNITS.map((value) => ({ value, label: UNIT_LABELS[value] }))}
        value={unit}
        onChange={(value) => commands.askTables({ unit: value })}
      />
    </div>
  )
}

/** The selected entry: its way from the root, its meaning, and the ways to another. */
function Entry({ shown, place, page, byXen, select, zoom }: { shown: Shown } & Selection) {
  const { set, scene, process, words } = shown
  const playing = useApp((state) => state.playing)
  const stops = levelStops(set, place)
  const area = set.areaAt(addressAt(set, place))
  const state = page >= 0 && words === 'run' ? pageRow(scene, process, page).state : ''
  const jump = (text: string): string | null => {
    const address = fromHex(text)
    const to = address && deepestAt(set, address.hi * 2 ** 32 + address.lo)
    if (!to) return 'No table covers this. Type an address of user space in hexadecimal digits.'
    select(to)
    return null
  }
  return (
    <div className="tables-entry">
      <LevelStrip
        stops={stops}
        onSelect={(stop) => {
          const to = stops[stop]?.place
          if (to) select(to)
        }}
      />
      <div className="tables-bar">
        <Button onPress={zoom}>
          Zoom in <KeyCap name="Z" />
        </Button>
        <p role="status" aria-live={playing ? 'off' : 'polite'} className="tables-said text-label">
          <span className="font-mono text-ink">{entryAddress(set, place)}</span>
          <span className="text-ink-2">{[area, state].filter(Boolean).map((part) => ` ${part},`)}</span>{' '}
          <span>{entryMeaning(set, place, byXen)}</span>
        </p>
        <EntryJump
          onJump={jump}
          onPrevious={() => select(nextInUse(set, place, -1))}
          onNext={() => select(nextInUse(set, place, 1))}
        />
        <p className="text-note text-ink-2">{sourceText(shown)}</p>
      </div>
    </div>
  )
}

/** Where the words come from. */
function sourceText({ words, recorded, scene }: Shown): string {
  if (words === 'recorded') return 'recorded words'
  return recorded ? `the recording, run by ${scene.machine.kernel.name}` : 'modelled'
}
