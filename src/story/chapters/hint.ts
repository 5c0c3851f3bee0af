import { chapterText, type Run } from '../beat'
import { file, rule } from '../sources'
import { HINT } from './hint-words'

const marked: Run = { scenario: 'hint', machine: 'bare', kernel: 'rc1', access: 'read', does: [] }
const touched: Run = { scenario: 'hint', machine: 'bare', kernel: 'rc1', access: 'read' }

/** 3, worked: the way of a NUMA hint. */
export const hint = chapterText('hint', HINT, {
  marked: {
    run: marked,
    stop: 'end',
    figure: { shows: 'word', names: true },
    facts: {
      why: [rule('MI1'), rule('NF2')],
      frame: [rule('PT3'), rule('SC2')],
      off: [file('mm/mempolicy.c', 'v4.0'), rule('PT2')],
    },
  },
  touch: {
    run: touched,
    from: 'opening',
    stop: { behind: 'hint?' },
    figure: { shows: 'path' },
    facts: { order: [rule('HF3')], present: [rule('PT8')] },
  },
  ask: {
    run: touched,
    from: { behind: 'hint?' },
    stop: { behind: 'count the hint' },
    figure: { shows: 'path' },
    right: 'runs',
    facts: { undo: [rule('NF1')] },
  },
  done: {
    run: touched,
    from: { behind: 'count the hint' },
    stop: 'end',
    figure: { shows: 'path' },
    reveals: 'ask',
    facts: { back: [rule('PF4')], write: [rule('NF1'), rule('HF5')] },
  },
})
