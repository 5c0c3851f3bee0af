import { useMemo } from 'react'
import { toneOf, type BitTone } from '../bit-grid/bit-name'
import { useThemeInForce } from '../ui/theme-in-force'
import type { Palette } from './square-glyphs'

/** The tokens that fill and edge a square, by the tone of its flag. */
const TONES: Record<BitTone, readonly [fill: string, edge: string]> = {
  alias: ['--alias', '--alias-outer'],
  present: ['--present', '--present'],
  plain: ['--one', '--one'],
}

/** The colours of the theme in force, for squares coloured by this flag; the same object until they change. */
export function useSquarePalette(flag: number): Palette {
  const theme = useThemeInForce()
  const tone = toneOf(flag)
  return useMemo(() => readPalette(tone, theme), [tone, theme])
}

/** `theme` is what the colours are read for: another one is another palette. */
function readPalette(tone: BitTone, _theme: string): Palette {
  const probe = document.createElement('span')
  probe.className = 'tables-probe'
  document.body.append(probe)
  const colour = (token: string): number => {
    probe.style.color = `var(${token})`
    return pixelOf(getComputedStyle(probe).color)
  }
  const [fill, edge] = TONES[tone]
  const palette = {
    ground: colour('--bg'),
    rim: colour('--rule'),
    rimTables: colour('--line'),
    empty: colour('--rule'),
    clear: colour('--zero'),
    swap: colour('--line'),
    fill: colour(fill),
    edge: colour(edge),
  }
  probe.remove()
  return palette
}

/** 'rgb(11, 15, 20)' as a pixel of a canvas. */
export function pixelOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
}
