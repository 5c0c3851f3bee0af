export const ELSEWHERE = {
  title: 'Elsewhere',
  short: 'Elsewhere',
  beats: {
    history: {
      lead: 'The right test had been there before.',
      body: 'Linux 3.8 to 3.15 asked both bits. The mark moved to bit 9, and came back without PRESENT.',
      facts: {
        same: 'What the fix installed is, bit for bit, the test of 3.8 to 3.15.',
        moved:
          'In 3.16 the mark moved to bit 9, for sharing bit 8 had given Xen trouble of another kind: a frame number that was not turned.',
        latent:
          'From 3.16 to 3.19 there was a hidden loop under Xen too, if a scan is forced: derived from source, never reported. The new scheme, with the fix, is the better one.',
      },
    },
    mirror: {
      lead: 'Others share a bit too.',
      body: 'RISC-V and arm64 do, and ask the second bit. A debugger that asks PRESENT alone calls hidden pages gone.',
      facts: {
        drgn: 'drgn takes a hidden page for one that is not mapped; a change that mends it has been proposed since 2023.',
        crash: 'crash prints GLOBAL wherever bit 8 is set, and PROTNONE too where PRESENT is 0.',
        riscv: 'RISC-V takes its own GLOBAL bit for PROT_NONE, and asks PRESENT as well.',
        arm64:
          'arm64 uses nG, which is set on every present user page: to forget VALID there would break every machine at once.',
      },
    },
    unseen: {
      lead: 'Three words you have not seen.',
      body: 'Each comes out of the model’s tables. What would 3.20-rc0 make of a write?',
      facts: { seed: 'They are drawn from a seed, which stands beside them: the same seed gives the same words.' },
    },
    card: {
      lead: 'A shared bit means nothing until you ask whose it is.',
      body: 'Here PRESENT tells. Try anything in the Lab; read every case in the Proof.',
      facts: { thread: 'Report, answer and fix are one thread, of one day.' },
    },
  },
} as const
