import { useEffect, useRef, useState } from 'react'
import { quadrant } from '../../arch/predicate'
import type { Pte } from '../../arch/pte'
import { useThemeInForce } from '../ui/theme-in-force'

interface Props {
  readonly words: readonly Pte[]
  /** Which of them are meant now; null: all. */
  readonly meant: ReadonlySet<number> | null
  readonly selected: number
  readonly onSelect: (index: number) => void
}

/** A square in pixels, with the gap to the next. */
const PITCH = 8
const TONES = ['--rule', '--alias', '--one', '--alias'] as const

/** All entries from afar, one square each, by PRESENT and bit 8. A list below says the same in words. */
export function EntrySquares({ words, meant, selected, onSelect }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [width, setWidth] = useState(0)
  const theme = useThemeInForce()
  useEffect(() => {
    const element = canvas.current?.parentElement
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const columns = Math.max(1, Math.floor(width / PITCH))
  const rows = Math.ceil(words.length / columns)
  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context || width === 0) return
    const scale = window.devicePixelRatio || 1
    element.width = columns * PITCH * scale
    element.height = rows * PITCH * scale
    context.scale(scale, scale)
    const style = getComputedStyle(element)
    const colours = TONES.map((name) => style.getPropertyValue(name))
    const ink = style.getPropertyValue('--ink')
    for (const [index, { lo }] of words.entries()) {
      const x = (index % columns) * PITCH
      const y = Math.floor(index / columns) * PITCH
      const place = quadrant(lo)
      context.globalAlpha = meant === null || meant.has(index) ? 1 : 0.2
      context.fillStyle = colours[place]!
      context.strokeStyle = colours[place]!
      // Present is filled, not present is hollow; bit 8 has the colour of its two names.
      if (place >= 2) context.fillRect(x, y, PITCH - 2, PITCH - 2)
      else context.strokeRect(x + 0.5, y + 0.5, PITCH - 3, PITCH - 3)
      if (index !== selected) continue
      context.globalAlpha = 1
      context.strokeStyle = ink
      context.strokeRect(x - 0.5, y - 0.5, PITCH - 1, PITCH - 1)
    }
  }, [words, meant, selected, columns, rows, width, theme])
  return (
    <div className="clinic-squares">
      {/* Whoever cannot point chooses in the list below. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <canvas
        ref={canvas}
        aria-hidden="true"
        style={{ width: columns * PITCH, height: rows * PITCH }}
        onClick={({ nativeEvent: { offsetX, offsetY } }) => {
          const index = Math.floor(offsetY / PITCH) * columns + Math.floor(offsetX / PITCH)
          if (index < words.length) onSelect(index)
        }}
      />
    </div>
  )
}
