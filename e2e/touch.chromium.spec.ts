import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { Lab } from './lab'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

/** Side of the square that a finger hits; half a pixel is lost to rounding. */
const FINGER = 44

/** What can be pressed and is smaller than a finger, one line each. A link among the words of a line is as high as the line. */
const tooSmall = (page: Page): Promise<readonly string[]> =>
  page.evaluate((least) => {
    const pressed = 'button, a[href], select, input, textarea, summary, [role="button"]'
    const seen = [...document.querySelectorAll<HTMLElement>(pressed)].filter(
      (each) =>
        each.checkVisibility({ visibilityProperty: true }) &&
        getComputedStyle(each).pointerEvents !== 'none' &&
        !each.closest('.sr-only'),
    )
    if (seen.length < 10) return [`only ${seen.length} things to press`]
    const amongWords = (each: HTMLElement) =>
      getComputedStyle(each).display === 'inline' &&
      (each.parentElement?.textContent?.trim().length ?? 0) > (each.textContent?.trim().length ?? 0)
    return seen.flatMap((each) => {
      const { width, height } = (each.closest('label') ?? each).getBoundingClientRect()
      if (amongWords(each) || (width >= least - 0.5 && height >= least - 0.5)) return []
      return [`${each.tagName} “${each.getAttribute('aria-label') ?? each.textContent}”: ${width} × ${height}`]
    })
  }, FINGER)

test('everything that is pressed is as large as a finger: the Lab, its menu, its sheet, why', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  expect.soft(await tooSmall(page), 'the Lab').toEqual([])
  await page.getByText('Menu', { exact: true }).click()
  await expect(lab.button('Zoom out').first()).toBeVisible()
  expect.soft(await tooSmall(page), 'the menu').toEqual([])
  await page.getByText('Menu', { exact: true }).click()
  await lab.press('Change')
  await expect(page.getByRole('dialog')).toBeVisible()
  expect.soft(await tooSmall(page), 'the sheet').toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await lab.press('Run')
  await lab.press('Why is bit 8 so?')
  await expect(page.getByRole('region', { name: 'Why is bit 8 as it is' })).toBeVisible()
  expect.soft(await tooSmall(page), 'why').toEqual([])
})
