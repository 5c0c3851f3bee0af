import { chapterText, type Run } from '../beat'
import { lastAskedDigits, lastDigits } from '../numbers'
import { commit, RECORDED, rule } from '../sources'
import { XEN } from './xen-words'

const first: Run = { scenario: 'touch' }
const written: Run = { scenario: 'cow' }

/** 5: the bug. */
export const xen = chapterText('xen', XEN, {
  between: {
    run: first,
    from: { behind: 'do_anonymous_page' },
    stop: { behind: 'mmu_update' },
    figure: { shows: 'word', asked: true },
    facts: { call: [rule('XS1'), rule('XS5'), rule('XS7')], frames: [rule('XP2')] },
  },
  bit: {
    run: first,
    from: { behind: 'mmu_update' },
    stop: { behind: 'Xen stores' },
    figure: { shows: 'word', asked: true },
    numbers: { asked: lastAskedDigits, stored: lastDigits },
    facts: {
      why: [rule('XB2')],
      since: [commit('6f562e72cdc4'), commit('eb976b2e4a96')],
      read: [rule('XA1'), rule('XP1')],
    },
  },
  ask: {
    run: written,
    from: 'opening',
    stop: { behind: 'pte_present?' },
    figure: { shows: 'path', open: true },
    right: 'forever',
    facts: { test: [rule('PT2')], live: [commit('e7bb4b6d1609'), commit('8a0516ed8b90')] },
  },
  forever: {
    run: written,
    from: { behind: 'pte_present?' },
    stop: 'end',
    figure: { shows: 'path', asked: true },
    reveals: 'ask',
    right: 'rw',
    facts: { state: [rule('PF4')], off: [rule('PT2'), RECORDED] },
  },
  because: {
    run: written,
    stop: 'end',
    figure: { shows: 'word', asked: true },
    reveals: 'forever',
    numbers: { asked: lastAskedDigits, stored: lastDigits },
    facts: {
      point: [rule('PR1'), rule('NF1'), rule('XA1')],
      everyone: [rule('FI5'), rule('FI2')],
      killed: [rule('SG1'), rule('KM1')],
      scanner: [rule('SC3')],
      pins: [rule('GU2')],
    },
  },
})
