import type { Scenario } from '../machine/scenario'
import type { Kernel } from '../kernel/variants'
import type { Platform } from '../kernel/context'
import type { Note } from './capture-notes'
import { nearestRecording, recordedRunImage } from './recorded-run-image'
import type { RecordedProgram, RecordedRuns } from './recorded-runs'
import type { RecordedScenario } from './recorded-scenario'

/** A program that was recorded, as a place to start from. */
export interface RecordedRunScenario extends RecordedScenario {
  readonly program: RecordedProgram
}

/** The recorded program as a scenario: it opens with what the program did up to where 3.20-rc0 under Xen never got on. */
export function recordedRunScenario(
  program: RecordedProgram,
  named: Pick<Scenario, 'id' | 'title' | 'look'>,
  provenance: RecordedRuns['provenance'],
): RecordedRunScenario {
  const { id, title, look } = named
  const [first] = program.recordings
  return {
    id,
    title,
    look,
    program,
    machine: first!.machine,
    kernel: first!.kernel,
    provenance,
    image: (kernel, platform) => recordedRunImage(program, kernel, platform),
    notes: (kernel, platform) => notesOf(program, kernel, platform),
    before: program.before,
    opening: program.order.slice(0, program.opening),
    page: program.page,
  }
}

function notesOf(program: RecordedProgram, kernel: Kernel, platform: Platform['id']): readonly Note[] {
  const recording = nearestRecording(program, kernel.id, platform)
  const here = recording.kernel === kernel.id && recording.machine === platform
  const elsewhere = program.pages.filter((_, index) => recording.addresses[index] === null).length
  return [
    {
      about: 'recorded',
      text: `${program.pages.length} pages with their addresses, rights and backing; each fault as it was noted.`,
    },
    { about: 'left out', text: 'The recorded entries. Pages begin empty, and the rules of the model fill them.' },
    here
      ? {
          about: 'recorded',
          text: `Numbers of frames, in the order in which this kernel gave them out (run ${recording.run}).`,
        }
      : {
          about: 'assumed',
          text: `Frames as in run ${recording.run}, for this kernel was not recorded on this machine.`,
        },
    ...(elsewhere
      ? [
          {
            about: 'assumed' as const,
            text: `The place of ${elsewhere} ${elsewhere === 1 ? 'page' : 'pages'} that did not fault in that run.`,
          },
        ]
      : []),
  ]
}
