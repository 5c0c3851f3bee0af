/** A file upstream and the functions, macros or tables meant in it. */
export interface Place {
  readonly file: string
  readonly names: readonly string[]
  /** Tag in which they stand so; left out: that of the book. */
  readonly at?: string
}

/** A commit as a rule names it. */
export interface NamedCommit {
  readonly id: string
  readonly recalled: boolean
}

/** One row of a RULES.md. */
export interface Rule {
  readonly id: string
  /** What holds, in the book's own marks: `code` and **strong**. */
  readonly holds: string
  readonly places: readonly Place[]
  readonly commits: readonly NamedCommit[]
  /** Sections of the Intel manual. */
  readonly manual: readonly string[]
}

/** Rules that are about one thing. */
export interface RuleGroup {
  /** Empty where the book is not divided. */
  readonly title: string
  readonly rules: readonly Rule[]
}

/** A RULES.md, read. */
export interface RuleBook {
  readonly title: string
  readonly intro: readonly string[]
  readonly groups: readonly RuleGroup[]
}

/** Read a RULES.md. Throws at a line it does not understand: a book with a mistake must not be shown in part. */
export function parseRuleBook(text: string): RuleBook {
  const blocks = text.trim().split(/\n\s*\n/)
  const title = blocks[0]?.startsWith('# ') ? blocks[0].slice(2) : ''
  const intro: string[] = []
  const groups: RuleGroup[] = []
  let heading = ''
  for (const block of blocks.slice(1)) {
    if (block.startsWith('## ')) heading = block.slice(3)
    else if (block.startsWith('|')) groups.push({ title: heading, rules: rulesIn(block) })
    else intro.push(block.replaceAll('\n', ' '))
  }
  if (title === '' || groups.length === 0) throw new Error('A RULES.md needs a title and a table of rules.')
  return { title, intro, groups }
}

/** The rows of a table below its head and its line of dashes. */
const rulesIn = (table: string): Rule[] => table.split('\n').slice(2).map(ruleOf)

function ruleOf(row: string): Rule {
  // A bar inside a cell is written \|.
  const cells = row.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'))
  const [, id = '', holds = '', upstream = ''] = cells
  if (cells.length !== 5 || !/^[A-Z]{2}\d+$/.test(id) || holds === '') throw new Error(`No row of rules: ${row}`)
  const parts = upstream.split('; ').map(partOf)
  return {
    id,
    holds,
    places: parts.flatMap(({ place }) => place ?? []),
    commits: parts.flatMap(({ commits }) => commits ?? []),
    manual: parts.flatMap(({ manual }) => manual ?? []),
  }
}

interface Part {
  readonly place?: Place
  readonly commits?: readonly NamedCommit[]
  readonly manual?: readonly string[]
}

/** One of `commits ID, ID`, `SDM 4.5, 4.6` and ``FILE, `name`, `name` at TAG``. */
function partOf(text: string): Part {
  const commits = /^(recalled )?commits? ([0-9a-f]{12}(?:, [0-9a-f]{12})*)$/.exec(text)
  if (commits) return { commits: commits[2]!.split(', ').map((id) => ({ id, recalled: commits[1] !== undefined })) }
  const manual = /^SDM ([\d.]+(?:, [\d.]+)*)$/.exec(text)
  if (manual) return { manual: manual[1]!.split(', ') }
  const place = /^([\w./-]+\.[ch])((?:, `\w+`)*)(?: at (v[\w.-]+))?$/.exec(text)
  if (!place) throw new Error(`No place upstream: ${text}`)
  const [, file = '', names = '', at] = place
  const named = { file, names: [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => name) }
  return { place: at === undefined ? named : { ...named, at } }
}
