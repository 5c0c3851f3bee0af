import { bareMetal } from '../kernel/bare-metal'
import type { Platform } from '../kernel/context'
import { kernelById } from '../kernel/variants'
import { touchBy } from '../machine/choice'
import { scenarioById, toucherOf } from '../machine/scenario'
import { replay } from '../trace/replay'
import { sceneAt, wordAsked, type Scene } from '../trace/scene'
import { FaultPath } from '../views/fault-path/fault-path'
import { layOut } from '../views/fault-path/geometry'
import { LassoProof } from '../views/fault-path/lasso-proof'
import { layOutShort } from '../views/fault-path/short-geometry'
import { ShortPath } from '../views/fault-path/short-path'
import { xenPv } from '../xen/pv'

type World = readonly [scenario: string, kernel: string, platform: Platform]

const ENDS: readonly (readonly [title: string, ...World])[] = [
  ['Endless after one fault', 'cow', 'rc0', xenPv],
  ['Endless after two faults', 'stale', 'rc0', xenPv],
  ['Endless without an exception', 'pin', 'rc0', xenPv],
  ['Endless on bare metal: a huge page', 'huge', '8a05', bareMetal],
]

/** Paths in their telling states; `at` is how many steps the access has taken, all where nothing is said. */
const PATHS: readonly (readonly [title: string, world: World, at?: number])[] = [
  ['Nothing has happened', ['cow', 'rc0', xenPv], 0],
  ['At the test', ['cow', 'rc0', xenPv], 10],
  ['Closed', ['cow', 'rc0', xenPv]],
  ['Mended', ['cow', 'rc1', xenPv]],
  ['Bare metal: copied', ['cow', 'rc0', bareMetal]],
  ['A hint on bare metal', ['hint', 'rc0', bareMetal]],
  ['SIGSEGV', ['guard', 'rc0', xenPv]],
  ['By the kernel', ['syscall', 'rc0', xenPv]],
  ['By a pin', ['pin', 'rc0', xenPv]],
  ['From a file', ['around', 'rc1', xenPv]],
  ['Swapped in', ['swap', 'rc0', xenPv]],
]

/** The path of the fault, wide and short, and the proof that a fault is endless. */
export const FaultPathSpecimens = () => (
  <>
    {ENDS.map(([title, ...world]) => (
      <section key={title} aria-label={title} className="border-b border-rule p-4">
        <h2 className="text-label text-ink-3">{title}</h2>
        <LassoProof scene={written(world)} compact={false} small={false} />
      </section>
    ))}
    {PATHS.map(([title, world, at]) => (
      <Paths key={title} title={title} scene={written(world, at)} page={scenarioById(world[0])!.page} />
    ))}
  </>
)

/** A scenario whose page has been written to, so many steps after that began. */
function written([id, kernel, platform]: World, at = Infinity): Scene {
  const scenario = scenarioById(id)!
  const touch = touchBy(toucherOf(scenario), 0, scenario.page, 'write')
  const setting = { kernel: kernelById(kernel)!, platform, numa: 'on' } as const
  const playback = replay(scenario, setting, [...scenario.opening, touch])
  return sceneAt(playback, (playback.tape.begins.at(-1) ?? 0) + at)
}

function Paths({ title, scene, page }: { readonly title: string; readonly scene: Scene; readonly page: number }) {
  const xen = scene.machine.platform.id === 'xen'
  const props = {
    scene,
    chosen: 'write',
    predicate: scene.machine.kernel.hint,
    word: wordAsked(scene, 0, page).lo,
    travel: 0,
  } as const
  const height = (xen ? 10 : 9) * 33 + 28
  return (
    <section aria-label={title} className="border-b border-rule p-4">
      <h2 className="text-label text-ink-3">{title}</h2>
      <div className="flex flex-wrap gap-8">
        <div className="relative" style={{ width: 900, height: 660 }}>
          <FaultPath {...props} geometry={layOut(900, 660, 14)} />
        </div>
        <div className="relative" style={{ width: 480, height: 560 }}>
          <ShortPath
            {...props}
            geometry={layOutShort({ width: 480, height: 560, spine: 150, back: 'right', xen, size: 84, head: 112 })}
          />
        </div>
        <div className="relative" style={{ width: 358, height }}>
          <ShortPath
            {...props}
            geometry={layOutShort({ width: 358, height, xen, spine: 60, back: 'left', size: 48, head: 0 })}
          />
        </div>
      </div>
    </section>
  )
}
