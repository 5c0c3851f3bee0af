import { sceneOf } from '../store/derived'
import { useApp, useCommands } from '../store/use-app'
import { wordAsked, type Scene } from '../trace/scene'
import { useTravel } from './travel'

/** All that the picture of the fault path is drawn from, its measures aside. */
export function usePathProps() {
  const scene = useApp(sceneOf)
  const process = useApp((state) => state.process)
  const page = useApp((state) => state.page)
  const chosen = useApp((state) => state.access)
  const by = useApp((state) => state.by)
  const travel = useTravel()
  const onPaint = usePainter(scene)
  const predicate = scene.machine.kernel.hint
  return { scene, chosen, by, predicate, word: wordAsked(scene, process, page).lo, travel, onPaint }
}

/** Lets the reader paint the test while the kernel is theirs. */
function usePainter(scene: Scene): ((quadrant: number) => void) | undefined {
  const commands = useCommands()
  const { hint } = scene.machine.kernel
  if (hint.form !== 'painted') return undefined
  return (quadrant) => commands.setKernel(`p${hint.yes ^ (1 << quadrant)}`)
}
