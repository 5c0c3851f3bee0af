import type { Page } from '@playwright/test'
import { expect } from './fixtures'

interface Size {
  readonly width: number
  readonly height: number
}

/** Give the window another size, and wait until the page is drawn in it: the Lab may be put together in another way there. */
export async function resize(page: Page, size: Size) {
  await page.setViewportSize(size)
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
  )
}

/** How large the page is, with what can be scrolled to. */
export const pageSize = (page: Page): Promise<Size> =>
  page.evaluate(() => {
    const { scrollWidth: width, scrollHeight: height } = document.documentElement
    return { width, height }
  })

/** Nothing of the page lies beside its window: it is scrolled up and down alone. */
export async function expectNoSideways(page: Page, what = '') {
  const { width } = await pageSize(page)
  expect.soft(width, `${what} scrolls sideways`.trim()).toBeLessThanOrEqual(page.viewportSize()!.width)
}
