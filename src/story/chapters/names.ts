import { chapterText, type Run } from '../beat'
import { rule } from '../sources'
import { NAMES } from './names-words'
import { lastDigits } from '../numbers'

/** A page that the NUMA scanner has marked, on bare metal. */
const hinted: Run = { scenario: 'hint', machine: 'bare', kernel: 'rc1', does: [] }

/** 2: aliasing is deliberate thrift. */
export const names = chapterText('names', NAMES, {
  two: {
    run: hinted,
    stop: 'end',
    figure: { shows: 'word', names: true },
    facts: { global: [rule('HW8')], protnone: [rule('PT2')], thrift: [rule('HW2'), rule('PT8')] },
  },
  place: {
    run: hinted,
    stop: 'end',
    figure: { shows: 'square', asks: true },
    numbers: { word: lastDigits },
    right: 'note',
    facts: { digits: [rule('PT2')] },
  },
  square: {
    run: hinted,
    stop: 'end',
    figure: { shows: 'square' },
    reveals: 'place',
    facts: { tenants: [rule('MP3'), rule('PF3')], swap: [rule('SW1')] },
  },
})
