import { chapterText } from '../beat'
import { commit, file, FIX, link, rule, THREAD } from '../sources'
import { ELSEWHERE } from './elsewhere-words'

/** 9: transfer. */
export const elsewhere = chapterText('elsewhere', ELSEWHERE, {
  history: {
    run: { scenario: 'cow', kernel: 'rc1' },
    stop: 'end',
    figure: { shows: 'history' },
    facts: {
      same: [FIX, file('arch/x86/include/asm/pgtable.h', 'v3.15')],
      moved: [commit('c46a7c817e66'), commit('29c7787075c9')],
      latent: [rule('NH1')],
    },
  },
  mirror: {
    run: { scenario: 'hint', machine: 'bare', kernel: 'rc1', does: [] },
    stop: 'end',
    figure: { shows: 'elsewhere' },
    facts: {
      drgn: [link('drgn, pull request 379', 'https://github.com/osandov/drgn/pull/379')],
      crash: [link('crash, x86_64.c', 'https://github.com/crash-utility/crash/blob/master/x86_64.c')],
      riscv: [
        file('arch/riscv/include/asm/pgtable-bits.h', 'v6.13'),
        file('arch/riscv/include/asm/pgtable.h', 'v6.13'),
      ],
      arm64: [
        file('arch/arm64/include/asm/pgtable-prot.h', 'v6.13'),
        file('arch/arm64/include/asm/pgtable.h', 'v6.13'),
      ],
    },
  },
  unseen: {
    run: { scenario: 'cow' },
    stop: 'end',
    figure: { shows: 'unseen' },
    facts: { seed: [link('Park and Miller, CACM 31(10), 1988', 'https://doi.org/10.1145/63039.63042')] },
  },
  card: {
    run: { scenario: 'cow', kernel: 'rc1' },
    stop: 'end',
    figure: { shows: 'square', xen: true },
    facts: { thread: [THREAD, FIX] },
  },
})
