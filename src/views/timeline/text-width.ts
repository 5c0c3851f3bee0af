import { useEffect, useState } from 'react'

/** Measures how wide a line of the tape's bold labels is; anew once the fonts have come. */
export function useTextWidth(): (text: string) => number {
  const [, setLoaded] = useState(false)
  useEffect(() => {
    let mounted = true
    void document.fonts.ready.then(() => mounted && setLoaded(true))
    return () => {
      mounted = false
    }
  }, [])
  return textWidth
}

let context: CanvasRenderingContext2D | null = null

function textWidth(text: string): number {
  context ??= document.createElement('canvas').getContext('2d')
  // A guess on the safe side, for a browser that refuses a canvas.
  if (!context) return text.length * 8
  context.font = "600 15px 'Plex Sans', system-ui, sans-serif"
  return Math.ceil(context.measureText(text).width)
}
