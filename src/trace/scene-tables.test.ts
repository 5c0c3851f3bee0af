import { expect, test } from 'vitest'
import { v3_19, v3_20_rc0 } from '../kernel/variants'
import { bareMetal } from '../kernel/bare-metal'
import { SCENARIOS, scenarioById } from '../machine/scenario'
import { xenPv } from '../xen/pv'
import { countFlags, differingFlags } from './flag-counts'
import { replay } from './replay'
import { childAlive, entryAt, sceneAt } from './scene'
import { sceneTables, writtenEntries } from './scene-tables'
import { deepestAt, KIND, kindAtPlace, LAST, pathTo, placeAt, wordAt } from './table-set'

const PLATFORMS = [bareMetal, xenPv]

test.each(SCENARIOS.map(({ id }) => id))('%s: the tables hold the entry of every page, at every moment', (id) => {
  for (const platform of PLATFORMS) {
    const scenario = scenarioById(id)!
    const playback = replay(scenario, { kernel: v3_20_rc0, platform, numa: 'on' }, scenario.opening)
    for (const cursor of [0, 7, Infinity]) {
      const scene = sceneAt(playback, cursor)
      for (const process of childAlive(scene) ? [0, 1] : [0]) {
        const set = sceneTables(scene, process)
        for (const [page, address] of scene.machine.addresses.entries()) {
          const place = deepestAt(set, address)!
          expect(wordAt(set, place)).toEqual(entryAt(scene, process, page))
          expect(pathTo(set, place).map((stop) => set.tables[stop.table]!.level)).toEqual(
            scene.machine.pages[page]!.huge ? [0, 1, 2] : [0, 1, 2, LAST],
          )
        }
      }
    }
  }
})

const cow = scenarioById('cow')!
const tablesOn = (platform: (typeof PLATFORMS)[number], kernel = v3_20_rc0) =>
  sceneTables(sceneAt(replay(cow, { kernel, platform, numa: 'on' }, cow.opening), Infinity), 0)

test('the modelled process on two machines differs in bit 8 alone', () => {
  const [bare, xen] = PLATFORMS.map((platform) => countFlags(tablesOn(platform)))
  expect(differingFlags(bare!, xen!).map(({ bit }) => bit)).toEqual([8])
  expect(xen!.open.withBit[8]).toBe(xen!.open.entries)
  expect(bare!.open.withBit[8]).toBe(0)
})

test('no entry that leads to a table has bit 8', () => {
  for (const platform of PLATFORMS) {
    const { table } = countFlags(tablesOn(platform))
    expect(table.entries).toBeGreaterThan(0)
    expect(table.withBit[8]).toBe(0)
  }
})

test('what an entry is, is asked of the kernel: to 3.19 a hint in bit 9 is present', () => {
  const hint = scenarioById('hint')!
  const scene = sceneAt(replay(hint, { kernel: v3_19, platform: bareMetal, numa: 'on' }, hint.opening), Infinity)
  const set = sceneTables(scene, 0)
  const place = placeAt(set, scene.machine.addresses[hint.page]!)!
  expect(wordAt(set, place).lo & 0x301).toBe(0x200)
  expect(kindAtPlace(set, place)).toBe(KIND.shut)
})

test('the entries that a step wrote are those that differ from the moment before, where it changed any', () => {
  const playback = replay(cow, { kernel: v3_20_rc0, platform: xenPv, numa: 'on' }, cow.opening)
  let seen = 0
  for (let cursor = 1; cursor <= playback.tape.ticks.length; cursor++) {
    const [before, after] = [cursor - 1, cursor].map((at) => sceneTables(sceneAt(playback, at), 0))
    const differing = after!.tables.flatMap(({ words }, table) =>
      Array.from({ length: 512 }, (_, index) => ({ table, index })).filter(
        ({ index }) =>
          words[2 * index] !== before!.tables[table]!.words[2 * index] ||
          words[2 * index + 1] !== before!.tables[table]!.words[2 * index + 1],
      ),
    )
    const written = writtenEntries(sceneAt(playback, cursor), sceneTables(sceneAt(playback, cursor), 0))
    // Another scene's tables are another memory.
    expect(written).toEqual([])
    const scene = sceneAt(playback, cursor)
    expect(writtenEntries(scene, sceneTables(scene, 0))).toEqual(expect.arrayContaining(differing))
    seen += differing.length
  }
  expect(seen).toBeGreaterThan(0)
})
