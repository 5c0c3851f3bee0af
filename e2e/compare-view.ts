import type { Page } from '@playwright/test'
import { expect } from './fixtures'
import { Lab } from './lab'

/** The default pair with the write that tells it apart, both tapes to their ends. */
export const DEFAULT = '#/lab?z=compare&r=w4.f.w4'

/** How both worlds stand, and where the playhead is. */
export async function pair(page: Page) {
  const element = page.getByTestId('pair')
  const read = async (name: string) => (await element.getAttribute(`data-${name}`)) ?? ''
  return { a: await read('a'), b: await read('b'), first: Number(await read('first')), at: Number(await read('at')) }
}

export async function openPair(page: Page, hash = DEFAULT) {
  const lab = new Lab(page)
  await lab.open(hash)
  await expect(page.getByTestId('pair')).toBeAttached()
  await page.evaluate(() => document.fonts.ready)
  return lab
}
