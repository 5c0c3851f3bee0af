import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe complains about on the page as it stands, or in a part of it, one line each; empty when all is well. */
export async function axeComplaints(page: Page, part = 'html') {
  const { violations, passes } = await new AxeBuilder({ page }).include(part).withTags(RULES).analyze()
  if (passes.length === 0) return ['axe found nothing to check']
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}
