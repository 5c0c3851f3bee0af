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
    await this.page.goto(`./${hash || '#/lab'}`)
    await expect(this.page.getByRole('heading', { level: 1, name: 'Lab' })).toBeAttached()
    // Until the fonts are there things may still move, and a click in that moment falls beside its button.
    await this.page.evaluate(() => document.fonts.ready)
  }

  async scenario(title: string) {
    await this.inWorld(() => this.page.getByRole('combobox', { name: 'Scenario' }).selectOption({ label: title }))
  }

  /** Choose one of a group, by the names of both: radios side by side, or a menu where room is short. */
  async choose(group: string, option: string) {
    await this.inWorld(async () => {
      const menu = this.page.getByRole('combobox', { name: group, exact: true })
      if (await menu.count()) return void (await menu.selectOption({ label: option }))
      const radios = this.page.getByRole('radiogroup', { name: group, exact: true })
      await radios.getByRole('radio', { name: option, exact: true }).check()
    })
  }

  /** One of a group is chosen, be it radios or a menu. */
  async expectChosen(group: string, option: string) {
    const menu = this.page.getByRole('combobox', { name: group, exact: true })
    if (await menu.count()) await expect(menu.locator('option:checked')).toHaveText(option)
    else await expect(this.page.getByRole('radio', { name: option, exact: true })).toBeChecked()
  }

  /** On a small screen the world is changed in a sheet: open it, act, close it. */
  async inWorld(act: () => Promise<unknown>) {
    const change = this.button('Change')
    const small = await change.count()
    if (small) await change.click()
    await act()
    if (small) await this.page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
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

  /** Go to a link while the page is open, and stand there once it is drawn. */
  async follow(hash: string) {
    await this.page.evaluate(async (to) => {
      const arrived = new Promise((resolve) => {
        const drawn = () => requestAnimationFrame(() => requestAnimationFrame(resolve))
        addEventListener('popstate', drawn, { once: true })
      })
      location.hash = to
      await arrived
    }, hash)
  }

  /** Do what runs an access, wait until all of it is on the tape and played, and read how it ended: 'endless 1'. */
  async ending(run: () => Promise<unknown>): Promise<string> {
    const before = (await this.time()).length
    await run()
    // Looked at in the page itself, frame by frame: a table of worlds is run through here.
    const ended = await this.page.waitForFunction((length) => {
      const time = document.querySelector<HTMLInputElement>('input[aria-label="Time"]')
      const outcome = document.querySelector<HTMLElement>('[data-testid="outcome"]')
      if (!time || !outcome || Number(time.max) <= length || time.value !== time.max) return ''
      return `${outcome.dataset.outcome} ${outcome.dataset.faults}`
    }, before)
    return String(await ended.jsonValue())
  }

  /** Follow a link to a run, and read how it ends. */
  async endingAt(hash: string): Promise<string> {
    await this.follow(hash)
    return this.page.getByTestId('outcome').evaluate(({ dataset }) => `${dataset.outcome} ${dataset.faults}`)
  }

  /** It has ended so: 'endless 1'. */
  async expectEnding(ending: string) {
    const [outcome, faults] = ending.split(' ')
    await this.expectOutcome(outcome as Outcome, Number(faults))
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
