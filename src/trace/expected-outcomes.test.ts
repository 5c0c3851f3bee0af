import { expect, test } from 'vitest'
import { kernelById, KERNELS } from '../kernel/variants'
import { touchBy } from '../machine/choice'
import { scenarioById, SCENARIOS, toucherOf } from '../machine/scenario'
import { endingFor, EXPECTED_KERNELS, EXPECTED_OUTCOMES, type ExpectedOutcome } from './expected-outcomes'
import { replay } from './replay'
import { PLATFORMS } from './sample-runs'
import { sceneAt } from './scene'

test('the table has a row for every scenario and a column for every kernel', () => {
  expect(new Set(EXPECTED_OUTCOMES.map(({ scenario }) => scenario))).toEqual(new Set(SCENARIOS.map(({ id }) => id)))
  expect(EXPECTED_KERNELS).toEqual(KERNELS.map(({ id }) => id))
})

function ending(row: ExpectedOutcome, kernelId: string, platform: (typeof PLATFORMS)[number]): string {
  const scenario = scenarioById(row.scenario)!
  const { accesses = ['write'], page = scenario.page } = row
  const touches = accesses.map((access) => touchBy(toucherOf(scenario), row.byChild ? 1 : 0, page, access))
  const setting = { kernel: kernelById(kernelId)!, platform, numa: 'on' } as const
  const { name, faults } = sceneAt(replay(scenario, setting, [...scenario.opening, ...touches]), Infinity).outcome
  return `${name} ${faults}`
}

const rows = EXPECTED_OUTCOMES.flatMap((row) =>
  PLATFORMS.map((platform) => ({
    row,
    platform,
    machine: platform.id,
    ...row,
    said: row.accesses?.join(', ') ?? 'write',
  })),
)

test.each(rows)('[HF3] $scenario on $machine, $said ($because)', ({ row, platform, machine }) => {
  const model = EXPECTED_KERNELS.map((kernel) => ending(row, kernel, platform))
  expect(model).toEqual(EXPECTED_KERNELS.map((kernel) => endingFor(row[machine], kernel)))
})
