import { ENTRY_FIELDS, nameOfBit8 } from '../../arch/entry-fields'
import { bitOf, GLOBAL, groupedHex, has, PRESENT, type Pte } from '../../arch/pte'
import type { ReadFrame } from '../../clinic/reading'

interface Props {
  readonly word: Pte
  /** `Linux 4.0`: who reads it here. */
  readonly reader: string
  /** The frame as that reader has it; null where there is none. */
  readonly frame: Pick<ReadFrame, 'countedBy' | 'number'> | null
  /** Are its bits flags to that reader? Else a note stands here, or nothing. */
  readonly flags: boolean
  /** Bits that Xen put there. */
  readonly byXen: readonly number[]
}

const [NX, ...REST] = ENTRY_FIELDS

/** The word: sixteen digits, its flags, and which of its two names bit 8 goes by. */
export function WordHead({ word, reader, frame, flags, byXen }: Props) {
  const present = has(word, PRESENT)
  const set = [NX!, ...REST].filter(({ bit }) => bitOf(word, bit)).map(({ bit, name }) => (bit === 8 ? 'bit 8' : name))
  return (
    <div className="clinic-word">
      <div className="clinic-word-top">
        <h2 tabIndex={-1}>
          <span className="sr-only">The word </span>
          <code>{groupedHex(word)}</code>
        </h2>
        <p>read by {reader}</p>
      </div>
      <p className="sr-only">{`Set: ${set.join(', ') || 'none'}.`}</p>
      <div className="clinic-bits" aria-hidden="true">
        <Bit bit={63} short="NX" word={word} flags={flags} byXen={byXen} />
        <span className="clinic-bit clinic-bit-frame">
          <span className="clinic-bit-number">51…12</span>
          <span className="clinic-bit-box">
            {frame ? (
              <>
                <span>{frame.countedBy}</span>
                <b>{frame.number.toString(16)}</b>
              </>
            ) : (
              '–'
            )}
          </span>
          <span className="clinic-bit-name" />
        </span>
        {REST.map(({ bit, short }) => (
          <Bit key={bit} bit={bit} short={short} word={word} flags={flags} byXen={byXen} />
        ))}
      </div>
      <p className="clinic-names">
        {(['PROTNONE', 'GLOBAL'] as const).map((name) => {
          const counts = flags && has(word, GLOBAL) && nameOfBit8(present) === name
          return (
            <span key={name} className="clinic-name" data-counts={counts}>
              {name}
              <span className="sr-only">{counts ? ' counts' : ' does not count'}</span>
            </span>
          )
        })}
        <span className="text-label text-ink-2">{becauseOf(word, flags)}</span>
      </p>
    </div>
  )
}

/** Why bit 8 goes by one of its names, or by none. */
function becauseOf(word: Pte, flags: boolean): string {
  if (!flags) return has(word, PRESENT) ? 'what its bits mean is not known here' : 'no bit here is a flag of the CPU’s'
  if (!has(word, GLOBAL)) return 'bit 8 is 0'
  return `because PRESENT is ${word.lo & PRESENT}`
}

interface BitProps extends Pick<Props, 'word' | 'flags' | 'byXen'> {
  readonly bit: number
  readonly short: string
}

function Bit({ bit, short, word, flags, byXen }: BitProps) {
  const value = bitOf(word, bit)
  const tone = bit === 8 ? 'alias' : bit === 0 ? 'present' : 'plain'
  return (
    <span
      className="clinic-bit"
      data-on={value === 1}
      data-tone={tone}
      data-flag={flags}
      data-xen={byXen.includes(bit)}
    >
      <span className="clinic-bit-number">{bit}</span>
      <span className="clinic-bit-box">{value}</span>
      <span className="clinic-bit-name">{bit === 8 ? '' : short}</span>
    </span>
  )
}
