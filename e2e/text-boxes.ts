import type { Page } from '@playwright/test'

/**
 * Pairs of texts whose boxes meet on the screen, one line each. What lies under an opened panel is covered, not met. Fewer
 * texts than `least` means that the page was not there to be looked at.
 */
export const textsThatMeet = (page: Page, least = 60): Promise<readonly string[]> => page.evaluate(collect, least)

function collect(least: number): readonly string[] {
  interface Box {
    readonly node: Node
    readonly panel: Element | null
    readonly left: number
    readonly right: number
    readonly top: number
    readonly bottom: number
  }
  const UNSEEN = '.sr-only, .bit-face-old, .name-tag-old, [hidden], option, script, style'

  /** The part of a line of text that its scrolling and clipping ancestors let through. */
  const seen = (element: Element, line: DOMRect): Omit<Box, 'node' | 'panel'> => {
    const size = Number.parseFloat(getComputedStyle(element).fontSize)
    const middle = (line.top + line.bottom) / 2
    const half = Math.min(line.height, size) / 2 - 0.5
    const box = { left: line.left + 0.5, right: line.right - 0.5, top: middle - half, bottom: middle + half }
    for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflow === 'visible') continue
      const edge = at.getBoundingClientRect()
      box.left = Math.max(box.left, edge.left)
      box.right = Math.min(box.right, edge.right)
      box.top = Math.max(box.top, edge.top)
      box.bottom = Math.min(box.bottom, edge.bottom)
    }
    return box
  }
  /** What lies over the rest of the page: an opened panel, or a part that stays while the page scrolls. */
  const panelOf = (element: Element): Element | null => {
    for (let at: Element | null = element; at && at !== document.body; at = at.parentElement)
      if (
        at.matches('.all-bits, details > :not(summary), dialog') ||
        /fixed|sticky/.test(getComputedStyle(at).position)
      )
        return at
    return null
  }
  const boxes: Box[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode
    const element = node.parentElement
    if (!node.textContent?.trim() || !element?.checkVisibility({ visibilityProperty: true })) continue
    if (element.closest(UNSEEN)) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const panel = panelOf(element)
    for (const line of range.getClientRects()) boxes.push({ node, panel, ...seen(element, line) })
  }
  const meet = (a: Box, b: Box) =>
    a.node !== b.node &&
    a.panel === b.panel &&
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5
  if (boxes.length < least) return [`only ${boxes.length} texts found`]
  return boxes.flatMap((a, index) =>
    boxes
      .slice(index + 1)
      .filter((b) => meet(a, b))
      .map(
        (b) => `“${a.node.textContent}” meets “${b.node.textContent}” at ${Math.round(a.left)}, ${Math.round(a.top)}`,
      ),
  )
}
