import { describe, expect, it } from 'vitest'
import {
  ACCESSED,
  bitOf,
  GLOBAL,
  has,
  mfnOf,
  PRESENT,
  PROTNONE,
  same,
  SOFT_DIRTY,
  toHex,
  withFrame,
  withoutFlags,
  type Pte,
} from '../arch/pte'
import { bareMetal } from '../kernel/bare-metal'
import { FRAME } from '../kernel/frames'
import { linuxFrame, swapOffset, swapSoftDirty } from '../kernel/linux-pte'
import { pageProtection } from '../kernel/protection'
import {
  KERNELS,
  v3_19,
  v3_20_rc0,
  v4_0,
  bisectCommit,
  withoutNumaBalancing,
  withSoftDirty,
  v6_1,
} from '../kernel/variants'
import type { Kernel } from '../kernel/variants'
import { leafOf, Machine } from '../machine/machine'
import { xenPv } from '../xen/pv'
import type { Capture } from './capture'
import { captureImage } from './capture-image'
import { readCapture } from './capture-reader'
import { capturedBacking, capturedPages, type CapturedPage } from './captured-page'
import text from './recordings.txt?raw'
import type { MachineId } from '../machine/platforms'

function capturesIn(recording: string): readonly Capture[] {
  const result = readCapture(recording)
  if (!result.ok) throw new Error(result.message)
  return result.captures
}
const named = (name: string): Capture => capturesIn(text).find((capture) => capture.name === name)!
const CAPTURES = { xen: named('xen-parent'), bare: named('bare-parent') }
const PLATFORMS = { xen: xenPv, bare: bareMetal }
const IDS = ['xen', 'bare'] as const

const imageOf = (capture: Capture, kernel: Kernel, platform: MachineId) =>
  captureImage(capture, capturedPages(capture), kernel, platform)
const build = (capture: Capture, kernel: Kernel, platform: MachineId) => {
  const built = withSoftDirty(kernel)
  const { image, notes } = imageOf(capture, built, platform)
  return { image, notes, machine: new Machine(image, built, PLATFORMS[platform]) }
}
const smallPages = (capture: Capture): readonly CapturedPage[] => capturedPages(capture).pages
const textsOf = (capture: Capture, kernel: Kernel, platform: MachineId): string =>
  imageOf(capture, kernel, platform)
    .notes.map(({ about, text }) => `${about}: ${text}`)
    .join('\n')

