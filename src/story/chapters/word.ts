import { chapterText, type Run } from '../beat'
import { PAGE } from '../../machine/scenarios/small-process'
import { file, rule } from '../sources'
import { WORD } from './word-words'

/** An ordinary page that was written to, on bare metal. */
const written: Run = { scenario: 'touch', machine: 'bare', kernel: 'rc1' }
const shut: Run = {
  ...written,
  does: [
    { do: 'access', process: 0, page: PAGE.shared, access: 'write' },
    { do: 'flip', process: 0, page: PAGE.shared, bit: 0 },
  ],
}

/** 1: who reads what. */
export const word = chapterText('word', WORD, {
  entry: {
    run: written,
    stop: 'end',
    figure: { shows: 'word' },
    facts: { size: [file('arch/x86/include/asm/pgtable_types.h', 'v4.0')], zero: [rule('PT1')] },
  },
  readers: {
    run: written,
    stop: 'end',
    figure: { shows: 'word', readers: true },
    facts: { cpu: [rule('HW3')], marks: [rule('HW4')] },
  },
  ask: {
    run: written,
    stop: 'end',
    figure: { shows: 'word' },
    right: 'none',
    facts: { walk: [rule('HW2'), rule('HW5')] },
  },
  none: {
    run: shut,
    stop: 'end',
    figure: { shows: 'word', readers: true },
    reveals: 'ask',
    facts: { swap: [rule('SW1')], still: [rule('PT8')] },
  },
})
