/** Lines that only another architecture prints, and its name. */
const FOREIGN: readonly (readonly [RegExp, string])[] = [
  [/\bMem abort info\b|\bESR = 0x|swapper pgtable: |user pgtable: .*-bit VAs|\bpstate: [0-9a-f]{8}/, 'arm64'],
  [/\*pdpt = |\*pde = |\bEIP: |\bESP: [0-9a-f]{8}\b/, '32-bit x86'],
  [/\bpc : [<[0-9a-f]|\bCPSR\b|\bpsr: [0-9a-f]{8}\b/, '32-bit ARM'],
  [/\bFaulting instruction address\b|\bDSISR: /, 'powerpc'],
  [/\bsepc: |\bscause: |\bbadaddr: /, 'riscv'],
]

/** The architecture that a line gives away; null for a line that gives none. */
export const foreignArchitecture = (line: string): string | null =>
  FOREIGN.find(([pattern]) => pattern.test(line))?.[1] ?? null

/** Bit 0, as present as x86-64's. */
const ARM64_VALID = 0x1
/** arm64: valid, a page, accessed, inner shareable. On x86-64 these bits hardly meet: P, RW, 8, 9 and 10. */
const ARM64_PAGE = 0x703

/** Do most present words look like arm64's? */
export function looksLikeArm64(words: readonly { readonly lo: number }[]): boolean {
  const present = words.filter(({ lo }) => lo & ARM64_VALID)
  return present.length > 1 && present.filter(({ lo }) => (lo & ARM64_PAGE) === ARM64_PAGE).length * 2 > present.length
}
