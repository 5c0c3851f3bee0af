/** How an architecture marks a page that is there and shut, and what keeps the mark from being misread. */
export interface Marking {
  readonly name: string
  /** The bit that carries the mark. */
  readonly bit: string
  /** What the hardware calls that bit in a present entry; null where it calls it nothing. */
  readonly alias: string | null
  readonly guard: string
}

/** How a tool that looks at a running or dead kernel reads such a page. */
export const TOOLS: readonly { readonly name: string; readonly reads: string }[] = [
  { name: 'drgn', reads: 'asks PRESENT alone: a hidden page counts as not mapped' },
  { name: 'crash', reads: 'prints GLOBAL wherever bit 8 is set, and PROTNONE too where PRESENT is 0' },
]

/** As of Linux 6.13, by each architecture's own header. */
export const MARKINGS: readonly Marking[] = [
  { name: 'x86-64', bit: 'bit 8', alias: 'GLOBAL', guard: 'PRESENT has to be 0' },
  { name: 'RISC-V', bit: 'bit 5', alias: 'GLOBAL', guard: 'PRESENT has to be 0' },
  { name: 'arm64', bit: 'bit 11', alias: 'nG, on every present user page', guard: 'VALID has to be 0' },
  { name: 'LoongArch', bit: 'bit 10', alias: null, guard: 'none: nobody else owns the bit' },
]