describe.each(IDS)('the recording %s on the machine it was recorded on', (id) => {
  const capture = CAPTURES[id]
  const pages = smallPages(capture)

  it('holds each present word as recorded, whatever the kernel', () => {
    for (const kernel of KERNELS) {
      const { machine } = build(capture, kernel, id)
      const present = pages.flatMap(({ kind }, index) => (kind === 'present' ? [index] : []))
      expect(present).toHaveLength(id === 'xen' ? 1532 : 508)
      for (const index of present) expect(toHex(leafOf(machine, 0, index))).toBe(toHex(pages[index]!.raw))
    }
  })

  it('lets Linux read the frame and the value that Linux 6.1 read', () => {
    const { machine } = build(capture, v4_0, id)
    for (const [index, { kind, raw, pfn }] of pages.entries()) {
      if (kind !== 'present') continue
      const seen = machine.platform.pteVal(machine, leafOf(machine, 0, index))
      expect(toHex(seen)).toBe(toHex(withFrame(raw, pfn!)))
      expect(machine.frames.indexOfPfn(pfn!)).toBe(machine.frames.indexOfMfn(mfnOf(leafOf(machine, 0, index))))
    }
  })

  it('takes map counts as recorded, and counts nothing for the zero page', () => {
    const { machine } = build(capture, v4_0, id)
    for (const { pfn, mapcount, content } of pages) {
      if (pfn === null) continue
      const frame = machine.frames.indexOfPfn(pfn)
      expect(machine.frames.mapcount(frame)).toBe(mapcount)
      expect(machine.frames.kind(frame) === FRAME.zero).toBe(content === 'zero')
    }
  })

  it('gives new entries the protection that was recorded', () => {
    for (const vma of capture.vmas) expect(pageProtection(vma.flags, capturedBacking(vma))).toEqual(vma.protection)
  })

  it('writes PROT_NONE entries anew: bit 8 without PRESENT, the plain guest frame, A, D and soft-dirty kept', () => {
    for (const kernel of KERNELS) {
      const { machine } = build(capture, kernel, id)
      const forbidden = pages.flatMap(({ kind }, index) => (kind === 'prot_none-vma' ? [index] : []))
      expect(forbidden).toHaveLength(id === 'xen' ? 560 : 48)
      for (const index of forbidden) {
        const entry = leafOf(machine, 0, index)
        expect(linuxFrame(kernel, entry)).toBe(pages[index]!.pfn)
        if (kernel === v6_1) expect(same(entry, pages[index]!.raw)).toBe(true)
        expect(entry.lo & 0xfff).toBe(pages[index]!.raw.lo & 0xfff)
        expect(bitOf(entry, 63)).toBe(0)
      }
    }
  })

  it('gives each swap entry a slot of its own, soft-dirty as recorded', () => {
    for (const kernel of KERNELS) {
      const { image, machine } = build(capture, kernel, id)
      const swapped = pages.flatMap(({ kind }, index) => (kind === 'swap-or-migration' ? [index] : []))
      const entries = swapped.map((index) => leafOf(machine, 0, index))
      expect(entries.map((entry) => swapOffset(machine.kernel, entry))).toEqual(swapped.map((_, at) => at + 1))
      expect(entries.filter((entry) => swapSoftDirty(machine.kernel, entry))).toHaveLength(32)
      expect(image.swapSlots.slice(0, 33)).toEqual([0, ...swapped.map(() => 1)])
    }
  })

  it('uses no frame twice, and has a free one for each page', () => {
    const { image } = build(capture, v4_0, id)
    expect(new Set(image.frames.map(({ pfn }) => pfn)).size).toBe(image.frames.length)
    expect(new Set(image.frames.map(({ mfn }) => mfn)).size).toBe(image.frames.length)
    expect(image.frames.filter(({ kind }) => kind === FRAME.free).length).toBeGreaterThanOrEqual(pages.length + 64)
    for (const page of image.pages) {
      expect(page.fileFrame >= 0).toBe(image.mappings[page.mapping]!.backing !== 'anon')
    }
  })
})

describe('a recording on the other machine', () => {
  it('from Xen to bare metal: guest frames, no bit 8, nothing else changed', () => {
    const { machine } = build(CAPTURES.xen, v3_20_rc0, 'bare')
    for (const [index, { kind, raw, pfn }] of smallPages(CAPTURES.xen).entries()) {
      if (kind !== 'present') continue
      expect(toHex(leafOf(machine, 0, index))).toBe(toHex(withoutFlags(withFrame(raw, pfn!), GLOBAL)))
    }
    expect(textsOf(CAPTURES.xen, v3_20_rc0, 'bare')).toContain(
      'changed: Recorded on Xen PV, placed on bare metal: 1,532',
    )
  })

  it('from bare metal to Xen: bit 8 set, the frame by its other number, nothing else changed', () => {
    const { machine } = build(CAPTURES.bare, v3_20_rc0, 'xen')
    for (const [index, { kind, raw, pfn }] of smallPages(CAPTURES.bare).entries()) {
      if (kind !== 'present') continue
      const entry = leafOf(machine, 0, index)
      expect(entry.lo & 0xfff).toBe((raw.lo & 0xfff) | 0x100)
      expect(bitOf(entry, 63)).toBe(bitOf(raw, 63))
      expect(mfnOf(entry)).not.toBe(pfn)
      expect(machine.frames.pfn(machine.frames.indexOfMfn(mfnOf(entry)))).toBe(pfn)
    }
    expect(textsOf(CAPTURES.bare, v3_20_rc0, 'xen')).toContain('changed: Recorded on bare metal, placed on Xen PV: 508')
  })
})

