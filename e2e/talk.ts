import type { Page } from '@playwright/test'
import { SCRIPTS } from '../src/story/stage/scripts'
import { expect } from './fixtures'

/** A clicker's presses lie so far apart. */
const APART_MS = 90

/** The talks that a speaker gives, of so many beats. */
export const TALKS = SCRIPTS.filter(({ id }) => id !== 'kiosk')

/** Press a key of the clicker. */
export async function press(page: Page, key: string) {
  await page.waitForTimeout(APART_MS)
  await page.keyboard.press(key)
}

/** Give every talk from its first beat to its last, by PageDown alone. */
export async function giveTalks(page: Page) {
  for (const { id, beats } of TALKS) {
    await page.evaluate((hash) => (location.hash = hash), `#/stage/${id}/1`)
    for (const index of beats.keys()) {
      if (index > 0) await press(page, 'PageDown')
      await expect(page.locator('.talk')).toHaveAttribute('data-beat', `${id}/${index + 1}`)
      await expect(page.locator('.slide-sentence')).toBeVisible()
      await expect(page.locator('.slide-figure > *').first()).toBeVisible()
    }
  }
}
