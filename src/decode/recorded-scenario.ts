import type { Platform } from '../kernel/context'
import type { Kernel } from '../kernel/variants'
import type { Scenario } from '../machine/scenario'
import type { Capture } from './capture'
import type { Note } from './capture-notes'
import type { RecordedProgram } from './recorded-runs'
import type { OpenAccess, OpenStep } from './open-step'

/** Something recorded, as a place to start from: page tables as they lay in memory, or a program fault by fault. */
export interface RecordedScenario extends Scenario {
  /** The machine that it was recorded on; where more than one was, the one to begin with. */
  readonly machine: Platform['id']
  /** The kernel to begin with, where the recording is about one. */
  readonly kernel?: string
  /** What was recorded, in a few words; where nothing is said, its faults. */
  readonly told?: string
  readonly provenance: readonly (readonly [name: string, text: string])[]
  /** What a reader has to know about it in this setting. */
  readonly notes: (kernel: Kernel, platform: Platform['id']) => readonly Note[]
  readonly capture?: Capture
  readonly program?: RecordedProgram
  /** A single recorded step of 6.1, or an access of the experiment with the fix undone. */
  readonly step?: OpenStep
  readonly undone?: OpenAccess
}
