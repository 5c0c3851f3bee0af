export const TEST = {
  title: 'Write the test',
  short: 'Write the test',
  beats: {
    paint: {
      lead: 'When is a word Linux’s note?',
      body: 'Paint the squares that should say yes. The lamps say what becomes of programs under your test.',
      verb: 'Paint the test',
      facts: {
        sixteen:
          'Over two bits there are {tests} tests, and no more. Each is tried in every state of a small machine, on bare metal and under Xen.',
        lamps: 'Wrong paintings show the shortest way into trouble: it opens in the Lab.',
      },
    },
    never: {
      lead: 'A test that always says no loops too.',
      body: 'Nobody recognises the hidden page. Linux’s `pte_present` still counts it, so nobody gives it back.',
      facts: {
        present: '`pte_present` says yes to a page that Linux has hidden; so it is never filled anew.',
        accident:
          'Plain “not PRESENT” works on both machines, by accident: empty entries were sorted out by an earlier question.',
      },
    },
    fix: {
      lead: 'Bit 8, and not PRESENT.',
      body: '`(flags & (PROTNONE | PRESENT)) == PROTNONE`: yes to every note, to nothing else. The fault goes to the copy, and ends.',
      facts: {
        fix: 'David Vrabel’s fix asks for both bits, in the small entry and in the huge one.',
        rc1: 'What runs here is 4.0-rc1: 3.20-rc0 with this one test exchanged.',
      },
    },
  },
} as const
