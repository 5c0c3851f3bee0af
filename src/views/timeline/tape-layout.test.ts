import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TapeGroup, TapeMark } from '../../trace/tape-marks'
import { cursorAt, layoutTape } from './tape-layout'

/** Groups given as 'MMmm': major and minor marks. */
function tape(...kinds: readonly string[]) {
  const marks = [...kinds.join('')].map((kind, tick): TapeMark => ({
    tick,
    lane: 'Linux',
    shape: 'square',
    tone: 'normal',
    minor: kind === 'm',
    title: 'step',
  }))
  let from = 0
  const groups = kinds.map((kind): TapeGroup => {
    const group = { from, to: from + kind.length - 1, label: 'label', short: 'l', current: false }
    from += kind.length
    return group
  })
  return { marks, groups, none: kinds.map(() => 0) }
}

const kindsOf = fc.array(fc.stringMatching(/^[Mm]{1,60}$/), { minLength: 1, maxLength: 12 })

test('marks stand in order and between the edges, however many there are and however narrow the strip', () => {
  fc.assert(
    fc.property(kindsOf, fc.integer({ min: 40, max: 2000 }), (kinds, width) => {
      const { marks, groups, none } = tape(...kinds)
      const { x } = layoutTape(marks, groups, none, 50, 50 + width)
      expect(x).toHaveLength(marks.length)
      expect(x.every((at, tick) => at > (x[tick - 1] ?? 50) && at < 50 + width)).toBe(true)
    }),
  )
})

test('few marks keep their widest distance, many come together, minor ones stay close', () => {
  const few = tape('MMM')
  const many = tape('M'.repeat(40))
  const mixed = tape('MmmM')
  expect(layoutTape(few.marks, few.groups, few.none, 0, 900).pitch).toBe(34)
  expect(layoutTape(many.marks, many.groups, many.none, 0, 900).pitch).toBe(22)
  const { x } = layoutTape(mixed.marks, mixed.groups, mixed.none, 0, 900)
  expect(x[2]! - x[1]!).toBe(5)
})

test('minor marks give way before major ones do', () => {
  const { marks, groups, none } = tape('M'.repeat(20) + 'm'.repeat(400))
  const { pitch, minorPitch } = layoutTape(marks, groups, none, 0, 600)
  expect(pitch).toBe(12)
  expect(minorPitch).toBeLessThan(1)
})

test('a group is as wide as its label where there is room, and not where there is none', () => {
  const { marks, groups } = tape('M', 'M')
  const widthOfFirst = (room: number) => {
    const { left, right } = layoutTape(marks, groups, [150, 150], 0, room).groups[0]!
    return right - left
  }
  expect(widthOfFirst(400)).toBe(170)
  expect(widthOfFirst(200)).toBeLessThan(100)
})

test('every cursor is found again at its own place; left of all marks lies the start', () => {
  fc.assert(
    fc.property(kindsOf, (kinds) => {
      const { marks, groups, none } = tape(...kinds)
      const layout = layoutTape(marks, groups, none, 50, 900)
      expect(layout.x.map((at) => cursorAt(layout, at))).toEqual(layout.x.map((_, tick) => tick + 1))
      expect(cursorAt(layout, 0)).toBe(0)
    }),
  )
})
