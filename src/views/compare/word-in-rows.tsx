import { bitOf } from '../../arch/pte'
import { differenceOf, differenceWords } from '../../trace/entry-difference'
import { isFrameBit } from '../bit-grid/bit-name'
import { HexLine } from '../bit-grid/hex-line'
import { shortName } from '../bit-grid/word-rows'
import { flagsSaid, WordBit, type WordOfWorld } from './word-of-world'
import '../bit-grid/bit-grid.css'
import '../bit-grid/word-rows.css'
import './word-in-rows.css'

interface Props {
  readonly word: WordOfWorld
  /** The same entry in the other world: bits that differ are framed. */
  readonly other: WordOfWorld
  readonly animate: boolean
}

/** Bits 15 to 0 in two rows, as wide as a small screen. */
const BITS = Array.from({ length: 16 }, (_, place) => 15 - place)

/** One world's word on a small screen, with a badge that says how the other's differs. */
export function WordInRows({ word, other, animate }: Props) {
  const { entry, frameLabel, frameText } = word
  const difference = differenceOf(entry, other.entry)
  const words = differenceWords(difference)
  const differs = (bit: number) => bitOf(entry, bit) !== bitOf(other.entry, bit)
  return (
    <div role="group" aria-label={word.title} className="word-rows">
      <p className="word-badge" data-differs={words !== ''}>
        {words === '' ? 'the same word in both' : `differs in ${words}`}
      </p>
      <div className="stratum stratum-large">
        <HexLine entry={entry} marks={[]} />
        <span className="word-nx word-nx-still" data-differs={differs(63)}>
          NX = {bitOf(entry, 63)}
        </span>
        <span className="frame-chip" data-differs={difference.frame}>{`${frameLabel} ${frameText}`}</span>
        <span className="sr-only">{flagsSaid(word)}</span>
        <div className="word-bits" aria-hidden="true">
          {BITS.map((bit) => (
            <span key={bit} className={`word-cell${isFrameBit(bit) ? ' word-cell-frame' : ''}`}>
              <span className="word-cell-number">{bit}</span>
              <span className="word-differs" data-differs={differs(bit)}>
                <WordBit word={word} bit={bit} animate={animate} />
              </span>
              <span className="word-cell-name">{shortName(bit, frameLabel)}</span>
            </span>
          ))}
        </div>
      </div>
    </div>
  )
}
