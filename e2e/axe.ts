import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { THEMES } from '../src/app/theme'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

interface Look {
  /** The part of the page that is looked at; all of it where nothing is said. */
  readonly part?: string
  /** What in it is left out. */
  readonly leftOut?: string
  /** Rules that this page breaks on purpose. */
  readonly without?: readonly string[]
  /** Only what depends on the colours: enough for a second theme. */
  readonly coloursOnly?: boolean
  /** Was this page looked at before, since it was loaded? Then axe is there already. */
  readonly known?: boolean
}

/** What axe complains about on the page as it stands, or in a part of it, one line each; empty when all is well. */
export async function axeComplaints(page: Page, look: string | Look = {}) {
  const {
    part = 'html',
    leftOut,
    without = [],
    coloursOnly = false,
    known = false,
  } = typeof look === 'string' ? { part: look } : look
  // Of rules that hold nothing has to be told but that they do: to describe every element takes longer than to judge it.
  const axe = new AxeBuilder({ page, ...(known && { axeSource: 'void 0' }) })
    .options({ resultTypes: ['violations'] })
    .include(part)
  // Nor is there a frame in the page, for which all of it would be carried over to a second page.
  axe.setLegacyMode()
  if (leftOut !== undefined) axe.exclude(leftOut)
  if (coloursOnly) axe.withRules(['color-contrast', 'link-in-text-block'])
  else axe.withTags(RULES).disableRules([...without])
  const { violations, passes } = await axe.analyze()
  if (passes.length === 0) return ['axe found nothing to check']
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

/** What axe complains about in parts of the page, in every theme: in the first all of it, in the others what is a matter of colour. */
export async function axeInThemes(page: Page, parts: readonly string[] = ['html']): Promise<readonly string[]> {
  const complaints: string[] = []
  for (const theme of THEMES) {
    await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme)
    for (const part of parts) {
      const found = await axeComplaints(page, { part, coloursOnly: theme !== THEMES[0] })
      complaints.push(...found.map((complaint) => `${theme}: ${complaint}`))
    }
  }
  return complaints
}