/** A recording of three pages: hinted with RW, hinted without, and hinted in a read-only mapping. */
function hintedCapture(platform: MachineId): Capture {
  const inverted = (pfn: number, flags: number): string => {
    const frame = BigInt(pfn) << 12n
    return ((~frame & 0x000f_ffff_ffff_f000n) | BigInt(flags)).toString(16)
  }
  const lines = [
    'one-bit-two-names capture 2',
    `platform ${platform}`,
    'soft-dirty yes',
    'map 400000 402000 100073 8000000000000025 [anon]',
    'map 500000 501000 100071 8000000000000025 [anon]',
    `PTE 400000 ${inverted(0x501, 0x962)} 501 1 1`,
    `PTE 401000 ${inverted(0x502, 0x960)} 502 1 1`,
    `PTE 500000 ${inverted(0x503, 0x960)} 503 1 1`,
    'end 3',
  ]
  return capturesIn(`${lines.join('\n')}\n`)[0]!
}

describe('NUMA hints are written as the chosen kernel marks them', () => {
  const words = (kernel: Kernel, platform: MachineId): string[] => {
    const image = imageOf(hintedCapture(platform), withSoftDirty(kernel), platform).image
    return image.pages.map(({ entry }) => toHex(entry!))
  }

  it.each([
    ['3.19: bit 9, the rest kept', v3_19, ['8000000000501a66', '8000000000502a64', '8000000000503a64']],
    ['8a0516ed marks nothing', bisectCommit, ['8000000000501865', '8000000000502865', '8000000000503865']],
    ['3.20-rc0: PAGE_NONE, RW lost', v3_20_rc0, ['0000000000501960', '0000000000502960', '0000000000503960']],
    ['4.0: PAGE_NONE, RW kept where it was', v4_0, ['0000000000501962', '0000000000502960', '0000000000503960']],
    [
      'without NUMA balancing: present',
      withoutNumaBalancing(v4_0),
      ['8000000000501867', '8000000000502865', '8000000000503865'],
    ],
  ] as const)('%s', (_, kernel, expected) => {
    expect(words(kernel, 'bare')).toEqual(expected)
  })

  it('under Xen, a hint of 3.19 carries the bit 8 that Xen had added; one of 4.0 is the same as on bare metal', () => {
    expect(words(v3_19, 'xen').map((word) => word.slice(-3))).toEqual(['b66', 'b64', 'b64'])
    expect(words(v4_0, 'xen')).toEqual(words(v4_0, 'bare'))
  })

  it('says so, with counts', () => {
    const capture = hintedCapture('bare')
    expect(textsOf(capture, v3_19, 'bare')).toContain('changed: 3 NUMA hints, marked as 3.19 marks them')
    expect(textsOf(capture, v3_19, 'bare')).not.toContain('had kept RW')
    expect(textsOf(capture, v3_20_rc0, 'bare')).toContain('changed: 1 hint had kept RW; 3.20-rc0 does not keep it')
    expect(textsOf(capture, v4_0, 'bare')).not.toContain('had kept RW')
    expect(textsOf(capture, bisectCommit, 'bare')).toContain('the scanner of 8a0516ed marks nothing')
  })
})

