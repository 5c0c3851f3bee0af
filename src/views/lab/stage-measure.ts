import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import type { Point } from '../fault-path/geometry'

/** What the picture has to be fitted to, in pixels of the stage. */
export interface StageMeasure {
  readonly width: number
  readonly height: number
  /** Where the bit columns end. */
  readonly bitsRight: number
  /** Middle of the underside of three cells of the word. */
  readonly cells: { readonly present: Point; readonly bit8: Point; readonly bit9: Point }
  /** Underside of the name tags: wires run below it. */
  readonly tagsBottom: number
}

/** Measure the stage, and the cells from which wires leave, after every layout. Null until it is on screen. */
export function useStageMeasure() {
  const stage = useRef<HTMLDivElement>(null)
  const [measure, setMeasure] = useState<StageMeasure | null>(null)
  const update = useCallback(() => {
    const next = stage.current && measureStage(stage.current)
    if (next) setMeasure((known) => (known && JSON.stringify(known) === JSON.stringify(next) ? known : next))
  }, [])
  // Rows come and go with the state, so the cells are looked up again after every render.
  useLayoutEffect(update)
  useLayoutEffect(() => {
    if (!stage.current) return
    const observer = new ResizeObserver(update)
    observer.observe(stage.current)
    // What stands on the left may grow without the stage growing: the wires follow.
    if (stage.current.firstElementChild) observer.observe(stage.current.firstElementChild)
    void document.fonts.ready.then(update)
    return () => observer.disconnect()
  }, [update])
  return { stage, measure }
}

function measureStage(stage: HTMLElement): StageMeasure | null {
  const origin = stage.getBoundingClientRect()
  // A picture that is scaled as a whole is measured in its own pixels.
  const scale = stage.offsetWidth > 0 ? origin.width / stage.offsetWidth : 1
  const underside = (bit: number): Point | null => {
    const cell = stage.querySelector(`.stratum-large > .stratum-bits [data-bit="${bit}"]`)?.getBoundingClientRect()
    return cell
      ? { x: (cell.left + cell.width / 2 - origin.left) / scale, y: (cell.bottom - origin.top) / scale }
      : null
  }
  const [present, bit8, bit9] = [underside(0), underside(8), underside(9)]
  const tags = stage.querySelector('.name-tags')?.getBoundingClientRect()
  if (!present || !bit8 || !bit9 || !tags) return null
  return {
    width: stage.offsetWidth,
    height: stage.offsetHeight,
    bitsRight: Math.round(present.x + 24),
    cells: { present, bit8, bit9 },
    tagsBottom: Math.round((tags.bottom - origin.top) / scale),
  }
}
