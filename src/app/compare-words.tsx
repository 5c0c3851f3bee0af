import { otherSceneOf, sceneOf, timeOf } from '../store/derived'
import { useApp } from '../store/use-app'
import { frameTextOf, pageRow } from '../trace/page-row'
import { entryAt, type Scene } from '../trace/scene'
import { WordPair } from '../views/compare/word-pair'
import type { WordOfWorld } from '../views/compare/word-of-world'

/** The entry of the page looked at, in both worlds. */
export function CompareWords() {
  const { a, b, caption, animate } = useWords()
  return <WordPair a={a} b={b} caption={caption} animate={animate} />
}

/** The words of both worlds at the playhead. */
export function useWords() {
  const [a, b] = [useApp(sceneOf), useApp(otherSceneOf)]
  const page = useApp((state) => state.page)
  const process = useApp((state) => state.process)
  const animate = useApp((state) => state.forward)
  const at = useApp((state) => timeOf(state).at)
  const name = `${pageRow(a, process, page).name}${process === 1 ? ', child' : ''}`
  return {
    a: wordOf(a, process, page),
    b: wordOf(b, process, page),
    caption: `Entry of ${name}, ${at === 0 ? 'at the start' : `after step ${at}`}`,
    animate,
  }
}

function wordOf(scene: Scene, process: number, page: number): WordOfWorld {
  const { kernel, platform } = scene.machine
  const entry = entryAt(scene, process, page)
  return {
    title: `${kernel.name}, ${platform.name}`,
    entry,
    ...frameTextOf(scene, entry),
    byXen: pageRow(scene, process, page).xenBits,
  }
}
