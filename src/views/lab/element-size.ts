import { useLayoutEffect, useRef, useState } from 'react'

/** Width and height of an element in whole pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** Measures an element whenever it is laid out anew; null until it is on screen. */
export function useElementSize<T extends HTMLElement>() {
  const element = useRef<T>(null)
  const [size, setSize] = useState<Size | null>(null)
  useLayoutEffect(() => {
    const watched = element.current
    if (!watched) return
    const update = () => {
      const { width, height } = watched.getBoundingClientRect()
      setSize({ width: Math.round(width), height: Math.round(height) })
    }
    update()
    const observer = new ResizeObserver(update)
    observer.observe(watched)
    return () => observer.disconnect()
  }, [])
  return { element, size }
}
