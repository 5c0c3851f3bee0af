import { chapterText } from '../beat'
import { tests } from '../numbers'
import { FIX, PROOF, rule } from '../sources'
import { TEST } from './test-words'

/** 6: the reader writes the fix. */
export const test = chapterText('test', TEST, {
  paint: {
    run: { scenario: 'cow' },
    stop: 'end',
    figure: { shows: 'painter' },
    numbers: { tests },
    facts: { sixteen: [PROOF], lamps: [PROOF] },
  },
  never: {
    run: { scenario: 'hint', machine: 'bare', kernel: 'p0', access: 'read' },
    from: 'opening',
    stop: 'end',
    figure: { shows: 'path' },
    facts: { present: [rule('PT8'), rule('HF2')], accident: [PROOF, rule('HF2')] },
  },
  fix: {
    run: { scenario: 'cow', kernel: 'rc1' },
    from: 'opening',
    stop: 'end',
    figure: { shows: 'path' },
    facts: { fix: [FIX], rc1: [rule('PT2')] },
  },
})
