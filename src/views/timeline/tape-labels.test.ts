import { expect, test } from 'vitest'
import type { TapeGroup } from '../../trace/tape-marks'
import { placeLabels } from './tape-labels'
import type { TapeLayout } from './tape-layout'

const measure = (text: string) => text.length * 8
const groups = (current: number): readonly TapeGroup[] =>
  ['write heap, page 2', 'fork', 'flip bit 8 by hand'].map((label, index) => ({
    from: index,
    to: index,
    label,
    short: label.split(' ')[0]!,
    current: index === current,
  }))
const layout = (...edges: readonly number[]): TapeLayout => ({
  x: [],
  groups: edges.slice(1).map((right, index) => ({ left: edges[index]!, right })),
  pitch: 12,
  minorPitch: 5,
  start: 0,
})
const texts = (current: number, right: number, ...edges: readonly number[]) =>
  placeLabels(groups(current), layout(...edges), right, measure)

test('with room all labels stand in full', () => {
  expect(texts(0, 600, 0, 200, 300, 600).map(({ text }) => text)).toEqual([
    'write heap, page 2',
    'fork',
    'flip bit 8 by hand',
  ])
})

test('without room the current one stands in full, the others in short or not at all', () => {
  expect(texts(0, 600, 0, 60, 70, 80).map(({ text }) => text)).toEqual(['write heap, page 2'])
  expect(texts(1, 600, 0, 60, 120, 130).map(({ text }) => text)).toEqual(['fork', 'write'])
})

test('a label at the right edge is moved in, and nothing lies under it', () => {
  const placed = texts(2, 200, 0, 60, 120, 200)
  expect(placed.map(({ text }) => text)).toEqual(['flip bit 8 by hand', 'write'])
  expect(placed[0]!.x + placed[0]!.width).toBeLessThanOrEqual(200)
  for (const other of placed.slice(1)) expect(other.x + other.width).toBeLessThan(placed[0]!.x)
})
