// docs/explored.md as text: written from rows, and read back to be compared.
import { format, resolveConfig } from 'prettier'
import { modelById } from '../src/explore/models'
import { PROPERTIES } from '../src/explore/properties'
import type { Verdict } from '../src/explore/verdict'
import { kernelById } from '../src/kernel/variants'
import type { Row, World } from './explored-rows'

export const PAGE = 'docs/explored.md'

const HEADING = `# What the explorer finds

Written by \`npm run explore\`; not to be changed by hand. A change of a rule shows here as a change of numbers and verdicts. What models and
properties are: [proof.md](proof.md).

\`yes\`: the property holds in every state of the model. A number: it fails, and the shortest way into the failure has so many moves (begin something, or one
step). \`?\`: it did not fail, but some moves lead out of the model (no frame was left), so not every state was met. **reduced** counts the
states that are met when local steps are looked at alone ([decision 007](decisions/007-local-steps.md)), **renamed** those that are met when one stands for all that are
equal but for the names of frames ([decision 008](decisions/008-renamed-frames.md)), where one CPU acts; the verdicts are the same.
`

const NAMES = { bare: 'bare metal', xen: 'Xen PV' } as const

/** A line of the table by what it is about, and all that it says. */
export type Lines = ReadonlyMap<string, readonly string[]>

export const keyOf = ({ model, kernel, machine }: World): string => `${model} ${kernel} ${machine}`

/** What the page says of a row, cell by cell. */
export function cellsOf(row: Row): readonly string[] {
  const counts = [row.states, row.transitions, row.statesReduced, row.statesRenamed].map((count) =>
    count.toLocaleString('en'),
  )
  return [`\`${row.kernel}\``, NAMES[row.machine], ...counts, ...row.verdicts.map(verdictText)]
}

const verdictText = ({ holds, witness }: Verdict): string =>
  holds === null ? '?' : holds ? 'yes' : String(witness!.length)

/** The page, from the lines of all worlds in their order. */
export async function pageFrom(worlds: readonly World[], lines: Lines): Promise<string> {
  const models = [...new Set(worlds.map(({ model }) => model))]
  const parts = models.map((model) =>
    sectionOf(
      model,
      worlds.filter((world) => world.model === model),
      lines,
    ),
  )
  return format([HEADING, ...parts].join('\n'), { ...(await resolveConfig(PAGE)), parser: 'markdown' })
}

const COLUMNS = [
  'kernel',
  'machine',
  'states',
  'transitions',
  'reduced',
  'renamed',
  ...PROPERTIES.map(({ name }) => name),
]

function sectionOf(model: string, worlds: readonly World[], lines: Lines): string {
  const rule = COLUMNS.map((_, index) => (index < 2 ? '---' : '--:'))
  const rows = worlds.map((world) => lines.get(keyOf(world)) ?? COLUMNS.map(() => '')).map(lineOf)
  const tests = worlds.some(({ kernel }) => kernelById(kernel)?.hint.form === 'painted')
  return [
    `## ${model}`,
    modelById(model).says,
    ...(tests ? ['`p0` to `p15`: 3.20-rc0 with one of the sixteen tests over PRESENT and bit 8.'] : []),
    [lineOf(COLUMNS), lineOf(rule), ...rows].join('\n'),
    '',
  ].join('\n\n')
}

const lineOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** The lines of a page as it was written. */
export function linesOf(page: string): Lines {
  const lines = new Map<string, readonly string[]>()
  let model = ''
  for (const text of page.split('\n')) {
    model = /^## (.+)$/.exec(text)?.[1] ?? model
    const cells = text
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
    const kernel = /^`(.+)`$/.exec(cells[0] ?? '')?.[1]
    const machine = cells[1] === NAMES.bare ? 'bare' : 'xen'
    if (kernel) lines.set(keyOf({ model, kernel, machine }), cells)
  }
  return lines
}

/** What differs between a page and what was found now: one sentence for each world that does. */
export function differences(page: Lines, now: Lines): readonly string[] {
  return [...now].flatMap(([key, cells]) => {
    const before = page.get(key)
    if (!before) return [`${key}: not on the page`]
    const changed = cells.flatMap((cell, index) =>
      cell === before[index] ? [] : [`${COLUMNS[index]} ${before[index]} → ${cell}`],
    )
    return changed.length > 0 ? [`${key}: ${changed.join(', ')}`] : []
  })
}
