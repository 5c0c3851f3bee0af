export const WORD = {
  title: 'One word',
  short: 'One word',
  beats: {
    entry: {
      lead: 'One word decides.',
      body: 'A [page table] holds a word for every page: a [PTE]. Some bits are a [frame number], the others are flags.',
      verb: 'Flip a bit and see',
      facts: {
        size: 'An entry has 64 bits. Bits 12 and up name the frame of memory; twelve low bits and the highest one are flags.',
        zero: 'A word of zero means that nothing is mapped there yet.',
      },
    },
    readers: {
      lead: 'It has two readers.',
      body: 'The CPU obeys it at each access. Linux reads it when the CPU complains. [RW] says whether a program may write.',
      verb: 'Flip RW and watch both',
      facts: {
        cpu: 'A write needs RW in the entry; a program needs USER; a jump needs NX to be 0.',
        marks: 'The CPU writes here too: ACCESSED when the entry is used, DIRTY when it is used for a write.',
      },
    },
    ask: {
      lead: 'Suppose that [PRESENT] is 0.',
      body: 'PRESENT says whether the CPU may use the entry at all.',
      question: 'Which other bits would the CPU still read?',
      answers: {
        all: {
          says: 'All of them',
          after: 'While PRESENT is 1 it reads most of them. Where it is 0 it stops at the first look.',
        },
        frame: { says: 'The frame number', after: 'It has no use for it: there is nothing that it may reach.' },
        rights: { says: 'RW and the other rights', after: 'They would say why. But the CPU says only: not present.' },
        none: { says: 'None', after: 'Right: one look at PRESENT, and it gives up.' },
      },
      facts: { walk: 'The CPU walks four tables. Where PRESENT is 0 it stops, and the fault says “not present”.' },
    },
    none: {
      lead: 'None. The rest is Linux’s.',
      body: 'With PRESENT clear the CPU faults at once. Linux may keep what it likes in the other bits.',
      facts: {
        swap: 'Linux keeps there, for instance, where in swap the page has gone.',
        still:
          'Linux’s own question `pte_present` is wider than the bit: it also says yes to a page that Linux has only shut.',
      },
    },
  },
} as const
