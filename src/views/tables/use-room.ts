import { useLayoutEffect, useState, type RefObject } from 'react'

/** Padding of the box, for the frame of a table at the edge; tables.css says the same. */
export const EDGE = 4

/** The inside of a box that scrolls, and how far it is scrolled, in CSS pixels. */
export interface Room {
  readonly width: number
  readonly height: number
  readonly scrolled: number
  /** Device pixels in a CSS pixel. */
  readonly ratio: number
}

/** Follows size, zoom and scrolling of a box; null before it stands. */
export function useRoom(box: RefObject<HTMLElement | null>): Room | null {
  const [room, setRoom] = useState<Room | null>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => {
      const next = {
        width: element.clientWidth - 2 * EDGE,
        height: element.clientHeight - 2 * EDGE,
        scrolled: element.scrollTop,
        ratio: devicePixelRatio,
      }
      setRoom((now) => (now && sameRoom(now, next) ? now : next))
    }
    measure()
    const resized = new ResizeObserver(measure)
    resized.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    // Zooming and another screen change the ratio, and not always the size.
    addEventListener('resize', measure)
    return () => {
      resized.disconnect()
      element.removeEventListener('scroll', measure)
      removeEventListener('resize', measure)
    }
  }, [box])
  return room
}

const sameRoom = (a: Room, b: Room): boolean =>
  a.width === b.width && a.height === b.height && a.scrolled === b.scrolled && a.ratio === b.ratio

/** The part of a high picture that a canvas holds: what is seen and half as much on either side, moved in steps. */
export function canvasSpan(
  { height, scrolled }: Room,
  whole: number,
): { readonly top: number; readonly height: number } {
  if (whole <= height * 2) return { top: 0, height: whole }
  const step = Math.max(1, Math.floor(height / 2))
  const top = Math.max(0, Math.floor(scrolled / step) * step - step)
  return { top, height: Math.min(whole - top, height + 3 * step) }
}
