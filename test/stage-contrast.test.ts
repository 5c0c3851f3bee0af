import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync('src/app/tokens.css', 'utf8')

/** The tokens of a theme as the Stage has them: its own, and over them what `.stage` strengthens. */
function tokensOf(theme: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [, selector, body] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    if (!selector!.includes(`[data-theme='${theme}']`)) continue
    for (const [, name, value] of body!.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)) found.set(name!, value!)
  }
  return found
}

const linear = (channel: number): number => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)

/** Relative luminance as WCAG defines it. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255))
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

/** A lit room: a tenth of what is seen is its light, of 0.6. */
const flared = (light: number): number => 0.9 * light + 0.1 * 0.6

const ratio = (a: number, b: number): number => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)

const GRAPHICS = ['line', 'zero', 'one', 'idle-rail', 'present', 'numa', 'loop', 'normal']
const TEXTS = ['ink', 'ink-2']
/** Text on a fill. */
const ON = ['one', 'present', 'alias', 'numa', 'loop']

for (const theme of ['paper', 'dark', 'contrast']) {
  const tokens = tokensOf(theme)
  const of = (name: string): number => luminance(tokens.get(name)!)

  test(`${theme}: text on the wall stands out by 7 to 1, graphics by 4.5 to 1, and text on fills by 4.5 to 1`, () => {
    for (const name of TEXTS) expect(ratio(of(name), of('bg')), name).toBeGreaterThanOrEqual(7)
    for (const name of GRAPHICS) expect(ratio(of(name), of('bg')), name).toBeGreaterThanOrEqual(4.5)
    for (const name of ON) expect(ratio(of(`on-${name}`), of(name)), name).toBeGreaterThanOrEqual(4.5)
  })
}

test('paper in a lit room: everything that is drawn keeps 3 to 1', () => {
  const tokens = tokensOf('paper')
  const of = (name: string): number => flared(luminance(tokens.get(name)!))
  for (const name of [...GRAPHICS, ...TEXTS, 'alias-outer'])
    expect(ratio(of(name), of('bg')), name).toBeGreaterThanOrEqual(3)
})

test('dark in a lit room does not: that is what the speaker is told', () => {
  const tokens = tokensOf('dark')
  const of = (name: string): number => flared(luminance(tokens.get(name)!))
  expect(ratio(of('numa'), of('bg'))).toBeLessThan(3)
  expect(ratio(of('one'), of('bg'))).toBeLessThan(3)
})