describe('notes', () => {
  it('count what was changed and left out', () => {
    const xen = textsOf(CAPTURES.xen, v4_0, 'xen')
    expect(xen).toContain('recorded: 1,532 present entries: word for word as recorded')
    expect(xen).toContain('changed: 560 PROTNONE entries of mprotect, written anew for 4.0')
    expect(xen).toContain('changed: 32 swap entries')
    expect(xen).toContain('left out: 24 pages of 1 mapping')
    expect(xen).not.toContain('huge')
    expect(textsOf(CAPTURES.bare, v4_0, 'bare')).toContain('left out: 3 huge pages')
  })

  it('say of Linux 6.1, whose words these are, that what it reads is as recorded', () => {
    const xen = textsOf(CAPTURES.xen, v6_1, 'xen')
    expect(xen).toContain('recorded: 560 entries without PRESENT: word for word as recorded')
    expect(xen).not.toContain('PROTNONE entries of mprotect, written anew')
  })

  it('name as assumed what the recording does not tell', () => {
    const xen = textsOf(CAPTURES.xen, v4_0, 'xen')
    for (const text of [
      'private copies',
      'anon_vma',
      'machine frames of pages without PRESENT',
      'swap slot',
      'thread',
    ]) {
      expect(xen.split('\n').find((line) => line.includes(text))).toMatch(/^assumed: /)
    }
    expect(textsOf(CAPTURES.xen, v4_0, 'bare')).not.toContain('machine frames of pages without PRESENT')
  })
})

describe('what a page is taken for', () => {
  const { image } = build(CAPTURES.xen, v4_0, 'xen')
  const kindsAt = (label: string): number[] => {
    const found = smallPages(CAPTURES.xen).flatMap((leaf, index) => (leaf.label === label ? [{ leaf, index }] : []))
    const kinds = found.map(({ leaf }) => image.frames.find(({ pfn }) => (pfn as number) === leaf.pfn)!.kind)
    return [...new Set(kinds)]
  }

  it.each([
    ['anon-written', FRAME.anon],
    ['anon-read-only-touched', FRAME.zero],
    ['file-private-read', FRAME.file],
    ['file-private-written', FRAME.anon],
    ['file-private-ro', FRAME.file],
    ['file-private-mprotect-none', FRAME.file],
    ['file-shared-written', FRAME.file],
    ['shm-anon-shared', FRAME.file],
  ])('%s', (label, kind) => {
    expect(kindsAt(label)).toEqual([kind])
  })

  it('names pages by area or mapping, and numbers them within the mapping', () => {
    const names = image.pages.map(({ name }) => name)
    expect(names[0]).toBe('ptprobe 0')
    expect(names).toContain('[heap] 0')
    expect(names).toContain('fork-shared-cow 16')
    expect(names).toContain('[stack] 32')
  })

  it('takes a mapping for written where it holds an anonymous or a swapped page', () => {
    const written = (label: string): boolean =>
      image.written[smallPages(CAPTURES.xen).find((page) => page.label === label)!.vmaIndex]!
    expect(written('anon-pageout')).toBe(true)
    expect(written('file-private-written')).toBe(true)
    expect(written('file-private-read')).toBe(false)
    expect(written('shm-anon-shared')).toBe(false)
  })
})

describe('soft-dirty', () => {
  it('is dropped from entries written anew for a kernel that does not track it, and stays in present ones', () => {
    const plain = imageOf(CAPTURES.xen, v4_0, 'xen').image
    const wordAt = (label: string): Pte =>
      plain.pages[smallPages(CAPTURES.xen).findIndex((leaf) => leaf.label === label)]!.entry!
    expect(has(wordAt('anon-mprotect-none'), SOFT_DIRTY)).toBe(false)
    expect(has(wordAt('anon-mprotect-none'), PROTNONE | ACCESSED)).toBe(true)
    expect(swapSoftDirty(v4_0, wordAt('anon-pageout'))).toBe(false)
    expect(has(wordAt('anon-written'), SOFT_DIRTY)).toBe(true)
    expect(has(wordAt('anon-written'), PRESENT)).toBe(true)
    expect(
      same(wordAt('anon-written'), smallPages(CAPTURES.xen).find(({ label }) => label === 'anon-written')!.raw),
    ).toBe(true)
  })
})
