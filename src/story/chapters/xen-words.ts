export const XEN = {
  title: 'Enter Xen',
  short: 'Enter Xen',
  beats: {
    between: {
      lead: 'Now a hypervisor stands between.',
      body: 'As a [Xen PV] guest Linux may not write its page tables. It asks [Xen], and Xen stores.',
      facts: {
        call: 'A store into a page table is a hypercall, or it traps and Xen carries it out. Xen looks whether the frame is the guest’s own, and only then stores.',
        frames: 'The table holds the machine’s frame numbers: Linux turns its own into them before it asks.',
      },
    },
    bit: {
      lead: 'Xen stores one bit more.',
      body: 'Present, and a program’s page? Then Xen sets bit 8: GLOBAL. Linux wrote {asked}. The table holds {stored}.',
      facts: {
        why: 'Guest kernel and guest programs have tables of their own. GLOBAL keeps the programs’ translations in the TLB on the way between them.',
        since: 'Xen has done so since 2006; from 2014 on there is no option against it.',
        read: 'Linux reads the flags back raw. What it reads is not what it wrote.',
      },
    },
    ask: {
      lead: 'The same write as on bare metal.',
      body: 'After fork: PRESENT and bit 8, no RW. Linux of February 2015, 3.20-rc0, asks bit 8 alone.',
      question: 'The write faults. What happens?',
      answers: {
        copies: { says: 'Linux copies the page', after: 'Right on bare metal: there bit 8 was 0.' },
        signal: { says: 'SIGSEGV', after: 'The mapping allows the write, so nobody sends a signal.' },
        oops: { says: 'A kernel oops', after: 'Linux sees nothing wrong. That is the trouble.' },
        forever: {
          says: 'The same fault, for ever',
          after: 'Right. You see why the machine of the beginning did not move.',
        },
      },
      facts: {
        test: 'The test of 3.20-rc0 is `flags & PROTNONE`. Bit 8 is all that it asks.',
        live: 'It was written in one commit and went live in the next.',
      },
    },
    forever: {
      lead: 'The same fault, for ever.',
      body: 'Linux takes Xen’s bit for its note, and repairs what was never hidden. NUMA balancing need not be on.',
      question: 'Why does the fault come back?',
      answers: {
        tlb: {
          says: 'The CPU kept an old copy of the entry',
          after: 'A page fault drops such a copy: the CPU reads memory each time.',
        },
        rw: { says: 'Nobody gives RW back', after: 'Right. The copying way gives RW, and the fault never gets there.' },
        refused: { says: 'Xen refuses the store', after: 'Xen stores it, and adds its bit again.' },
        numa: {
          says: 'NUMA balancing hides it again',
          after: 'Nothing hides pages here: balancing is idle, and may be off.',
        },
      },
      facts: {
        state:
          '“The same state” means: every word that decides anything was compared. Counters change, and decide nothing.',
        off: 'NUMA balancing need not be on. It only has to be built in.',
      },
    },
    because: {
      lead: 'Nobody gives RW back.',
      body: 'The handler restores the mapping’s standing rights, which never hold RW: {asked}. Xen makes it {stored}, as before.',
      facts: {
        point:
          'The mapping of a private page never has RW, so the handler that restores “the mapping’s rights” cannot give it.',
        everyone:
          'It hits practically every program. A loader, for one, reads its own data first, which maps it read-only, and then writes its first relocation there.',
        killed:
          'A program’s own loop can be killed. Where the kernel itself writes for a program, in read(2), nothing looks for the signal. A pinned page loops inside the kernel without a single fault, and can be killed.',
        scanner:
          'The scanner was blind too: to it every present page looked as if it were hinted already, so it hid none.',
        pins: 'get_user_pages asks the same test: under Xen a pin, unless forced, finds no present page, writable ones included.',
      },
    },
  },
} as const
