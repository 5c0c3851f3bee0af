import text from '../decode/runs-of-2015.json?raw'
import { readRecordedRuns } from '../decode/recorded-runs'
import type { Known } from './beat'

/** The first program of a Linux with the series and without the fix, under Xen, as it was recorded. */
export function firstProgram(): Known['recorded'] {
  const init = readRecordedRuns(text).programs.find(({ id }) => id === 'init')
  const stuck = init?.recordings.find((recording) => recording.stuck !== null)
  return stuck?.stuck ? { faults: stuck.stuck.faults, seconds: stuck.seconds } : null
}
