import { useLayoutEffect, useRef } from 'react'
import { SquarePainter, type Picture } from './square-painter'

interface Props {
  readonly picture: Picture
  /** What the picture shows, in a sentence. */
  readonly label: string
  /** The browser gives no canvas to draw on. */
  readonly onFail: () => void
}

/** The squares, painted when something about them has changed and at no other time. */
export function SquaresCanvas({ picture, label, onFail }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const painter = useRef<SquarePainter | null>(null)
  const latest = useRef(picture)

  useLayoutEffect(() => {
    latest.current = picture
    painter.current ??= painterOf(canvas.current)
    if (!painter.current || !paintOn(painter.current, picture)) onFail()
  }, [picture, onFail])

  useLayoutEffect(() => {
    const element = canvas.current
    const restore = () => {
      painter.current?.forget()
      painter.current?.paint(latest.current)
    }
    element?.addEventListener('contextrestored', restore)
    return () => element?.removeEventListener('contextrestored', restore)
  }, [])

  const { layout, top, height } = picture
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      className="tables-canvas"
      style={{ top, width: layout.width, height }}
    />
  )
}

function painterOf(canvas: HTMLCanvasElement | null): SquarePainter | null {
  // Nothing shines through: the browser need not blend.
  const context = canvas?.getContext('2d', { alpha: false }) ?? null
  return context && new SquarePainter(context)
}

/** False where the browser has no room for the pixels. */
function paintOn(painter: SquarePainter, picture: Picture): boolean {
  try {
    painter.paint(picture)
    return true
  } catch {
    return false
  }
}
