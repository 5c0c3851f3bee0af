import { useCallback, useLayoutEffect, useId, useRef, useState } from 'react'
import { ENTRY_FIELDS } from '../../arch/entry-fields'
import { EMPTY, PRESENT, bitOf, has } from '../../arch/pte'
import type { Pte } from '../../arch/pte'
import { AllBits } from './all-bits'
import { BitCell } from './bit-cell'
import { toneOf } from './bit-name'
import { HexField } from './hex-field'
import { HexLine } from './hex-line'
import { useRovingBits } from './roving-bits'
import './bit-grid.css'

/** One state of the word: what Linux wrote, what Xen stored, what memory holds. */
export interface Stratum {
  readonly id: string
  readonly label: string
  /** One plain line under the label; may be empty. */
  readonly sub: string
  /** Null while there is nothing to show. */
  readonly entry: Pte | null
  /** Said in place of an entry that is null. */
  readonly absent?: string
  readonly frameLabel: 'MFN' | 'PFN'
  readonly frameText: string
  readonly size: 'small' | 'large'
  readonly editable: boolean
  /** Bits set by Xen. */
  readonly byXen: readonly number[]
  /** Bits that differ from the step before; their old digit is struck. */
  readonly changed: readonly number[]
  readonly before: Pte | null
  /** Hex digits, counted from the left, that differ from the row above. */
  readonly hexMarks: readonly number[]
  /** A hatched edge: this row is the hypervisor's doing. */
  readonly hatchEdge: boolean
}

export interface WordStrataProps {
  readonly strata: readonly Stratum[]
  /** The bit that is being explained; null for none. */
  readonly selectedBit: number | null
  readonly onFlip: (bit: number) => void
  readonly onWhy: (bit: number) => void
  readonly onHex: (text: string) => void
  /** Store the word as it lies there through Linux's set_pte. */
  readonly onStore: () => void
  readonly hexProblem?: string | null
  readonly readNow?: readonly number[]
  readonly predicted?: readonly number[]
  readonly animate: boolean
  /** The frame of the selected row comes down around the word. */
  readonly framed?: boolean
}

/** The selected word, one row for each hand it went through, in the columns of the table. */
export function WordStrata(props: WordStrataProps) {
  return (
    <div className={`word-strata${props.framed === false ? '' : ' word-framed'}`}>
      <span className="alias-band" aria-hidden="true" />
      {props.strata.map((stratum) => (
        <StratumRow key={stratum.id} stratum={stratum} word={props} />
      ))}
    </div>
  )
}

export interface StratumRowProps {
  readonly stratum: Stratum
  readonly word: WordStrataProps
}

function StratumRow({ stratum, word }: StratumRowProps) {
  const [allBits, setAllBits] = useState(false)
  const { label, size, hatchEdge, editable, entry } = stratum
  const panel = useId()
  return (
    <div role="group" aria-label={label} className={`stratum stratum-${size}${hatchEdge ? ' stratum-hatched' : ''}`}>
      <StratumLabel stratum={stratum} />
      <StratumHex stratum={stratum} word={word} panel={panel} open={allBits} onOpen={setAllBits} />
      {entry && editable && allBits && (
        <AllBits
          id={panel}
          label={label}
          entry={entry}
          byXen={stratum.byXen}
          changed={stratum.changed}
          animate={word.animate}
          onFlip={word.onFlip}
          onWhy={word.onWhy}
          onClose={() => setAllBits(false)}
        />
      )}
      {entry && editable ? (
        <EditableBits stratum={stratum} entry={entry} word={word} />
      ) : (
        <DrawnBits stratum={stratum} animate={word.animate} />
      )}
    </div>
  )
}

function StratumLabel({ stratum: { label, sub } }: { readonly stratum: Stratum }) {
  return (
    <div className="stratum-label">
      <span className="stratum-name">{label}</span>
      {sub && <span className="stratum-sub">{sub}</span>}
    </div>
  )
}

export interface StratumHexProps extends StratumRowProps {
  readonly panel: string
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
}

