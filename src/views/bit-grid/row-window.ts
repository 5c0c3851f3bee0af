import { useCallback, useLayoutEffect, useState } from 'react'
import type { RefObject } from 'react'

/** The rows that are in the document: from `first` up to but not including `end`. */
export interface RowWindow {
  readonly first: number
  readonly end: number
}

/** Below this many rows all are drawn: searching in the page and printing then see every one. */
const ALL_UP_TO = 48
/** Rows drawn beyond the visible ones on each side. */
const MARGIN = 12

/** Follows the scroll position of a box of equally high rows and says which of them to draw. */
export function useRowWindow(box: RefObject<HTMLElement | null>, count: number): RowWindow {
  const [scrolled, setScrolled] = useState<RowWindow>({ first: 0, end: ALL_UP_TO })

  const measure = useCallback(
    (element: HTMLElement) => {
      if (count <= ALL_UP_TO) return
      const next = rowsInView(element.scrollTop, element.clientHeight, element.scrollHeight / count, count)
      setScrolled((now) => (now.first === next.first && now.end === next.end ? now : next))
    },
    [count],
  )

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const onScroll = () => measure(element)
    onScroll()
    element.addEventListener('scroll', onScroll, { passive: true })
    const resized = new ResizeObserver(onScroll)
    resized.observe(element)
    return () => {
      element.removeEventListener('scroll', onScroll)
      resized.disconnect()
    }
  }, [box, measure])

  return count <= ALL_UP_TO ? { first: 0, end: count } : { first: scrolled.first, end: Math.min(count, scrolled.end) }
}

/** Which rows a box shows at a scroll position, with a margin; moves in steps, so that most scroll events change nothing. */
export function rowsInView(top: number, height: number, rowHeight: number, count: number): RowWindow {
  if (!(rowHeight > 0)) return { first: 0, end: Math.min(count, ALL_UP_TO) }
  const step = MARGIN / 2
  const first = Math.floor(top / rowHeight / step) * step - step
  const last = Math.ceil((top + height) / rowHeight / step) * step + step
  return { first: Math.max(0, first), end: Math.min(count, last) }
}
