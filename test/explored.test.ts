import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { BIG_WORLDS, rowOf, WORLDS } from '../scripts/explored-rows'
import { cellsOf, differences, keyOf, linesOf, PAGE, pageFrom } from '../scripts/explored-table'

const page = readFileSync(PAGE, 'utf8')
const lines = linesOf(page)

describe('docs/explored.md, which `npm run explore` writes', () => {
  test('says what the explorer finds now', () => {
    const now = new Map(WORLDS.map((world) => [keyOf(world), cellsOf(rowOf(world))]))
    expect(differences(lines, now)).toEqual([])
  })

  test('is as it would be written, and has a line for every world, the largest too', async () => {
    expect(await pageFrom([...WORLDS, ...BIG_WORLDS], lines)).toBe(page)
    const missing = [...WORLDS, ...BIG_WORLDS].filter((world) => !lines.get(keyOf(world))?.[2])
    expect(missing).toEqual([])
  })

  test('a change of one number would be seen', () => {
    const key = keyOf(WORLDS[0]!)
    const cells = lines.get(key)!
    expect(differences(lines, new Map([[key, cells.with(2, '1')]]))).toEqual([`${key}: states ${cells[2]} → 1`])
    expect(differences(new Map(), new Map([[key, cells]]))).toEqual([`${key}: not on the page`])
  })
})
