import { toHex, withFrame, type Pte } from '../src/arch/pte'
import { linuxFrame } from '../src/kernel/linux-pte'
import type { Kernel } from '../src/kernel/variants'
import { FIRST_ANON_PFN, FIRST_TABLE_PFN } from './one-page'

const isAnonymous = (frame: number): boolean => frame >= FIRST_ANON_PFN && frame < FIRST_TABLE_PFN

/**
 * Anonymous frames have no number of their own: the table's first is whatever the core gives out first. What counts is that
 * two words that name one frame in the table name one frame in the core, and two words that do not, do not.
 */
export class FrameMatch {
  private readonly kernel: Kernel
  private readonly ours = new Map<number, number>()
  private readonly theirs = new Map<number, number>()

  constructor(kernel: Kernel) {
    this.kernel = kernel
  }

  /** The core's word with its anonymous frame under the table's number, as far as the two match. */
  translate(table: Pte, core: Pte): string {
    const [their, our] = [linuxFrame(this.kernel, table), linuxFrame(this.kernel, core)]
    if (!isAnonymous(our)) return toHex(core)
    if (isAnonymous(their) && !this.ours.has(their) && !this.theirs.has(our)) {
      this.ours.set(their, our)
      this.theirs.set(our, their)
    }
    const known = this.theirs.get(our)
    return known === undefined
      ? `${toHex(core)}, a frame that is not in the table`
      : toHex(withFrame(core, known, this.kernel.frameBits))
  }
}
