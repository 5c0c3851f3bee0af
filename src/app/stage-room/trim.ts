import { recall, remember } from '../remembered'
import type { Trim } from './windows'

const KEPT = 'stage-trim'
export const NO_TRIM: Trim = { brightness: 100, contrast: 100 }
/** How far either can be set, in per cent. */
export const TRIM_RANGE = { min: 60, max: 160 }

const inRange = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value)
    ? Math.max(TRIM_RANGE.min, Math.min(Math.round(value), TRIM_RANGE.max))
    : 100

/** What was set on this machine before; it belongs to the projector, not to the link. */
export function recallTrim(): Trim {
  try {
    const { brightness, contrast } = JSON.parse(recall(KEPT) ?? '{}') as Partial<Trim>
    return { brightness: inRange(brightness), contrast: inRange(contrast) }
  } catch {
    return NO_TRIM
  }
}

/** Keeps it, brought into range. */
export function keepTrim({ brightness, contrast }: Trim): Trim {
  const trim = { brightness: inRange(brightness), contrast: inRange(contrast) }
  remember(KEPT, JSON.stringify(trim))
  return trim
}

/** As a filter; none where nothing is set. */
export const filterOf = ({ brightness, contrast }: Trim): string | undefined =>
  brightness === 100 && contrast === 100 ? undefined : `brightness(${brightness}%) contrast(${contrast}%)`
