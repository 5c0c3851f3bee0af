import type { Platform } from '../kernel/context'
import type { Kernel } from '../kernel/variants'
import type { Choice } from './choice'
import type { ProcessImage } from './image'
import { LIVED_IN, PAGE, smallProcess } from './scenarios/small-process'

/** A place to start from, built by running rules. */
export interface Scenario {
  /** Stable id, for URLs. */
  readonly id: string
  readonly title: string
  /** One sentence: what to look for. */
  readonly look: string
  /** A recorded process is written differently for each kernel and machine; a modelled one begins without entries. */
  readonly image: (kernel: Kernel, platform: Platform['id']) => ProcessImage
  /** Its entries come from a kernel that tracks soft-dirty pages, so the one chosen has to. */
  readonly softDirty?: boolean
  /** Carried out before the tape begins. */
  readonly before: readonly Choice[]
  /** The beginning of the tape. */
  readonly opening: readonly Choice[]
  /** The page the reader is shown first. */
  readonly page: number
}

const write = (page: number): Choice => ({ do: 'access', process: 0, page, access: 'write' })

const inSmallProcess = (
  id: string,
  title: string,
  page: number,
  opening: readonly Choice[],
  look: string,
): Scenario => ({ id, title, page, opening, look, image: smallProcess, before: LIVED_IN })

/** The modelled scenarios, in the order of the menu. */
export const SCENARIOS: readonly Scenario[] = [
  inSmallProcess(
    'cow',
    'Copy-on-write',
    PAGE.shared,
    [write(PAGE.shared), { do: 'fork' }],
    'Fork took RW from every private page. Write to one: who gives it back?',
  ),
  inSmallProcess(
    'zero',
    'Zero page',
    PAGE.zero,
    [],
    'The page was only read, so all see the one zero page. Write to it.',
  ),
  inSmallProcess(
    'hint',
    'Hinted page',
    PAGE.heap,
    [{ do: 'scan', page: PAGE.heap }],
    'The NUMA scanner has passed. Which bits did it change, and how many faults does a write take?',
  ),
  inSmallProcess(
    'guard',
    'Guard page',
    PAGE.guard,
    [],
    'The mapping allows nothing. The entry is never even looked at.',
  ),
  inSmallProcess(
    'file',
    'Private file page',
    PAGE.libcData,
    [{ do: 'access', process: 0, page: PAGE.libcData, access: 'read' }],
    'Read first, so the page is there, read-only. The first write is what every program does in its loader.',
  ),
  inSmallProcess(
    'touch',
    'First touch',
    PAGE.shared,
    [],
    'Nothing is mapped yet. Write: harmless on every kernel. Read first: not so.',
  ),
]

/** The scenario with this id; undefined for an unknown one. */
export const scenarioById = (id: string): Scenario | undefined => SCENARIOS.find((scenario) => scenario.id === id)
