import type { Page } from '@playwright/test'
import { CHAPTERS } from '../src/story/chapters/chapters'
import { beatsOf, hrefOf } from '../src/story/place'
import type { Beat } from '../src/story/beat'
import { expect } from './fixtures'

export const BEATS: readonly Beat[] = beatsOf(CHAPTERS)
export const nameOf = ({ chapter, id }: Beat): string => `${chapter.id}/${id}`
export const beatNamed = (name: string): Beat => BEATS.find((beat) => nameOf(beat) === name)!

/** The story as a reader works it. */
export class StoryView {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get room() {
    return this.page.locator('main.story-room')
  }

  /** Load the page at an address, from nothing. */
  async load(hash = '#/story') {
    // A change of the part behind # alone would not load anything.
    await this.page.goto('about:blank')
    await this.page.goto(`./${hash}`)
    await expect(this.room).toBeVisible()
    await this.page.evaluate(() => document.fonts.ready)
  }

  /** Is this the beat that is shown? */
  async expectBeat(beat: Beat) {
    await expect(this.room, nameOf(beat)).toHaveAttribute('data-beat', hrefOf(beat))
  }

  /** To the beat beside, by whatever goes there. Where the picture still moves the first time finishes it. */
  async go(to: Beat, act: () => Promise<unknown>) {
    await act()
    const arrived = await this.page
      .locator(`main[data-beat="${hrefOf(to)}"]`)
      .waitFor({ timeout: 2_000 })
      .catch((error: unknown) => error)
    if (arrived instanceof Error) await act()
    await this.expectBeat(to)
  }

  /** Walk from the second beat to the last, by whatever goes on; at each the visitor looks. */
  async walk(act: () => Promise<unknown>, visit: (beat: Beat) => Promise<unknown>) {
    for (const beat of BEATS.slice(1)) {
      await this.go(beat, act)
      await visit(beat)
    }
  }

  /** Everything of the beat has arrived, and nothing is computed any more. */
  async expectWhole() {
    const figure = this.page.locator('.story-figure')
    await expect(figure.locator('> *').first()).toBeVisible()
    await expect(figure).not.toContainText(UNFINISHED)
  }

  /** The picture and the words of the beat once everything has arrived and nothing changes any more. */
  async picture(): Promise<string> {
    return this.page.evaluate(settled, UNFINISHED.source)
  }
}

/** What a figure says while the proof is not done. */
const UNFINISHED = /being computed|not finished|unfinished/i

/** Runs in the page: what stands in the room, without what tells one visit from another. */
async function settled(unfinishedSource: string): Promise<string> {
  // What rolled away; how long the proof took; and the way back to where an earlier visit ended.
  const isLeftOut = (element: Element): boolean =>
    element.matches('.bit-face-old, .name-tag-old, .proof-scope h2 span') ||
    (element.matches('.story-ways li') && element.textContent?.startsWith('Go on') === true)
  /** Attributes that only tie elements together, and the empty style that React leaves where one was taken away. */
  const tells = ({ name, value }: Attr): boolean =>
    !/^(id|for|name|aria-(labelledby|describedby|controls|owns)|clip-path|mask|href)$/.test(name) &&
    !(name === 'style' && value === '')
  const lines = (node: Node): readonly string[] => {
    if (!(node instanceof Element)) return [node.textContent ?? '']
    if (isLeftOut(node)) return []
    if (node instanceof HTMLCanvasElement) return [node.toDataURL()]
    const said = [...node.attributes].filter(tells).map(({ name, value }) => ` ${name}="${value}"`)
    return [
      `<${node.localName}${said.toSorted().join('')}>`,
      ...[...node.childNodes].flatMap(lines),
      `</${node.localName}>`,
    ]
  }
  // React counts its ids from the loading of the page on.
  const serialised = (): string =>
    lines(document.querySelector('main.story-room')!)
      .join('\n')
      .replaceAll(/_r_\w+?_/g, '_r_')
  const unfinished = new RegExp(unfinishedSource, 'i')
  const isThere = (text: string): boolean => {
    const figure = document.querySelector('.story-figure')
    return figure?.firstElementChild?.checkVisibility() === true && !unfinished.test(text) && !/<span>\n…\n/.test(text)
  }
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  const until = performance.now() + 20_000
  let before = ''
  for (let alike = 0; alike < 2;) {
    await wait(60)
    const now = serialised()
    alike = now === before && isThere(now) ? alike + 1 : 0
    before = now
    if (performance.now() > until)
      throw new Error(
        `The beat never came to rest: ${document.querySelector('.story-figure')?.textContent?.slice(0, 400)}`,
      )
  }
  return before
}
