import type { Locator, Page } from '@playwright/test'
import { expect } from './fixtures'

/** The zoomed-out tables as a reader works them. */
export class TablesView {
  readonly page: Page
  readonly region: Locator
  readonly entry: Locator

  constructor(page: Page) {
    this.page = page
    this.region = page.getByRole('region', { name: 'All tables' })
    this.entry = this.region.getByRole('gridcell')
  }

  async expectOpen() {
    await expect(this.region.getByRole('heading', { name: 'One process, zoomed out' })).toBeVisible()
    await expect(this.region.getByText('on its way')).toBeHidden()
  }

  /** What is said of the selected entry. */
  async expectEntry(text: string | RegExp) {
    await expect(this.entry).toHaveAccessibleName(text)
  }

  /** How many entries of a kind have bit 8, and how many there are: of the process shown. */
  async fact(name: string): Promise<{ readonly part: number; readonly whole: number }> {
    const text = await this.region.locator('.fact', { hasText: name }).locator('dd').last().innerText()
    const [part = Number.NaN, whole = Number.NaN] = (text.match(/[\d,]+(?= of|$)/g) ?? []).map((each) =>
      Number(each.replaceAll(',', '')),
    )
    return { part, whole }
  }

  /** The colours in the middle of the selected entry's square, as the canvas holds them: red, green, blue. */
  async colour(): Promise<readonly number[]> {
    return this.entry.evaluate((ring) => {
      const canvas = document.querySelector<HTMLCanvasElement>('.tables-canvas')!
      const edge = canvas.getBoundingClientRect()
      const square = ring.getBoundingClientRect()
      const ratio = canvas.width / edge.width
      const x = Math.floor((square.left + square.width / 2 - 1 - edge.left) * ratio)
      const y = Math.floor((square.top + square.height / 2 - 1 - edge.top) * ratio)
      return [...canvas.getContext('2d')!.getImageData(x, y, 1, 1).data].slice(0, 3)
    })
  }
}
