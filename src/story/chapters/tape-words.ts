export const TAPE = {
  title: 'Two kernels, one tape',
  short: 'One tape',
  beats: {
    lockstep: {
      lead: 'Above the old test, below the fix.',
      body: 'The same write under Xen, step by step. At `pte_protnone` the two kernels part.',
      verb: 'Step along the tape',
      facts: { one: 'Exactly one thing differs between the two: what `pte_protnone?` asks.' },
    },
    worlds: {
      lead: 'Every kernel, on both machines.',
      body: 'On bare metal the old test of 3.20-rc0 ends well. Only under Xen it does not.',
      question: 'How many of the {tests} tests pass on bare metal?',
      answers: {
        one: { says: 'One', after: 'One would be a strict test bench. It lets more through.' },
        few: { says: 'Four', after: 'Right: and the test of 3.20-rc0 is one of them.' },
        half: { says: 'Eight', after: 'Not that many. But far more than the one that is right.' },
        most: { says: 'Twelve', after: 'That many are stopped there.' },
      },
      facts: {
        same: 'On bare metal no present page of a program has bit 8 set, so both tests answer alike.',
        acked: 'The ack for bare metal says why: to hide a page clears PRESENT, so the fix changes nothing there.',
      },
    },
    sieve: {
      lead: '{bare} of {tests} pass on bare metal, the old one too.',
      body: 'Xen leaves {both}. Yes to Linux’s note and nothing else: {left}.',
      facts: {
        two: 'The two that pass on both machines: the fix, and plain “not PRESENT”, which is only right because another question came first.',
      },
    },
  },
} as const
