import type { Locator, Page } from '@playwright/test'
import { expect } from './fixtures'

export type Outcome = 'idle' | 'running' | 'completed' | 'endless' | 'sigsegv' | 'bug'

/** The Lab as a reader works it: by the names that stand on the screen. */
export class Lab {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Open the Lab, or a link into it. */
  async open(hash = '') {
    await this.page.goto(`./${hash}`)
    await expect(this.page.getByRole('heading', { level: 1, name: 'Lab' })).toBeAttached()
  }

  async scenario(title: string) {
    await this.page.getByRole('combobox', { name: 'Scenario' }).selectOption({ label: title })
  }

  /** Choose one radio of a group, by the names of both. */
  async choose(group: string, option: string) {
    await this.page
      .getByRole('radiogroup', { name: group, exact: true })
      .getByRole('radio', { name: option, exact: true })
      .check()
  }

  async press(name: string) {
    await this.button(name).click()
  }

  /** The address once it has caught up with the page, which writes it a moment later. */
  async link(): Promise<string> {
    await this.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 250)))
    return this.page.url()
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  async expectOutcome(outcome: Outcome, faults?: number) {
    const element = this.page.getByTestId('outcome')
    await expect(element).toHaveAttribute('data-outcome', outcome)
    if (faults !== undefined) await expect(element).toHaveAttribute('data-faults', String(faults))
  }

  /** Steps done and steps on the tape. */
  async time(): Promise<{ readonly at: number; readonly length: number }> {
    const slider = this.page.getByRole('slider', { name: 'Time' })
    return { at: Number(await slider.inputValue()), length: Number(await slider.getAttribute('max')) }
  }

  /** All that tells one state from another on the screen: the bits, the word, the sentence, the outcome. */
  async picture(): Promise<string> {
    return this.page.evaluate(() => {
      const bits = [...document.querySelectorAll('[data-bit]')]
        .map((cell) => cell.getAttribute('aria-pressed'))
        .join('')
      const words = [...document.querySelectorAll('.stratum, [role="status"]')].map((each) => {
        // A digit that has rolled away stays in the page, out of sight.
        const seen = each.cloneNode(true) as Element
        for (const gone of seen.querySelectorAll('.bit-face-old')) gone.remove()
        return seen.textContent
      })
      const outcome = document.querySelector('[data-testid="outcome"]')
      return [bits, words.join('|'), outcome?.getAttribute('data-outcome'), outcome?.getAttribute('data-faults')].join(
        '\n',
      )
    })
  }
}
