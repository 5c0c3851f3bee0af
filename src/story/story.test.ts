import { describe, expect, test } from 'vitest'
import { createAppStore, EMPTY_EXPERIMENT } from '../store/app-store'
import { playbackOf } from '../store/derived'
import { sceneAt } from '../trace/scene'
import { CHAPTERS } from './chapters/chapters'
import { beatsOf } from './place'
import { openedBeat } from './scene-of-beat'

const store = createAppStore(EMPTY_EXPERIMENT)
const BEATS = beatsOf(CHAPTERS).map((beat) => ({ name: `${beat.chapter.id}/${beat.id}`, beat }))

describe('every beat', () => {
  test.each(BEATS)(
    '$name opens: its run replays, its stops are there, and it does not set out behind its end',
    ({ beat }) => {
      const { experiment, from } = openedBeat(store.getState(), beat)
      expect(from).toBeLessThanOrEqual(experiment.cursor)
      const playback = playbackOf({ ...store.getState(), ...experiment })
      expect(playback.tape.problem).toBeNull()
      expect(sceneAt(playback, experiment.cursor).cursor).toBe(experiment.cursor)
    },
  )
})
