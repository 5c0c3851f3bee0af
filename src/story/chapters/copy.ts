import { chapterText, type Run } from '../beat'
import { rule } from '../sources'
import { COPY } from './copy-words'

const written: Run = { scenario: 'cow', machine: 'bare', kernel: 'rc1' }

/** 4, half worked: the way of a write fault. */
export const copy = chapterText('copy', COPY, {
  shared: {
    run: written,
    stop: 'opening',
    figure: { shows: 'path' },
    facts: { fork: [rule('FK2')], never: [rule('PR1')] },
  },
  rights: {
    run: written,
    from: 'opening',
    stop: { behind: 'access_error?' },
    figure: { shows: 'path' },
    facts: { first: [rule('PF3')], guard: [rule('PF3')] },
  },
  ask: {
    run: written,
    from: { behind: 'access_error?' },
    stop: { behind: 'pte_present?' },
    figure: { shows: 'path', open: true },
    right: 'copy',
    facts: { order: [rule('HF3'), rule('HF5')] },
  },
  copied: {
    run: written,
    from: { behind: 'pte_present?' },
    stop: 'end',
    figure: { shows: 'path' },
    reveals: 'ask',
    facts: { wp: [rule('WP1')], map: [rule('WP5')] },
  },
})
