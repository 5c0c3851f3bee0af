import { chapterText } from '../beat'
import { RECORDED, rule, THREAD } from '../sources'
import { STUCK } from './stuck-words'
import { countText } from '../../trace/count-text'

/** 0: the anomaly comes first. */
export const stuck = chapterText('stuck', STUCK, {
  start: {
    run: {},
    stop: 'opening',
    figure: { shows: 'stuck' },
    facts: { report: [THREAD], quiet: [rule('PF4')] },
  },
  climb: {
    run: {},
    from: 'opening',
    stop: 'end',
    figure: { shows: 'stuck', climbs: true },
    right: 'repair',
    facts: { again: [rule('PF4')], code: [rule('HW5')] },
  },
  real: {
    run: {},
    stop: 'end',
    figure: { shows: 'stuck', recorded: true },
    reveals: 'climb',
    numbers: {
      faults: ({ recorded }) => recorded && countText(recorded.faults),
      seconds: ({ recorded }) => recorded && String(recorded.seconds),
    },
    facts: { recorded: [RECORDED], repeat: [RECORDED] },
  },
})
