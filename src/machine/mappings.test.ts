import { expect, test } from 'vitest'
import { bareMetal } from '../kernel/bare-metal'
import { backingOf, pagesOfMapping } from '../kernel/context'
import { v4_0 } from '../kernel/variants'
import { Machine } from './machine'
import { PAGE, smallProcess } from './scenarios/small-process'

test('the pages of a mapping are those that have it; where nothing is mapped there are none, and memory is anonymous', () => {
  const image = smallProcess()
  const pages = image.pages.map((page, index) => (index === PAGE.stack ? { ...page, mapping: -1 } : page))
  const machine = new Machine({ ...image, pages }, v4_0, bareMetal)
  expect(pagesOfMapping(machine, PAGE.code)).toEqual([PAGE.code])
  expect(pagesOfMapping(machine, PAGE.zero)).toEqual([PAGE.heap, PAGE.shared, PAGE.zero, PAGE.swapped])
  expect(pagesOfMapping(machine, PAGE.stack)).toEqual([])
  expect([PAGE.code, PAGE.heap, PAGE.stack].map((page) => backingOf(machine, page))).toEqual(['file', 'anon', 'anon'])
})