/** The word in hex with its frame, and what can be done to it as a whole. */
export function StratumHex({ stratum, word, panel, open, onOpen }: StratumHexProps) {
  const [editing, setEditing] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const wasEditing = useRef(false)
  const close = useCallback(() => setEditing(false), [])
  useLayoutEffect(() => {
    // The field that had the focus is gone: give it back to the button that opened it.
    if (wasEditing.current && !editing) opener.current?.focus()
    wasEditing.current = editing
  }, [editing])
  const { entry, editable, frameLabel, frameText, label } = stratum
  if (!entry) return <div className="stratum-hex text-ink-3">{stratum.absent ?? 'nothing yet'}</div>
  if (editing)
    return (
      <div className="stratum-hex">
        <HexField entry={entry} label={label} problem={word.hexProblem ?? null} onSend={word.onHex} onClose={close} />
      </div>
    )
  return (
    <div className="stratum-hex">
      <HexLine entry={entry} marks={stratum.hexMarks} />
      <span className="frame-chip">{`${frameLabel} ${frameText}`}</span>
      {editable && (
        <span className="stratum-tools">
          <button ref={opener} type="button" onClick={() => setEditing(true)}>
            edit hex
          </button>
          <button
            type="button"
            aria-expanded={open}
            aria-controls={open ? panel : undefined}
            onClick={() => onOpen(!open)}
          >
            all 64 bits
          </button>
          <button type="button" onClick={word.onStore}>
            set_pte
          </button>
        </span>
      )}
    </div>
  )
}

const ONE_ROW: readonly (readonly number[])[] = [ENTRY_FIELDS.map(({ bit }) => bit)]

interface EditableBitsProps extends StratumRowProps {
  readonly entry: Pte
}

function EditableBits({ stratum, entry, word }: EditableBitsProps) {
  const inRow = ENTRY_FIELDS.some(({ bit }) => bit === word.selectedBit)
  const roving = useRovingBits(
    ONE_ROW,
    inRow && word.selectedBit !== null ? word.selectedBit : 8,
    word.onFlip,
    word.onWhy,
  )
  return (
    <div role="group" aria-label={`${stratum.label}, flags`} className="stratum-bits" {...roving.box}>
      {ENTRY_FIELDS.map(({ bit }) => (
        <BitCell
          key={bit}
          bit={bit}
          value={bitOf(entry, bit)}
          present={has(entry, PRESENT)}
          size={stratum.size}
          tone={toneOf(bit)}
          byXen={stratum.byXen.includes(bit)}
          changed={stratum.changed.includes(bit)}
          readNow={stratum.size === 'large' && (word.readNow?.includes(bit) ?? false)}
          predicted={word.predicted?.includes(bit) ?? false}
          marked={word.selectedBit === bit}
          animate={word.animate}
          tabIndex={roving.stop === bit ? 0 : -1}
        />
      ))}
    </div>
  )
}

/** A row to look at: its bits are drawn, and said in one sentence instead of thirteen buttons. */
function DrawnBits({ stratum, animate }: { readonly stratum: Stratum; readonly animate: boolean }) {
  const entry = stratum.entry ?? EMPTY
  const ones = ENTRY_FIELDS.filter(({ bit }) => bitOf(entry, bit) === 1).map(({ bit, name }) =>
    bit === 8 ? 'bit 8' : name,
  )
  return (
    <div className="stratum-bits">
      <span className="sr-only">{stratum.entry ? `Set here: ${ones.join(', ') || 'none'}.` : ''}</span>
      {ENTRY_FIELDS.map(({ bit }) => (
        <BitCell
          key={bit}
          bit={bit}
          value={bitOf(entry, bit)}
          present={has(entry, PRESENT)}
          size={stratum.size}
          tone={toneOf(bit)}
          byXen={stratum.byXen.includes(bit)}
          changed={stratum.changed.includes(bit)}
          dot={stratum.entry === null}
          animate={animate}
          readOnly
        />
      ))}
    </div>
  )
}
