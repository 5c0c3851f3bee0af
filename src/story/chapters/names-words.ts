export const NAMES = {
  title: 'One bit, two names',
  short: 'Two names',
  beats: {
    two: {
      lead: 'Bit 8 has two names.',
      body: 'With PRESENT the CPU reads it as [GLOBAL]. Without, Linux reads it as [PROTNONE], a note of its own.',
      verb: 'Flip PRESENT and watch the name',
      facts: {
        global: 'GLOBAL: keep this translation in the TLB when other tables are taken up.',
        protnone: 'PROTNONE: the page is there and its frame is right, but nobody may touch it now.',
        thrift:
          'It was thrift: where PRESENT is 0 the CPU has no use for GLOBAL, so the bit was free. Both uses are sound, as long as PRESENT is asked.',
      },
    },
    place: {
      lead: 'PRESENT and bit 8 make four kinds of word.',
      question: 'Which square does {word} belong to?',
      answers: {
        plain: { says: 'PRESENT, no bit 8', after: 'Look at the last digit: it is even, so PRESENT is 0.' },
        global: { says: 'PRESENT and bit 8', after: 'Bit 8 is right. But the last digit is even: PRESENT is 0.' },
        neither: {
          says: 'Neither',
          after: 'PRESENT is 0, yes. Bit 8 is the lowest bit of the third digit from the right: 1.',
        },
        note: { says: 'Bit 8, no PRESENT', after: 'Right: the last digit is even, the third from the right is odd.' },
      },
      facts: {
        digits:
          'A hexadecimal digit is four bits: PRESENT is the lowest bit of the last digit, bit 8 that of the third from the right.',
      },
    },
    square: {
      lead: 'Only one square means “Linux’s note”.',
      body: 'Bit 8 is PROTNONE in one square, GLOBAL in another. The bit alone cannot tell which.',
      facts: {
        tenants:
          'Even that square has two tenants: pages that Linux hides for a while, and pages that a program has shut with mprotect. Only the mapping, the VMA, tells them apart.',
        swap: 'The square with neither bit holds empty entries and pages in swap.',
      },
    },
  },
} as const
