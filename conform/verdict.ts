/** One thing on which a table and the core are of two minds. */
export interface Disagreement {
  readonly line: number
  /** Where in the line: a column, or a kernel, a platform and a field. */
  readonly place: string
  readonly expected: string
  readonly got: string
}

/** What holding one table against the core has found. */
export interface Verdict {
  readonly file: string
  readonly rows: number
  /** Rows in which everything that is covered agrees. */
  readonly agreeing: number
  /** Single comparisons made. */
  readonly comparisons: number
  /** What the table says and the core does not, with the reason. */
  readonly notCovered: readonly NotCovered[]
  readonly disagreements: readonly Disagreement[]
}

export interface NotCovered {
  readonly what: string
  readonly why: string
}

const SHOWN = 10

/** The verdict as lines for people: counts first, then what is not covered, then the first disagreements. */
export function verdictText(verdict: Verdict): string {
  const { file, rows, agreeing, comparisons, notCovered, disagreements } = verdict
  const left = disagreements.length - SHOWN
  return [
    `${file}: ${rows} rows, ${agreeing} agree, ${comparisons} comparisons, ${disagreements.length} disagreements`,
    ...notCovered.map(({ what, why }) => `  not covered: ${what} (${why})`),
    ...disagreements
      .slice(0, SHOWN)
      .map(({ line, place, expected, got }) => `  ${file}:${line}: ${place}: expected ${expected}, got ${got}`),
    ...(left > 0 ? [`  and ${left} more`] : []),
  ].join('\n')
}
