import { expect, test } from 'vitest'
import { asks, holds, notation, quadrant, substituted, type Predicate } from './predicate'

const bit8: Predicate = { form: 'any', name: 'pte_protnone', mask: 0x100 }
const alone: Predicate = { form: 'equals', name: 'pte_protnone', mask: 0x101, value: 0x100 }

test.each<[Predicate, number, string]>([
  [bit8, 0x6234_5165, '0x165 & 0x100 = 0x100'],
  [alone, 0x6234_5165, '0x165 & 0x101 = 0x101, 0x101 == 0x100'],
  [bit8, 0x65, '0x065 & 0x100 = 0x000'],
  [
    { form: 'both', name: 'pte_special', mask: 0x200, guard: 0x101 },
    0x365,
    '0x365 & 0x200 = 0x200, 0x365 & 0x101 = 0x101',
  ],
  [{ form: 'painted', name: 'pte_protnone', mask: 0x101, yes: 0b1000 }, 0x165, '0x165 & 0x101 = 0x101, painted yes'],
  [{ form: 'never', name: 'pte_protnone', mask: 0 }, 0x165, ''],
])('%o of 0x%x in numbers: %s', (predicate, word, text) => {
  expect(substituted(predicate, word)).toBe(text)
})

test('what the numbers say is the verdict', () => {
  for (let word = 0; word < 0x1000; word++) {
    const last = (text: string) => text.split(', ').at(-1)!
    expect(last(substituted(bit8, word)).endsWith('= 0x000')).toBe(!holds(bit8, word))
    const [left, right] = last(substituted(alone, word)).split(' == ')
    expect(left === right).toBe(holds(alone, word))
  }
})

const never: Predicate = { form: 'never', name: 'pte_protnone', mask: 0 }
const special: Predicate = { form: 'both', name: 'pte_special', mask: 0x200, guard: 0x101 }
const painted = (yes: number): Predicate => ({ form: 'painted', name: 'pte_protnone', mask: 0x101, yes })
const PAINTED = Array.from({ length: 16 }, (_, yes) => painted(yes))

test.each<[Predicate, string, number]>([
  [bit8, 'flags & PROTNONE', 0x100],
  [alone, '(flags & (PROTNONE | PRESENT)) == PROTNONE', 0x101],
  [
    { form: 'equals', name: 'pte_numa', mask: 0x301, value: 0x200 },
    '(flags & (bit9 | PROTNONE | PRESENT)) == bit9',
    0x301,
  ],
  [special, '(flags & bit9) && (flags & (PROTNONE | PRESENT))', 0x301],
  [{ form: 'any', name: 'all', mask: 0xe2 }, 'flags & (PSE | DIRTY | ACCESSED | RW)', 0xe2],
  [{ form: 'any', name: 'none', mask: 0 }, 'flags & 0', 0],
  [never, 'never: not built in', 0],
  [painted(10), 'flags & PROTNONE', 0x100],
  [painted(12), 'flags & PRESENT', 0x1],
  [painted(2), '(flags & (PROTNONE | PRESENT)) == PROTNONE', 0x101],
  [painted(0), 'never', 0],
  [painted(15), 'always', 0],
])('%o reads %s and asks 0x%x', (predicate, text, asked) => {
  expect(notation(predicate)).toBe(text)
  expect(asks(predicate)).toBe(asked)
})

test('each form says yes where it should, and no else', () => {
  for (let word = 0; word < 0x1000; word++) {
    const [present, bit8IsSet, bit9] = [(word & 1) !== 0, (word & 0x100) !== 0, (word & 0x200) !== 0]
    const at = (present ? 2 : 0) + (bit8IsSet ? 1 : 0)
    const right =
      holds(bit8, word) === bit8IsSet &&
      holds(alone, word) === (bit8IsSet && !present) &&
      holds(special, word) === (bit9 && (present || bit8IsSet)) &&
      !holds(never, word) &&
      quadrant(word) === at &&
      PAINTED.every((predicate, yes) => holds(predicate, word) === (((yes >> at) & 1) === 1))
    if (!right) throw new Error(`0x${word.toString(16)}`)
  }
})
