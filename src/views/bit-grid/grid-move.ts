/** A place in a grid of buttons, counted from the upper left. */
export interface GridPlace {
  readonly row: number
  readonly col: number
}

/** How large the grid is, and how many rows one PageUp or PageDown goes. */
export interface GridSize {
  readonly rows: number
  readonly cols: number
  readonly page: number
}

/** Where a key leads from a place, kept inside the grid; null when the key is not one that moves. */
export function moveInGrid(key: string, ctrl: boolean, from: GridPlace, size: GridSize): GridPlace | null {
  const to = target(key, ctrl, from, size)
  if (!to) return null
  return { row: clamp(to.row, size.rows), col: clamp(to.col, size.cols) }
}

function target(key: string, ctrl: boolean, { row, col }: GridPlace, { rows, cols, page }: GridSize): GridPlace | null {
  if (key === 'Home') return { row: ctrl ? 0 : row, col: 0 }
  if (key === 'End') return { row: ctrl ? rows - 1 : row, col: cols - 1 }
  if (ctrl) return null
  if (key === 'ArrowLeft') return { row, col: col - 1 }
  if (key === 'ArrowRight') return { row, col: col + 1 }
  if (key === 'ArrowUp') return { row: row - 1, col }
  if (key === 'ArrowDown') return { row: row + 1, col }
  if (key === 'PageUp') return { row: row - page, col }
  if (key === 'PageDown') return { row: row + page, col }
  return null
}

const clamp = (index: number, count: number): number => Math.max(0, Math.min(count - 1, index))
