import { chapterText } from '../beat'
import { passBare, passBoth, passSpecification, tests } from '../numbers'
import { PROOF, rule, THREAD } from '../sources'
import { TAPE } from './tape-words'

/** 7: why testing on bare metal could not have caught it. */
export const tape = chapterText('tape', TAPE, {
  lockstep: {
    run: { scenario: 'cow' },
    from: 'opening',
    stop: 'end',
    figure: { shows: 'compare' },
    facts: { one: [rule('PT2')] },
  },
  worlds: {
    run: { scenario: 'cow' },
    stop: 'end',
    figure: { shows: 'worlds' },
    numbers: { tests },
    right: 'few',
    facts: { same: [rule('BM1'), rule('PT2')], acked: [THREAD] },
  },
  sieve: {
    run: { scenario: 'cow' },
    stop: 'end',
    figure: { shows: 'sieve' },
    reveals: 'worlds',
    numbers: { tests, bare: passBare, both: passBoth, left: passSpecification },
    facts: { two: [PROOF] },
  },
})
