import { expect, test } from 'vitest'
import { roomOf } from './rooms'

test.each([
  ['', 'story'],
  ['#/story/xen/2', 'story'],
  ['#/lab', 'lab'],
  ['#/lab?v=1&r=w4', 'lab'],
  ['#/clinic', 'clinic'],
  ['#/clinic?t=165', 'clinic'],
  ['#/model', 'model'],
  ['#/model?rule=HF3', 'model'],
  ['#/stage/five/3?theme=dark', 'stage'],
  ['#/speaker', 'speaker'],
  ['#/models', 'story'],
  ['#/nowhere', 'story'],
])('the address “%s” leads to the room %s', (hash, room) => {
  expect(roomOf(hash)).toBe(room)
})
