/** What the room reads of a story beat, and what its speaker does. */
export interface StageWords {
  /** One sentence on the wall: at most 14 words. Marks: `code`, {name} for a computed number of the beat. */
  readonly says: string
  /** For the speaker alone, a sentence a line. */
  readonly notes: readonly string[]
  /** For the speaker, where somebody asks. */
  readonly ifAsked?: string
}

/** By the key of the story beat. A script is made of these; no scene is written down a second time. */
export const STAGE_WORDS = {
  'stuck/start': {
    says: 'This machine will not move. It prints nothing.',
    notes: [
      'One program, one instruction, one byte to store.',
      'No oops, no log line. Ask who has debugged this kind.',
    ],
    ifAsked: 'February 2015, between two releases, 64-bit Xen PV guests: practically every program.',
  },
  'stuck/climb': {
    says: 'It faults, and faults again. What is wrong?',
    notes: [
      'Let the counter climb. Take a show of hands, then press the number of the answer.',
      'All four are fair guesses.',
    ],
    ifAsked: 'The counter runs at the recorded rate for a few seconds and then stops by itself.',
  },
  'stuck/real': {
    says: 'Linux repairs the wrong thing, and says “done”.',
    notes: [
      'The counter was recorded: a kernel of 2015, built again and booted.',
      'A counter proves nothing. Two equal states will.',
    ],
    ifAsked: 'Nothing is logged because to Linux each of these faults was handled.',
  },
  'word/entry': {
    says: 'One word per page decides: the page-table entry.',
    notes: [
      'Twelve flags and a frame number.',
      'You may click any bit: the edge of the picture says that you left the script.',
    ],
  },
  'word/readers': {
    says: 'Two readers: the CPU obeys it, Linux reads it at faults.',
    notes: ['Click RW, then PRESENT, and read both sentences aloud.', 'Next brings the script back.'],
  },
  'word/none': {
    says: 'With PRESENT clear the CPU reads nothing else.',
    notes: ['So every other bit is free for Linux.', 'That is the offer which Linux took up.'],
  },
  'names/two': {
    says: 'Bit 8 has two names. PRESENT decides which one counts.',
    notes: ['Click PRESENT twice: the name turns over.', 'Both uses are sound as long as somebody asks PRESENT.'],
  },
  'names/place': {
    says: 'Where does the word {word} belong?',
    notes: [
      'Last digit even: PRESENT is 0. Third digit from the right odd: bit 8 is 1.',
      'Press the number of the answer.',
    ],
  },
  'names/square': {
    says: 'Only one square means “Linux’s note”.',
    notes: [
      'PRESENT 0, bit 8 1. The square above it is the CPU’s GLOBAL.',
      'Remember this square: it comes back as the switch.',
    ],
    ifAsked:
      'Even that square has two tenants: pages that are hinted, and pages that a program has shut with mprotect.',
  },
  'hint/marked': {
    says: 'Linux hides good pages, to learn who uses them.',
    notes: ['NUMA balancing clears PRESENT and sets bit 8.', 'The next touch tells which CPU wanted the page.'],
  },
  'hint/touch': {
    says: 'A touch faults. Linux asks: is this my note?',
    notes: ['Follow the wires: PRESENT is 0, bit 8 is 1. Yes.', 'So the fault goes to do_numa_page.'],
  },
  'hint/done': {
    says: 'The page comes back. The read cost one fault.',
    notes: ['PRESENT is restored, the instruction starts over and runs.', 'This is the system working.'],
    ifAsked: 'In 3.20-rc0 and 4.0-rc1 a write to a hidden private page takes a second fault.',
  },
  'copy/shared': {
    says: 'Another page, shared after fork. Now one process writes.',
    notes: ['RW was taken from both entries.', 'The write must fault: that is how copy-on-write works.'],
  },
  'copy/ask': {
    says: 'PRESENT is 1, bit 8 is 0. Which way?',
    notes: ['Take the vote.', 'Bare metal: bit 8 is 0 in each present page of a program.'],
  },
  'copy/copied': {
    says: 'Not a note: so Linux copies, and gives RW.',
    notes: ['Of the two ways, only this gives RW. Say it twice: the room needs it in two minutes.'],
  },
  'xen/between': {
    says: 'Under Xen, Linux may not write its own page tables.',
    notes: ['It asks; Xen checks and stores.', 'The hatch means: not yours.'],
  },
  'xen/bit': {
    says: 'Xen stores one bit more: GLOBAL, bit 8.',
    notes: ['Linux wrote one word; the table holds another.', 'Present, and a page of a program: Xen sets bit 8.'],
    ifAsked: 'It keeps the programs’ translations in the TLB between guest kernel and guest programs.',
  },
  'xen/ask': {
    says: 'The same write, under Xen. What happens?',
    notes: ['PRESENT 1, bit 8 1, RW 0.', 'The test of that kernel looks at bit 8 alone. Take the vote and wait.'],
  },
  'xen/forever': {
    says: 'Nothing changed. So it faults again. Forever.',
    notes: [
      'Point at the XOR first: every bit is equal.',
      'The counter of the first minute was right, but no counter can prove “forever”.',
      'Two equal states can: same words, same instruction, same future.',
    ],
    ifAsked: 'Counters do change with each lap. They take no part in any decision, and are left out of the comparison.',
  },
  'xen/because': {
    says: 'Nobody gives RW back.',
    notes: [
      'Linux repaired what was never hidden.',
      'do_numa_page writes the mapping’s rights: no RW. Xen adds bit 8.',
      'It is the word from before.',
    ],
    ifAsked: 'NUMA balancing need not be switched on. It only has to be built in.',
  },
  'test/paint': {
    says: 'When is a word Linux’s note? Paint the test.',
    notes: ['Ask the room for squares, and click them.', 'The lamps are computed: sound, complete, progress.'],
  },
  'test/never': {
    says: 'Even “never” loops, wherever Linux hides a page.',
    notes: ['A hint that nobody recognises is never undone.', 'So the test cannot simply be thrown out.'],
  },
  'test/fix': {
    says: 'The fix asks both bits: 8, and not PRESENT.',
    notes: [
      'The cut wire is plugged in. Nothing else differs.',
      'The fault goes to the copy, RW is given, the write lands.',
    ],
    ifAsked: 'It is, bit for bit, the test that Linux had from 3.8 to 3.15.',
  },
  'tape/lockstep': {
    says: 'Two kernels, one write. They part at the switch.',
    notes: ['Above 3.20-rc0, below the fix.', 'Up to there each word is the same.'],
  },
  'tape/worlds': {
    says: 'Sick only under Xen, and only with the old test.',
    notes: [
      'The old test is wrong in a square where bare metal has no page of a program.',
      'So a bare-metal test bench could not see it.',
    ],
  },
  'tape/sieve': {
    says: 'A test bench is a sieve. This one had a hole.',
    notes: [
      '{tests} tests are possible. Bare metal leaves {bare}, the merged one among them.',
      'Xen leaves {both}, the specification {left}.',
    ],
  },
  'cases/wall': {
    says: 'Every low word, judged: one whole square is wrong.',
    notes: [
      '{wrong} of {words}. Hollow dots: bare metal. Solid dots: Xen.',
      'Under Xen every present page in use of a program lives in the wrong square.',
    ],
    ifAsked: 'It is computed in this page, now. The Proof says what it leaves out.',
  },
  'elsewhere/mirror': {
    says: 'Others share a bit, too, and ask the second one.',
    notes: [
      'drgn still asks PRESENT alone and calls a hidden page gone.',
      'LoongArch needs no second question: nobody else owns the bit.',
    ],
  },
  'elsewhere/card': {
    says: 'A shared bit means nothing until you ask whose it is.',
    notes: ['Leave this standing during questions.', 'Any bit can be clicked; Next, or Home, brings the picture back.'],
  },
} as const satisfies Readonly<Record<string, StageWords>>

export type StageKey = keyof typeof STAGE_WORDS
