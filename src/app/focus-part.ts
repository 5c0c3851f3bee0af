/** Where the parts of the Lab that a key leads to begin, in any of its layouts. */
const PARTS = {
  word: '.stratum-large [data-bit="8"]',
  pages: '.page-table [tabindex="0"], .page-list-row[aria-pressed="true"]',
} as const

/** Moves the focus to a part of the Lab, where the shown view has it. */
export function focusPart(part: keyof typeof PARTS): void {
  const target = document.querySelector<HTMLElement>(PARTS[part])
  target?.scrollIntoView({ block: 'nearest' })
  target?.focus({ preventScroll: true })
}
