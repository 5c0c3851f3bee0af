export const COPY = {
  title: 'The other fault',
  short: 'Copy',
  beats: {
    shared: {
      lead: 'Another page, another fault.',
      body: 'After fork two processes share it, so Linux took RW from both: [copy-on-write]. Now one of them writes.',
      facts: {
        fork: 'In a private writable mapping fork takes RW from both entries; the page is copied only when one of them writes.',
        never:
          'Linux never puts RW into the standing protection of a private mapping. RW comes with a first write, or by a write fault.',
      },
    },
    rights: {
      lead: 'First: may this program write here at all?',
      body: 'Linux asks the mapping, the [VMA], before any entry is read. If not, the program gets SIGSEGV.',
      facts: {
        first:
          'A write needs a writable mapping. Other faults on a present page are hopeless. Nothing of this depends on bit 8.',
        guard: 'So an ordinary access to a page that a program has shut never comes as far as this story’s question.',
      },
    },
    ask: {
      lead: 'It may. Now: is it my note?',
      body: 'PRESENT is 1 and bit 8 is 0.',
      question: 'Which way does the fault go?',
      answers: {
        copy: { says: 'To the copy', after: 'Right: no hint, so this is a write that wants RW.' },
        numa: { says: 'To the NUMA handler', after: 'That way is for words with Linux’s note. Here bit 8 is 0.' },
        signal: { says: 'To SIGSEGV', after: 'That was asked before: the mapping allows the write.' },
        back: {
          says: 'Back, nothing to do',
          after: 'Then it would fault again at once. RW is missing, and somebody has to give it.',
        },
      },
      facts: { order: 'The hint is asked first, the write only after it.' },
    },
    copied: {
      lead: 'No hint, so Linux copies.',
      body: 'A private page’s standing rights leave RW out: sharers must not write. Of both ways, only this gives RW.',
      facts: {
        wp: 'A write without RW: the page is reused if nobody else has it, else copied.',
        map: 'The copy is mapped with DIRTY and RW.',
      },
    },
  },
} as const
