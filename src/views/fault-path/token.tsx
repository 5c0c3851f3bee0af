import { useEffect, useRef, type ReactNode } from 'react'
import type { Point } from './geometry'
import type { StationId } from './stations'

interface TokenProps {
  readonly at: StationId
  /** Where it rests there. */
  readonly place: Point
  /** The way to this station from another, as an SVG path. */
  readonly way: (from: StationId) => string
  readonly cursor: number
  /** How long it takes from station to station, in ms; 0 for a jump. */
  readonly travel: number
  readonly className: string
  /** Width and height where it is not that of its class. */
  readonly size?: number | null
  readonly children?: ReactNode
}

/** What stands at the current station. A step forward travels along the rail; all else jumps. */
export function Token({ at, place, way, cursor, travel, className, size = null, children }: TokenProps) {
  const ring = useRef<HTMLDivElement>(null)
  const before = useRef(at)
  const { x, y } = place
  useEffect(() => {
    const from = before.current
    before.current = at
    const element = ring.current
    if (!element || travel === 0 || from === at) return
    element.style.offsetPath = `path('${way(from)}')`
    const move = element.animate([{ offsetDistance: '0%' }, { offsetDistance: '100%' }], {
      duration: travel,
      easing: 'cubic-bezier(.3,0,.1,1)',
    })
    element.style.offsetRotate = '0deg'
    element.style.left = '0'
    element.style.top = '0'
    // The path carries the middle of the ring: the margin that centres it at rest would be counted twice.
    element.style.margin = '0'
    const settle = () => {
      element.style.offsetPath = 'none'
      element.style.margin = ''
      element.style.left = `${x}px`
      element.style.top = `${y}px`
    }
    move.onfinish = settle
    return () => {
      move.cancel()
      settle()
    }
    // The geometry is read as it stands when the token sets out.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [at, cursor])
  const wide = size === null ? {} : { width: size, height: size, margin: -size / 2, borderRadius: 0 }
  return (
    <div ref={ring} className={className} aria-hidden style={{ left: x, top: y, ...wide }}>
      {children}
    </div>
  )
}
