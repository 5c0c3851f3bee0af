import { useEffect } from 'react'

/** Has the view that was there before taken the focus down with it? */
let lost = false

/** Where the focus went down with the view that was there before, it goes to this element of the new one. */
export function useKeptFocus(selector: string): void {
  useEffect(() => {
    if (lost) document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true })
    lost = false
    return () => {
      lost = document.activeElement === document.body
    }
  }, [selector])
}
