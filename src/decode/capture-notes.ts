import { has, RW } from '../arch/pte'
import { PAGE_SIZE } from '../arch/vaddr'
import type { Kernel } from '../kernel/variants'
import type { Capture } from './capture'
import type { FramePlan } from './captured-frames'
import type { LeafKind } from './captured-leaf'
import type { CapturedPage } from './captured-page'

/** One thing a reader has to know about a recorded process that runs here. */
export interface Note {
  /** `recorded`: as it was; `changed`: written anew; `left out`; `assumed`: the recording does not tell. */
  readonly about: 'recorded' | 'changed' | 'left out' | 'assumed'
  readonly text: string
}

type Draft = readonly [about: Note['about'], count: number, text: string]

const MACHINE = { bare: 'bare metal', xen: 'Xen PV' } as const

/** What is as recorded, what was changed, what is missing and what is assumed. Nothing is said of things that are not there. */
export function captureNotes(
  capture: Capture,
  pages: readonly CapturedPage[],
  plan: FramePlan,
  kernel: Kernel,
  platform: 'bare' | 'xen',
): readonly Note[] {
  const drafts = [
    ...presentNotes(capture, pages, platform),
    ...rewrittenNotes(pages, kernel),
    ...leftOutNotes(capture),
    ...assumptions(pages, plan),
  ]
  return drafts.filter(([, count]) => count > 0).map(([about, , text]) => ({ about, text }))
}

const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
const ofKind = (pages: readonly CapturedPage[], kind: LeafKind) => pages.filter(({ leaf }) => leaf.kind === kind)

function presentNotes(capture: Capture, pages: readonly CapturedPage[], platform: 'bare' | 'xen'): Draft[] {
  const count = ofKind(pages, 'present').length
  const entries = plural(count, 'present entry', 'present entries')
  const away = `Recorded on ${MACHINE[capture.platform]}, placed on ${MACHINE[platform]}: ${entries}`
  if (platform === capture.platform) return [['recorded', count, `${entries}: word for word as recorded.`]]
  return platform === 'bare'
    ? [['changed', count, `${away} got the guest's frame numbers, and user entries lost bit 8, which Xen had added.`]]
    : [['changed', count, `${away} got machine frame numbers, which are made up, and bit 8, as Xen adds it.`]]
}

function rewrittenNotes(pages: readonly CapturedPage[], kernel: Kernel): Draft[] {
  const forbidden = ofKind(pages, 'prot_none-vma').length
  const hints = ofKind(pages, 'numa-hint')
  const swapped = ofKind(pages, 'swap-or-migration').length
  const inverted = 'Linux 6.1 stores their frames inverted, kernels of 2015 do not'
  const lostWrite = kernel.keepsWriteOverHint || kernel.marking === 'bit 9' || !kernel.numaBuilt
  const writable = lostWrite ? 0 : hints.filter(({ leaf }) => has(leaf.raw, RW)).length
  return [
    [
      'changed',
      forbidden,
      `${plural(forbidden, 'PROTNONE entry', 'PROTNONE entries')} of mprotect, written anew for ${kernel.name}: ${inverted}.`,
    ],
    ['changed', hints.length, `${plural(hints.length, 'NUMA hint')}, ${hintText(kernel)}: ${inverted}.`],
    ['changed', writable, `${plural(writable, 'hint')} had kept RW; ${kernel.name} does not keep it.`],
    [
      'changed',
      swapped,
      `${plural(swapped, 'swap entry', 'swap entries')}, written anew in the layout of ${kernel.name}; slot numbers are given out in order.`,
    ],
  ]
}

function hintText(kernel: Kernel): string {
  if (!kernel.numaBuilt) return 'made present, for this kernel is built without NUMA balancing'
  if (kernel.marking === 'own protection') return `made present, for the scanner of ${kernel.name} marks nothing`
  return `marked as ${kernel.name} marks them`
}

function leftOutNotes(capture: Capture): Draft[] {
  const huge = capture.leaves.filter(({ level }) => level === 'PMD').length
  const missing = capture.vmas.map((vma, index) => {
    const seen = capture.leaves.filter((leaf) => leaf.vma === index)
    return (vma.end - vma.start) / PAGE_SIZE - seen.reduce((sum, { level }) => sum + (level === 'PMD' ? 512 : 1), 0)
  })
  const absent = missing.reduce((sum, count) => sum + count, 0)
  const places = missing.filter((count) => count > 0).length
  return [
    ['left out', huge, `${plural(huge, 'huge page')} of 2 MiB: this machine runs entries of 4 KiB pages only.`],
    [
      'left out',
      absent,
      `${plural(absent, 'page')} of ${plural(places, 'mapping')} without an entry: empty ones of mappings over 64 pages, or without a table, were not recorded.`,
    ],
    [
      'left out',
      capture.tables.length,
      'The tables above the last level are built anew; the recorded ones do not run.',
    ],
  ]
}

function assumptions(pages: readonly CapturedPage[], plan: FramePlan): Draft[] {
  const inFiles = pages.filter(({ backing, leaf }) => backing === 'file' && leaf.pfn !== null)
  const copies = inFiles.filter(({ content }) => content === 'anon').length
  const swapped = ofKind(pages, 'swap-or-migration').length
  return [
    [
      'recorded',
      pages.length,
      'Map counts are as recorded. They also count processes that are not here, such as the child of a fork.',
    ],
    [
      'assumed',
      inFiles.length,
      `Which pages of files are private copies: those dirty, soft-dirty or writable (${copies}); the other ${inFiles.length - copies} are the file's own.`,
    ],
    [
      'assumed',
      pages.length,
      'Anonymous mappings hold anonymous pages, or the zero page where the entry is special; a mapping with such a page was written (it has an anon_vma).',
    ],
    [
      'assumed',
      plan.madeUpMachineFrames,
      `${plural(plan.madeUpMachineFrames, 'machine frame')} of pages without PRESENT: those entries hold the guest's frame only.`,
    ],
    [
      'assumed',
      plan.madeUpFilePages,
      `${plural(plan.madeUpFilePages, 'frame')} of file pages that no recorded entry maps: the numbers are made up.`,
    ],
    ['assumed', swapped, 'Each swap slot is named by one entry only.'],
    ['assumed', plan.frames.length, 'Free frames lie beyond the recorded ones, and the process has a single thread.'],
  ]
}
