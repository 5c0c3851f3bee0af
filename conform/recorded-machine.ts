import { frameOf } from '../src/arch/pte'
import { PAGE_SIZE } from '../src/arch/vaddr'
import { isRemote, type RecordedFault } from '../src/decode/recorded-fault'
import { recordedPage, type RecordedPage } from '../src/decode/recorded-page'
import type { Mfn, Pfn } from '../src/arch/brand'
import { FRAME } from '../src/kernel/frames'
import type { ImageFrame } from '../src/machine/image'
import { Machine } from '../src/machine/machine'
import type { Place } from './kernels'

/** Frames that no recorded machine has: the parts of the model that a row says nothing of. */
const ELSEWHERE = 0x300_0000
const FREE_FRAMES = 2
const HUGE_PAGE_SIZE = 512 * PAGE_SIZE
const FIRST_TABLE = ELSEWHERE + 0x1000

const KIND = { zero: FRAME.zero, file: FRAME.file, anon: FRAME.anon } as const

/** A machine of the one page that a fault was recorded at, as it stood when the fault was raised. */
export function recordedMachine(fault: RecordedFault, { kernel, platform }: Place): Machine {
  const page = recordedPage(fault)
  const frames = framesOf(page, fault)
  const size = page.huge ? HUGE_PAGE_SIZE : PAGE_SIZE
  const zeroFrame = frames.findIndex(({ kind }) => kind === FRAME.zero)
  const machine = new Machine(
    {
      mappings: [{ name: fault.region, backing: page.backing }],
      pages: [
        {
          name: fault.region,
          address: Math.floor(fault.address / size) * size,
          huge: page.huge,
          mapping: 0,
          flags: page.flags,
          fileFrame: page.backing === 'anon' ? -1 : frames.findIndex(({ kind }) => kind === FRAME.file),
          entry: page.entry,
        },
      ],
      frames,
      zeroFrame,
      hugeZeroFrame: zeroFrame,
      firstTableFrame: FIRST_TABLE,
      tableOffset: 0,
      written: [page.content === 'anon'],
      threads: 1,
      swapSlots: [],
    },
    kernel,
    platform,
  )
  machine.world.put(machine.processes[0]!.pinned, page.pinned ? 1 : 0)
  machine.world.takeNotes()
  return machine
}

/** The page's own frame under its recorded numbers; zero page, page of the file and free frames where it is none of these. */
function framesOf({ content, mapcount, entry, huge }: RecordedPage, fault: RecordedFault): readonly ImageFrame[] {
  const own = content === 'zero' || content === 'file' || content === 'anon' ? content : null
  const others = (['zero', 'file'] as const).filter((name) => name !== own).map((name) => KIND[name])
  const size = huge ? HUGE_PAGE_SIZE / PAGE_SIZE : 1
  const free = Array.from({ length: FREE_FRAMES }, () => FRAME.free)
  return [
    ...(own
      ? [
          {
            pfn: frameOf(fault.value.before) as Pfn,
            mfn: frameOf(entry) as Mfn,
            kind: KIND[own],
            mapcount,
            huge,
            node: isRemote(fault) ? 1 : 0,
          },
        ]
      : []),
    ...[...others, ...free].map((kind, index) => ({
      pfn: (ELSEWHERE + index * size) as Pfn,
      mfn: (ELSEWHERE + index * size) as Mfn,
      kind,
      mapcount: 0,
      huge,
    })),
  ]
}
