import { ENTRY_FIELDS } from '../../arch/entry-fields'
import { bitOf, type Pte } from '../../arch/pte'
import { differenceOf, differenceWords, xor, type EntryDifference } from '../../trace/entry-difference'
import { BitHeads } from '../bit-grid/bit-heads'
import { HexLine } from '../bit-grid/hex-line'
import { LetterPlate } from '../ui/letter-plate'
import { flagsSaid, WordBit, type WordOfWorld } from './word-of-world'
import './word-pair.css'

interface Props {
  readonly a: WordOfWorld
  readonly b: WordOfWorld
  /** What entry it is, and when. */
  readonly caption: string
  readonly animate: boolean
}

/** A, what differs, and B in the same bit columns; a frame around each column that differs. */
export function WordPair({ a, b, caption, animate }: Props) {
  const difference = differenceOf(a.entry, b.entry)
  const words = differenceWords(difference)
  return (
    <figure className="word-pair bit-columns" aria-label="The entry in both worlds">
      <figcaption className="word-pair-caption">{caption}</figcaption>
      <div className="word-pair-heads" aria-hidden="true">
        <BitHeads />
      </div>
      <div className="word-pair-rows">
        <span className="alias-band" aria-hidden="true" />
        <WordRow letter="A" word={a} animate={animate} />
        <XorRow a={a.entry} b={b.entry} words={words} frame={difference.frame} />
        <WordRow letter="B" word={b} animate={animate} />
        <Frames difference={difference} />
      </div>
    </figure>
  )
}

interface WordRowProps {
  readonly letter: 'A' | 'B'
  readonly word: WordOfWorld
  readonly animate: boolean
}

function WordRow({ letter, word, animate }: WordRowProps) {
  const { title, entry, frameLabel, frameText } = word
  return (
    <div role="group" aria-label={`${letter}, ${title}`} className="word-pair-row">
      <LetterPlate letter={letter} />
      <div className="word-pair-name">
        <span className="word-pair-title">{title}</span>
        <HexLine entry={entry} marks={[]} />
      </div>
      <span className="frame-chip">{`${frameLabel} ${frameText}`}</span>
      <div className="stratum-bits">
        <span className="sr-only">{flagsSaid(word)}</span>
        {ENTRY_FIELDS.map(({ bit }) => (
          <WordBit key={bit} word={word} bit={bit} animate={animate} />
        ))}
      </div>
    </div>
  )
}

interface XorRowProps {
  readonly a: Pte
  readonly b: Pte
  readonly words: string
  readonly frame: boolean
}

/** The bits in which the two words differ: only those are written in full. */
function XorRow({ a, b, words, frame }: XorRowProps) {
  const unequal = xor(a, b)
  return (
    <div role="group" aria-label="A XOR B" className="word-pair-row word-pair-xor">
      <span aria-hidden="true" className="size-6" />
      <div className="word-pair-name">
        <span className="word-pair-title">A xor B</span>
        <HexLine entry={unequal} marks={[]} />
      </div>
      <span className="frame-chip word-pair-frame-word">{frame ? 'other frame' : ''}</span>
      <div className="stratum-bits">
        <span className="sr-only">{words === '' ? 'No bit differs.' : `Different: ${words}.`}</span>
        {ENTRY_FIELDS.map(({ bit }) => (
          <span
            key={bit}
            aria-hidden="true"
            className={`word-pair-digit word-pair-digit-${bit}`}
            data-differs={bitOf(unequal, bit) === 1}
          >
            {bitOf(unequal, bit)}
          </span>
        ))}
      </div>
    </div>
  )
}

/** Frames through all three rows: one for the frame number, one for each flag. */
function Frames({ difference: { bits, frame } }: { readonly difference: EntryDifference }) {
  const places = ENTRY_FIELDS.flatMap(({ bit }, place) => (bits.includes(bit) ? [{ bit, place }] : []))
  return (
    <div aria-hidden="true">
      {frame && <span className="word-pair-frame word-pair-frame-chip" />}
      {places.map(({ bit, place }) => (
        <span
          key={bit}
          data-differs={bit}
          className={`word-pair-frame ${place === 0 ? 'word-pair-frame-nx' : bit === 8 ? 'word-pair-frame-alias' : ''}`}
          style={{ '--place': place - 1 } as React.CSSProperties}
        />
      ))}
    </div>
  )
}
