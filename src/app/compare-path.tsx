import { useMemo } from 'react'
import { lockstepOf, otherPlaybackOf, otherSceneOf, playbackOf, sceneOf, timeOf } from '../store/derived'
import { useApp } from '../store/use-app'
import { entrySentence } from '../trace/difference'
import { sceneAt, wordAsked, type Scene } from '../trace/scene'
import type { Playback } from '../trace/replay'
import { LassoProof } from '../views/fault-path/lasso-proof'
import { layOut } from '../views/fault-path/geometry'
import { PairPath, type SwitchedWorld } from '../views/fault-path/pair-path'
import { useElementSize } from '../views/lab/element-size'
import { useTravel } from './travel'

/** The path of the fault with both worlds on it. */
export function ComparePath() {
  const { element, size } = useElementSize<HTMLDivElement>()
  return (
    <div ref={element} className="compare-path">
      {size && size.width > 0 && <Path width={size.width} height={size.height} />}
    </div>
  )
}

/** The name of the instruction stands left of the spine. */
const LEFT = 14

function Path({ width, height }: { readonly width: number; readonly height: number }) {
  const [a, b] = [useApp(sceneOf), useApp(otherSceneOf)]
  const [playedA, playedB] = [useApp(playbackOf), useApp(otherPlaybackOf)]
  const both = useApp(lockstepOf)
  const at = useApp((state) => timeOf(state).at)
  const process = useApp((state) => state.process)
  const page = useApp((state) => state.page)
  const chosen = useApp((state) => state.access)
  const by = useApp((state) => state.by)
  const travel = useTravel()
  const geometry = useMemo(() => layOut(width, height, LEFT, 'two'), [width, height])
  // Between two operations the next one is shown, if there is one.
  const column = both.columns[Math.min(at, both.columns.length - 1)]
  const choice = column && (playedA.tape.ticks[column.a ?? -1] ?? playedB.tape.ticks[column.b ?? -1])?.choice
  const world = (now: Scene, played: Playback): SwitchedWorld => ({
    now,
    end: sceneAt(played, played.tape.ticks.findLastIndex((tick) => tick.choice === choice) + 1),
    predicate: now.machine.kernel.hint,
    word: wordAsked(now, process, page).lo,
  })
  const proofs = [a, b].filter(({ outcome }) => outcome.lasso !== null)
  return (
    <>
      <PairPath
        a={world(a, playedA)}
        b={world(b, playedB)}
        geometry={geometry}
        chosen={chosen}
        by={by}
        done={at}
        travel={travel}
        summary={`Path of the fault in both worlds. ${entrySentence(a, b, process, page)}`}
      />
      <div className="compare-proofs" style={{ right: width - geometry.tail + 30, top: geometry.places.access.y + 24 }}>
        {proofs.map((scene) => (
          <LassoProof key={scene === a ? 'A' : 'B'} scene={scene} compact small wordsLeftOut />
        ))}
      </div>
    </>
  )
}
