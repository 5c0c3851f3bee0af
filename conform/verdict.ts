/** One thing on which a table and the core are of two minds. */
export interface Disagreement {
  readonly line: number
  /** Where in the line: a column, or a kernel, a platform and a field. */
  readonly place: string
  readonly expected: string
  readonly got: string
}

/** A column or field of a table that is not compared. */
export interface NotCovered {
  readonly what: string
  readonly why: string
}

/** A row that could not be run. */
export interface NotRun {
  readonly line: number
  readonly why: string
}

/** What holding one table against the core has found. */
export interface Verdict {
  readonly file: string
  readonly rows: number
  /** Rows that were run and in which everything that is compared agrees. */
  readonly agreeing: number
  /** Single comparisons made. */
  readonly comparisons: number
  readonly notRun: readonly NotRun[]
  /** Rows that are no evidence, and why: the recorder intervened, or the line is garbled. */
  readonly apart: readonly NotRun[]
  readonly notCovered: readonly NotCovered[]
  readonly disagreements: readonly Disagreement[]
}

/** Gathers what is found row by row, and counts a row once, whatever is wrong with it and however often. */
export class Tally {
  comparisons = 0
  private readonly disagreements: Disagreement[] = []
  private readonly wrong = new Set<number>()
  private readonly notRun = new Map<number, string>()
  private readonly apart = new Map<number, string>()
  private readonly notCovered = new Map<string, string>()

  /** Compare two texts; true if they are the same. */
  compare(line: number, place: string, expected: string, got: string): boolean {
    this.comparisons++
    if (expected === got) return true
    this.disagreements.push({ line, place, expected, got })
    this.wrong.add(line)
    return false
  }

  /** This row cannot be run. */
  leaveOut(line: number, why: string): void {
    this.notRun.set(line, why)
  }

  /** This row is no evidence of what the kernel does. */
  setApart(line: number, why: string): void {
    this.apart.set(line, why)
  }

  /** This column or field is not compared in any row. */
  doNotCompare(what: string, why: string): void {
    this.notCovered.set(what, why)
  }

  verdict(file: string, rows: number): Verdict {
    const listed = (rows: ReadonlyMap<number, string>): NotRun[] =>
      [...rows].filter(([line]) => !this.wrong.has(line)).map(([line, why]) => ({ line, why }))
    const [notRun, apart] = [listed(this.notRun), listed(this.apart)]
    return {
      file,
      rows,
      agreeing: rows - this.wrong.size - notRun.length - apart.length,
      comparisons: this.comparisons,
      notRun,
      apart,
      notCovered: [...this.notCovered].map(([what, why]) => ({ what, why })),
      disagreements: this.disagreements,
    }
  }
}

/** Rows that were run and do not agree. */
export const failing = ({ rows, agreeing, notRun, apart }: Verdict): number =>
  rows - agreeing - notRun.length - apart.length

const SHOWN = 10

/** The verdict as lines for people: counts first, then what is not covered, then the first disagreements. */
export function verdictText(verdict: Verdict): string {
  const { file, rows, agreeing, notRun, apart, notCovered, disagreements } = verdict
  const left = disagreements.length - SHOWN
  return [
    `${file}: ${rows} rows, ${agreeing} agree, ${notRun.length} not covered` +
      (apart.length ? `, ${apart.length} apart` : ''),
    ...notCovered.map(({ what, why }) => `  not compared: ${what} (${why})`),
    ...lineLists('apart', apart),
    ...lineLists('not covered', notRun),
    ...disagreements
      .slice(0, SHOWN)
      .map(({ line, place, expected, got }) => `  ${file}:${line}: ${place}: expected ${expected}, got ${got}`),
    ...(left > 0 ? [`  and ${left} more`] : []),
  ].join('\n')
}

/** One line for each reason, with the lines of the table that it holds for. */
function lineLists(what: string, rows: readonly NotRun[]): readonly string[] {
  const lines = new Map<string, number[]>()
  for (const { line, why } of rows) lines.set(why, [...(lines.get(why) ?? []), line])
  return [...lines].map(([why, which]) => `  ${what}, line${which.length > 1 ? 's' : ''} ${which.join(' ')}: ${why}`)
}

const COUNTS = ['recorded', 'covered', 'agreeing'] as const

/** Recorded, covered and agreeing rows of several tables, below each other. Rows that are apart are in none of the counts. */
export function coverageTable(verdicts: readonly Verdict[]): string {
  const width = Math.max(...verdicts.map(({ file }) => file.length))
  const line = (name: string, cells: readonly (string | number)[]): string =>
    name.padEnd(width) + cells.map((cell) => String(cell).padStart(11)).join('')
  return [
    line('', COUNTS),
    ...verdicts.map(({ file, rows, apart, notRun, agreeing }) => {
      const recorded = rows - apart.length
      return line(file, [recorded, recorded - notRun.length, agreeing])
    }),
  ].join('\n')
}
