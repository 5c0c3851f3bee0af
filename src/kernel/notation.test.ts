import { expect, test } from 'vitest'
import { asks, holds, notation, type Predicate } from '../arch/predicate'
import { KERNELS, withPaintedTest } from './variants'

/** Evaluate a line of notation as C would, on these flags. */
function evaluate(text: string, flags: number): boolean {
  const names: Record<string, number> = { flags, PRESENT: 0x1, PROTNONE: 0x100, bit9: 0x200, always: 1, never: 0 }
  const tokens = text.match(/&&|==|!=|[&|!()]|\w+/g)!
  const unary = (): number => {
    const token = tokens.shift()!
    if (token === '!') return unary() === 0 ? 1 : 0
    if (token !== '(') return names[token] ?? Number(token)
    const inside = binary(0)
    tokens.shift()
    return inside
  }
  const operators: readonly Record<string, (a: number, b: number) => number>[] = [
    { '&&': (a, b) => (a && b ? 1 : 0) },
    { '|': (a, b) => a | b },
    { '&': (a, b) => a & b },
    { '==': (a, b) => (a === b ? 1 : 0), '!=': (a, b) => (a === b ? 0 : 1) },
  ]
  const binary = (level: number): number => {
    if (level === operators.length) return unary()
    let left = binary(level + 1)
    for (let act = operators[level]![tokens[0]!]; act; act = operators[level]![tokens[0]!]) {
      tokens.shift()
      left = act(left, binary(level + 1))
    }
    return left
  }
  return binary(0) !== 0
}

const ALL_FLAGS = [0, 1, 0x100, 0x101].flatMap((lo) => [lo, lo | 0x200])
const agrees = (predicate: Predicate): boolean =>
  ALL_FLAGS.every((lo) => evaluate(notation(predicate), lo) === holds(predicate, lo))

test('the line of notation says what the test answers: 16 painted tests and those of every kernel', () => {
  for (let yes = 0; yes < 16; yes++) expect(agrees(withPaintedTest(yes).hint), `p${yes}`).toBe(true)
  for (const { id, present, hint, special } of KERNELS) {
    expect([present, hint, special].map(agrees), id).toEqual([true, true, true])
  }
  expect(evaluate('!(flags & PRESENT)', 1)).toBe(false)
})

test('a test asks a bit exactly if some verdict changes with it', () => {
  for (let yes = 0; yes < 16; yes++) {
    const { hint } = withPaintedTest(yes)
    const depends = [0x1, 0x100].filter((bit) =>
      [0, 1, 0x100, 0x101].some((lo) => holds(hint, lo) !== holds(hint, lo ^ bit)),
    )
    expect(asks(hint), `p${yes}`).toBe(depends.reduce((mask, bit) => mask | bit, 0))
  }
})
