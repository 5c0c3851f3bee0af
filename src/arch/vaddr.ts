/** Levels of a four-level table, from the root: PGD, PUD, PMD, PTE (Intel: PML4, PDPT, PD, PT). */
export const LEVELS = ['PGD', 'PUD', 'PMD', 'PTE'] as const
export const ENTRIES = 512
export const PAGE_SIZE = 4096
/** First address past user space with four levels (Linux TASK_SIZE_MAX, arch/x86/include/asm/processor.h). */
export const TASK_SIZE_MAX = 0x7fff_ffff_f000

/** The four 9-bit indices of a user address, root first. Addresses below 2^48 are exact in a double. */
export function indices(address: number): readonly [number, number, number, number] {
  const page = Math.floor(address / PAGE_SIZE)
  return [
    Math.floor(page / 0x800_0000) % ENTRIES,
    Math.floor(page / 0x4_0000) % ENTRIES,
    Math.floor(page / ENTRIES) % ENTRIES,
    page % ENTRIES,
  ]
}

/** `0x00007f27…` without leading zeros; at least eight digits so that columns line up. */
export const addressText = (address: number): string => '0x' + address.toString(16).padStart(8, '0')
