import { useRef, type TouchEvent } from 'react'

interface Swipes {
  readonly left: () => void
  readonly right: () => void
}

/** A finger has to go so far along, and much farther along than up or down. */
const FAR = 50

/** What a finger moves sideways itself. */
const SIDEWAYS = 'input:not([type="radio"]), [role="slider"], .tape-surface'

/** Touch handlers that tell a swipe from a scroll and from a tap. What moves sideways itself keeps its swipes. */
export function useSwipe({ left, right }: Swipes) {
  const began = useRef<{ readonly x: number; readonly y: number } | null>(null)
  return {
    onTouchStart({ touches, target }: TouchEvent) {
      const sideways = target instanceof Element && target.closest(SIDEWAYS)
      const touch = touches[0]
      began.current = touches.length === 1 && touch && !sideways ? { x: touch.clientX, y: touch.clientY } : null
    },
    onTouchEnd({ changedTouches }: TouchEvent) {
      const touch = changedTouches[0]
      const from = began.current
      began.current = null
      if (!from || !touch) return
      const [x, y] = [touch.clientX - from.x, touch.clientY - from.y]
      if (Math.abs(x) < FAR || Math.abs(x) < 2 * Math.abs(y)) return
      if (x < 0) left()
      else right()
    },
  }
}
