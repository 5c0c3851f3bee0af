import { useMemo } from 'react'
import { notation } from '../arch/predicate'
import { sceneOf } from '../store/derived'
import { TICK_MS } from '../store/playback'
import { useApp, useCommands } from '../store/use-app'
import { actorAt, entryAt, pageAt, processAt, type Scene } from '../trace/scene'
import { FaultPath } from '../views/fault-path/fault-path'
import { layOut } from '../views/fault-path/geometry'
import { LassoProof } from '../views/fault-path/lasso-proof'
import { Wires } from '../views/fault-path/wires'
import { useStageMeasure, type StageMeasure } from '../views/lab/stage-measure'
import { PageTables } from './page-tables'
import { useReply } from './reply'
import { Said } from './said'
import { useStill } from './still'

/** The middle of the Lab: table, word and sentence on the left, the path of the fault on the right, wires between. */
export function Stage() {
  const { stage, measure } = useStageMeasure()
  const [reply, setReply] = useReply()
  return (
    <div ref={stage} className="lab-stage relative min-h-0">
      <div className="lab-left bit-columns">
        <PageTables reply={reply} onReply={setReply} />
      </div>
      {measure && <Path measure={measure} />}
      <div className="lab-said">
        <Said reply={reply} />
      </div>
    </div>
  )
}

/** Below this width table and path do not fit side by side. */
const NARROWEST_PATH = 1000

/** Cut: no path of the fault on a narrow screen; sentence, tape and proof tell it there. */
function WithoutPath({ scene }: { readonly scene: Scene }) {
  return (
    <div className="grid max-w-sm gap-3 py-3">
      <p className="text-note text-ink-2">The path of the fault is drawn where the window is wider.</p>
      <LassoProof scene={scene} compact={false} small={false} />
    </div>
  )
}

function Path({ measure }: { readonly measure: StageMeasure }) {
  const scene = useApp(sceneOf)
  const process = useApp((state) => state.process)
  const page = useApp((state) => state.page)
  const chosen = useApp((state) => state.access)
  const travel = useTravel()
  const onPaint = usePainter(scene)
  const geometry = useMemo(
    () => layOut(measure.width, measure.height, measure.bitsRight),
    [measure.width, measure.height, measure.bitsRight],
  )
  const predicate = scene.machine.kernel.hint
  if (measure.width < NARROWEST_PATH) return <WithoutPath scene={scene} />
  const word = wordAtSwitch(scene, process, page)
  const low = measure.tagsBottom + 18
  // The whole proof needs this much of the room above the shared tail.
  const compact = geometry.tight || geometry.places.return.y - geometry.places.access.y < 215
  return (
    <>
      <FaultPath {...{ scene, geometry, chosen, predicate, word, travel, onPaint }}>
        <Wires {...{ geometry, predicate, word, low }} cells={measure.cells} />
      </FaultPath>
      <div
        className="absolute"
        style={{
          right: geometry.width - geometry.tail + 22,
          top: geometry.places.access.y + (compact ? 16 : 24),
          width: geometry.tight ? 198 : 250,
        }}
      >
        <LassoProof scene={scene} compact={compact} small={geometry.tight} />
      </div>
      <p className="sr-only">{`The test is ${notation(predicate)}.`}</p>
    </>
  )
}

/** Low half of what the switch is asked about: the snapshot while a fault on this page is handled, else memory. */
function wordAtSwitch(scene: Scene, process: number, page: number): number {
  const snapshot = scene.words[scene.machine.cpus[actorAt(scene)]!.entry]!
  const handled = snapshot !== 0 && pageAt(scene) === page && processAt(scene) === process
  return handled ? snapshot : entryAt(scene, process, page).lo
}

/** How long the token travels: only on a step forward, and not for readers who asked for less motion. */
function useTravel(): number {
  const forward = useApp((state) => state.forward)
  const playing = useApp((state) => state.playing)
  const speed = useApp((state) => state.speed)
  const still = useStill()
  if (!forward || still) return 0
  return playing ? TICK_MS[speed] * 0.9 : 420
}

/** Lets the reader paint the test while the kernel is theirs. */
function usePainter(scene: Scene): ((quadrant: number) => void) | undefined {
  const commands = useCommands()
  const { hint } = scene.machine.kernel
  if (hint.form !== 'painted') return undefined
  return (quadrant) => commands.setKernel(`p${hint.yes ^ (1 << quadrant)}`)
}
