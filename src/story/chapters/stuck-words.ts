export const STUCK = {
  title: 'Stuck',
  short: 'Stuck',
  beats: {
    start: {
      lead: 'This machine will not move.',
      body: 'One program, one instruction: store a byte. It never gets past it. No [oops], no log line.',
      verb: 'Run it',
      facts: {
        report: 'In February 2015 the report said: all programs of a 64-bit Xen PV guest fault without end.',
        quiet:
          'Nothing is printed, because to Linux each fault is a success: it was handled, and the program may go on.',
      },
    },
    climb: {
      lead: 'It faults, and faults again.',
      body: 'Each try raises a [page fault]. Linux handles it, says done, and the same instruction starts over.',
      question: 'What is wrong here?',
      answers: {
        page: {
          says: 'The memory is broken',
          after: 'A good guess, but the page is whole and its contents are right.',
        },
        program: {
          says: 'The program is in a loop',
          after: 'It looks like one. But the program has one store to do, and never gets to its next instruction.',
        },
        repair: { says: 'Linux repairs the wrong thing', after: 'Yes. How it comes to that is this story.' },
        processor: {
          says: 'The processor is at fault',
          after: 'It raises each fault with reason: the page may not be written as things stand.',
        },
      },
      facts: {
        again: 'When the handler is done Linux goes back to the same instruction, with no check that anything changed.',
        code: 'The CPU says with each fault what it was: a write, by a program, to a page that is there.',
      },
    },
    real: {
      lead: 'Linux repairs the wrong thing.',
      body: 'Recorded under a rebuilt Linux of 2015: its first program took {faults} faults at one address in {seconds} seconds.',
      facts: {
        recorded:
          'Linux 3.19 with the series of 2015 was built again and booted under Xen. A recorder noted the entry before and after a fault; of repeats it kept the first ones, and counted all.',
        repeat: 'The recorded program opens in the Lab, beside what the model does with the same accesses.',
      },
    },
  },
} as const
