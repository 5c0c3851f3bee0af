import type { Mfn, Pfn } from '../../arch/brand'
import { FRAME } from '../../kernel/frames'
import { freshFlags } from '../../kernel/protection'
import type { ImageFrame, ProcessImage } from '../image'

/** Frame numbers of guest and machine are this far apart. */
const OFFSET = 0x50000

const frame = (pfn: number, kind: number): ImageFrame => ({
  pfn: pfn as Pfn,
  mfn: (pfn + OFFSET) as Mfn,
  kind,
  mapcount: 0,
})

/**
 * A process of nothing but a few anonymous, writable pages, small enough to meet every state it can be in. There are
 * frames for parent and child and one more, so that memory never runs out. Modelled; the frame numbers are made up.
 */
export function exploredProcess(pages: number): ProcessImage {
  const names = Array.from({ length: pages }, (_, index) => `page ${index + 1}`)
  const free = Array.from({ length: 2 * pages + 1 }, (_, index) => frame(0x12344 + index, FRAME.free))
  return {
    mappings: [{ name: '[heap]', backing: 'anon' }],
    pages: names.map((name, index) => ({
      name,
      address: 0x01c3_b000 + index * 0x1000,
      mapping: 0,
      flags: freshFlags('rw', false),
      fileFrame: -1,
    })),
    frames: [frame(0x1a00, FRAME.zero), ...free],
    zeroFrame: 0,
    firstTableFrame: 0x0a000,
    tableOffset: OFFSET,
    written: [false],
    threads: 2,
    swapSlots: Array.from({ length: pages + 2 }, () => 0),
  }
}
