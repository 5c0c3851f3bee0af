import { expect, test } from 'vitest'
import { v3_20_rc0, v4_0 } from '../kernel/variants'
import { play } from '../trace/sample-runs'
import { sceneAt } from '../trace/scene'
import { scenarioById } from '../machine/scenario'
import { xenPv } from '../xen/pv'
import { strataOf } from './strata'

const labels = (scene: ReturnType<typeof sceneAt>, page: number) =>
  strataOf(scene, 0, page, false).map(({ label, sub }) => [label, sub])

test('what Xen stored is called so, with the bit that it added', () => {
  const scene = sceneAt(play('cow', v3_20_rc0, xenPv, 'w4'), Infinity)
  expect(labels(scene, scenarioById('cow')!.page)).toEqual([
    ['Linux wrote', ''],
    ['Xen stored', 'one bit more'],
  ])
})

test('what Xen refused is called asked for, and the word in memory is not said to be of that store', () => {
  const { page } = scenarioById('grant')!
  const scene = sceneAt(play('grant', v4_0, xenPv, `w${page}`), Infinity)
  expect(labels(scene, page)).toEqual([
    ['Linux asked', ''],
    ['In memory', 'Xen refused'],
  ])
})
