import { useState } from 'react'
import type { KeyboardEvent, MouseEvent, FocusEvent } from 'react'
import { moveInGrid } from './grid-move'

/** Handlers for a box that holds bit buttons, and which of them Tab reaches. */
export interface RovingBits {
  readonly stop: number
  readonly box: {
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
    readonly onClick: (event: MouseEvent<HTMLElement>) => void
    readonly onFocus: (event: FocusEvent<HTMLElement>) => void
  }
}

/** The bit whose button an event happened in, if any. */
export const bitUnder = (target: EventTarget): number | null => {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-bit]') : null
  return cell ? Number(cell.dataset.bit) : null
}

/** Keys that mean this button while it has the focus, so no shortcut of the page may hear them. */
export const isButtonKey = (key: string): boolean => key === ' ' || key === 'Enter' || key === '?'

/** One tab stop for rows of bit buttons: arrows, Home and End move, a click flips, ? or a click with Shift asks why. */
export function useRovingBits(
  rows: readonly (readonly number[])[],
  start: number,
  onFlip: (bit: number) => void,
  onWhy: (bit: number) => void,
): RovingBits {
  const [visited, setVisited] = useState<number | null>(null)
  const stop = visited ?? start

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const bit = bitUnder(event.target)
    if (bit === null || event.altKey || event.metaKey) return
    if (isButtonKey(event.key)) event.stopPropagation()
    if (event.key === '?') return onWhy(bit)
    const row = rows.findIndex((bits) => bits.includes(bit))
    const from = { row, col: rows[row]?.indexOf(bit) ?? 0 }
    const size = { rows: rows.length, cols: rows[0]?.length ?? 0, page: rows.length }
    const to = moveInGrid(event.key, event.ctrlKey, from, size)
    if (!to) return
    event.preventDefault()
    event.stopPropagation()
    event.currentTarget.querySelector<HTMLElement>(`[data-bit="${rows[to.row]?.[to.col]}"]`)?.focus()
  }
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const bit = bitUnder(event.target)
    if (bit === null) return
    if (event.shiftKey) onWhy(bit)
    else onFlip(bit)
  }
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const bit = bitUnder(event.target)
    if (bit !== null) setVisited(bit)
  }
  return { stop, box: { onKeyDown, onClick, onFocus } }
}
