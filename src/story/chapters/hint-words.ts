export const HINT = {
  title: 'Why hide a page that is there?',
  short: 'Hint',
  beats: {
    marked: {
      lead: 'Linux hides pages to learn who uses them.',
      body: '[NUMA balancing] takes PRESENT and all rights from a page, sets bit 8, and waits.',
      facts: {
        why: 'A machine with several memory nodes is faster if a page lies near the CPU that uses it. The touch tells which CPU that is.',
        frame: 'Frame number, ACCESSED and DIRTY stay as they are; rights are taken away.',
        off: 'By default it is off on a machine with one node. The bug does not care: the test below is built in whether or not anything is ever hidden.',
      },
    },
    touch: {
      lead: 'A program reads it, and faults.',
      body: 'Is this my note? `pte_protnone` asks: bit 8 is 1, PRESENT is 0. Yes, a [NUMA hint].',
      facts: {
        order: 'This is asked early: before the lock is taken, and before anybody looks whether the access is a write.',
        present: 'Just before, `pte_present?` says yes, though PRESENT is 0: Linux counts its own note as present.',
      },
    },
    ask: {
      lead: 'The handler gives the page back.',
      body: '`do_numa_page` restores the mapping’s standing rights: PRESENT comes, bit 8 goes. It counts the hint.',
      question: 'What does the instruction do now?',
      answers: {
        runs: { says: 'It runs', after: 'Right: it starts over, and nothing is in its way.' },
        faults: { says: 'It faults again', after: 'It would, if the handler had changed nothing. Keep that thought.' },
        skipped: {
          says: 'It is skipped',
          after: 'Nothing is skipped: a fault goes back to the very same instruction.',
        },
        killed: {
          says: 'Its program is killed',
          after: 'Only where the mapping forbids the access. Here it allows it.',
        },
      },
      facts: { undo: 'A hinting fault takes the protection from the mapping: that is what undoes the mark.' },
    },
    done: {
      lead: 'It runs. The read cost one fault.',
      body: 'Linux knows which CPU wants the page; the program noticed nothing. A fault is repaired, the instruction runs.',
      facts: {
        back: 'After a fault Linux goes back to the instruction that raised it, and trusts that something is different now.',
        write:
          'In 3.20-rc0 and 4.0-rc1 a write to a hidden private page takes a second fault: RW is given back by the way that repairs writes.',
      },
    },
  },
} as const
