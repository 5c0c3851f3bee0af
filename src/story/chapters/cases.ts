import { chapterText } from '../beat'
import { misjudged, words } from '../numbers'
import { commit, PROOF, rule, THREAD } from '../sources'
import { CASES } from './cases-words'

/** 8: the proof and its limits. */
export const cases = chapterText('cases', CASES, {
  doubt: {
    run: { scenario: 'cow', kernel: 'rc1' },
    stop: 'end',
    figure: { shows: 'path' },
    numbers: { words },
    right: 'quarter',
    facts: { doubt: [THREAD] },
  },
  wall: {
    run: { scenario: 'cow' },
    stop: 'end',
    figure: { shows: 'wall' },
    reveals: 'doubt',
    numbers: { words, wrong: misjudged },
    facts: { reach: [PROOF] },
  },
  claims: { run: { scenario: 'cow' }, stop: 'end', figure: { shows: 'claims' }, facts: { how: [PROOF] } },
  limits: {
    run: { scenario: 'grant', machine: 'xen', kernel: '4.0' },
    stop: 'end',
    figure: { shows: 'scope' },
    facts: { grants: [rule('XG2'), commit('9c17d96500f7'), commit('30b5c851af79')], moot: [rule('XB2')] },
  },
})
