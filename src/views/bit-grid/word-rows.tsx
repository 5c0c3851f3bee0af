import { useId, useState } from 'react'
import { ENTRY_FIELDS } from '../../arch/entry-fields'
import { bitOf, has, PRESENT, type Pte } from '../../arch/pte'
import { BitCell } from './bit-cell'
import { bitName, isFrameBit, toneOf } from './bit-name'
import { HexLine } from './hex-line'
import { useRovingBits } from './roving-bits'
import { StratumHex, type Stratum, type WordStrataProps } from './word-strata'
import './bit-grid.css'
import './word-rows.css'

/** All bits from the left, eight to a row. */
const ALL_ROWS = Array.from({ length: 8 }, (_, row) => Array.from({ length: 8 }, (__, place) => 63 - 8 * row - place))
/** The rows that hold a flag. */
const FLAG_ROWS = ALL_ROWS.slice(-2)

/** The selected word for a small screen: what Linux wrote in one line, what memory holds in rows of eight. */
export function WordRows(props: WordStrataProps) {
  const [memory, asked] = props.strata.toReversed()
  return (
    <div className="word-rows">
      {asked && <AskedLine stratum={asked} />}
      {memory?.entry && <MemoryRows stratum={memory} entry={memory.entry} word={props} />}
    </div>
  )
}

function AskedLine({ stratum: { label, entry, absent, hexMarks } }: { readonly stratum: Stratum }) {
  return (
    <div role="group" aria-label={label} className="stratum word-asked">
      <span>{label}</span>
      {entry ? <HexLine entry={entry} marks={hexMarks} /> : <span>{absent ?? 'nothing yet'}</span>}
    </div>
  )
}

interface MemoryRowsProps {
  readonly stratum: Stratum
  readonly entry: Pte
  readonly word: WordStrataProps
}

function MemoryRows({ stratum, entry, word }: MemoryRowsProps) {
  const [open, setOpen] = useState(false)
  const panel = useId()
  const rows = open ? ALL_ROWS : FLAG_ROWS
  const roving = useRovingBits(rows, 8, word.onFlip, word.onWhy)
  const { label, sub, hatchEdge } = stratum
  return (
    <div role="group" aria-label={label} className="stratum stratum-large">
      <p className={`word-head${hatchEdge ? ' word-head-hatched' : ''}`}>
        <span className="stratum-name">{label}</span> <span className="stratum-sub">{sub}</span>
      </p>
      <StratumHex stratum={stratum} word={word} panel={panel} open={open} onOpen={setOpen} />
      {!open && <NxChip entry={entry} onFlip={word.onFlip} />}
      <div id={panel} role="group" aria-label={`${label}, bits`} className="word-bits" {...roving.box}>
        {rows.flat().map((bit) => (
          <span key={bit} className={`word-cell${isFrameBit(bit) ? ' word-cell-frame' : ''}`}>
            <span className="word-cell-number" aria-hidden="true">
              {bit}
            </span>
            <BitCell
              bit={bit}
              value={bitOf(entry, bit)}
              present={has(entry, PRESENT)}
              size="large"
              tone={toneOf(bit)}
              byXen={stratum.byXen.includes(bit)}
              changed={stratum.changed.includes(bit)}
              readNow={word.readNow?.includes(bit) ?? false}
              marked={word.selectedBit === bit}
              animate={word.animate}
              tabIndex={roving.stop === bit ? 0 : -1}
            />
            <span className="word-cell-name" aria-hidden="true">
              {shortName(bit, stratum.frameLabel)}
            </span>
          </span>
        ))}
      </div>
    </div>
  )
}

/** The one flag that stands far from the others, while its row is folded away. */
function NxChip({ entry, onFlip }: { readonly entry: Pte; readonly onFlip: (bit: number) => void }) {
  const value = bitOf(entry, 63)
  const name = bitName({ bit: 63, value, present: has(entry, PRESENT), byXen: false, noFlag: false })
  return (
    <button
      type="button"
      className="word-nx"
      data-bit="63"
      aria-pressed={value === 1}
      aria-label={name}
      onClick={() => onFlip(63)}
    >
      NX = {value}
    </button>
  )
}

/** The name under a bit where rows hold frame bits too. */
export function shortName(bit: number, frame: 'MFN' | 'PFN'): string {
  if (isFrameBit(bit)) return frame.toLowerCase()
  return ENTRY_FIELDS.find((field) => field.bit === bit)?.short ?? ''
}
