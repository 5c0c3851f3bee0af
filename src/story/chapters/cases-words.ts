export const CASES = {
  title: 'Every case',
  short: 'Every case',
  beats: {
    doubt: {
      lead: 'The fix was approved, with a doubt.',
      body: 'Mel Gorman saw no harm on bare metal. About Xen, he wrote, he could not fully convince himself.',
      question: 'Of all {words} words of twelve bits, how many does the old test misjudge?',
      answers: {
        few: { says: 'One in sixty-four', after: 'It is more: the test errs on a whole square.' },
        eighth: { says: 'An eighth', after: 'Close. It errs wherever both bits are 1.' },
        quarter: { says: 'A quarter', after: 'Right: the square in which both bits are 1.' },
        half: { says: 'A half', after: 'It says yes to half of them; half of those are right.' },
      },
      facts: {
        doubt:
          'He asked for somebody with Xen and several nodes to try. No answer was found in the archives that were read.',
      },
    },
    wall: {
      lead: '{wrong} of {words}: where both bits are 1.',
      body: 'On bare metal no program’s page is there. Under Xen every present one in use is.',
      verb: 'Choose any word',
      facts: {
        reach: 'The dots are words that a state of the model really holds: hollow on bare metal, solid under Xen.',
      },
    },
    claims: {
      lead: 'So: is the fix right under Xen?',
      body: 'This page meets every state of a small machine. With the fix none is lost, wrong or endless.',
      facts: { how: 'It is the Lab’s own machine: the same steps, taken in every order.' },
    },
    limits: {
      lead: 'A proof has an edge.',
      body: 'What was left out is listed here. One real hole lay there: pages granted by another guest, mended later.',
      facts: {
        grants:
          'A granted page that is hinted loses its grant, and the way back is refused. Such mappings were kept from the scanner in 4.4, in a way that broke direct I/O; in 4.10 in another.',
        moot: 'Unless it is forced, balancing is idle under PV: the guest sees one node.',
      },
    },
  },
} as const
