import { bareMetal } from '../kernel/bare-metal'
import type { Platform } from '../kernel/context'
import { kernelById } from '../kernel/variants'
import { scenarioById } from '../machine/scenario'
import { differenceAt } from '../trace/difference'
import { columnsDone, lockstep } from '../trace/lockstep'
import { frameTextOf, pageRow } from '../trace/page-row'
import { replay, type Playback } from '../trace/replay'
import { entryAt, sceneAt, wordAsked, type Scene } from '../trace/scene'
import { DifferencePanel } from '../views/compare/difference-panel'
import { WordInRows } from '../views/compare/word-in-rows'
import type { WordOfWorld } from '../views/compare/word-of-world'
import { WordPair } from '../views/compare/word-pair'
import { WorldGrid } from '../views/compare/world-grid'
import { layOut } from '../views/fault-path/geometry'
import { PairPath } from '../views/fault-path/pair-path'
import { TapePair } from '../views/timeline/tape-pair'
import { xenPv } from '../xen/pv'

interface Specimen {
  readonly title: string
  readonly scenario: string
  readonly a: readonly [kernel: string, platform: Platform]
  readonly b: readonly [kernel: string, platform: Platform]
  /** Where the playhead stands. */
  readonly at: 'start' | 'first' | 'parting' | 'end'
}

const SPECIMENS: readonly Specimen[] = [
  { title: 'Before the access', scenario: 'cow', a: ['rc0', xenPv], b: ['rc1', xenPv], at: 'start' },
  { title: 'The worlds part', scenario: 'cow', a: ['rc0', xenPv], b: ['rc1', xenPv], at: 'first' },
  { title: 'One is endless', scenario: 'cow', a: ['rc0', xenPv], b: ['rc1', xenPv], at: 'end' },
  { title: 'Two machines: another word', scenario: 'cow', a: ['rc0', bareMetal], b: ['rc0', xenPv], at: 'first' },
  { title: 'Two machines: the ways part', scenario: 'cow', a: ['rc0', bareMetal], b: ['rc0', xenPv], at: 'parting' },
  { title: 'Both take the hint', scenario: 'hint', a: ['4.0', bareMetal], b: ['rc0', bareMetal], at: 'end' },
  { title: 'Nothing differs', scenario: 'guard', a: ['rc0', xenPv], b: ['6.1', bareMetal], at: 'end' },
]

function played(id: string, [kernel, platform]: Specimen['a']): Playback {
  const scenario = scenarioById(id)!
  const access = { do: 'access', process: 0, page: scenario.page, access: 'write' } as const
  return replay(scenario, { kernel: kernelById(kernel)!, platform, numa: 'on' }, [...scenario.opening, access])
}

function wordOf(scene: Scene, page: number): WordOfWorld {
  const entry = entryAt(scene, 0, page)
  const title = `${scene.machine.kernel.name}, ${scene.machine.platform.name}`
  return { title, entry, ...frameTextOf(scene, entry), byXen: pageRow(scene, 0, page).xenBits }
}

/** Two worlds side by side in their telling states. */
export const CompareSpecimens = () =>
  SPECIMENS.map((specimen) => <CompareSpecimen key={specimen.title} {...specimen} />)

const stay = () => {}

function CompareSpecimen({ title, scenario, a, b, at }: Specimen) {
  const [playedA, playedB] = [played(scenario, a), played(scenario, b)]
  const both = lockstep(playedA, playedB)
  const { page, opening } = scenarioById(scenario)!
  const began = playedA.tape.begins[opening.length] ?? 0
  const column = both[at === 'parting' ? 'parting' : 'first']
  const done =
    at === 'start' ? columnsDone(both, began, 0) : at === 'end' || column === null ? both.columns.length : column + 1
  const now = [sceneAt(playedA, both.ticks[done]!.a), sceneAt(playedB, both.ticks[done]!.b)] as const
  const [wordA, wordB] = [wordOf(now[0], page), wordOf(now[1], page)]
  const world = (index: 0 | 1) => ({
    now: now[index],
    end: sceneAt(index === 0 ? playedA : playedB, Infinity),
    predicate: now[index].machine.kernel.hint,
    word: wordAsked(now[index], 0, page).lo,
  })
  return (
    <section aria-label={title} className="grid gap-4 border-b border-rule p-4">
      <h2 className="text-body font-semibold">{title}</h2>
      <WordPair a={wordA} b={wordB} caption={title} animate={false} />
      {column !== null && <Difference {...{ both, column, playedA, playedB }} />}
      <div className="relative" style={{ width: 620, height: 560 }}>
        <PairPath
          a={world(0)}
          b={world(1)}
          geometry={layOut(620, 560, 14, 'two')}
          chosen="write"
          done={done}
          travel={0}
          summary={title}
        />
      </div>
      <TapePair both={both} done={done} a={now[0]} b={now[1]} page={page} onSeek={stay} endings={{ a: 'A', b: 'B' }} />
      <div style={{ width: 358 }}>
        <WordInRows word={wordA} other={wordB} animate={false} />
      </div>
      <WorldGrid
        rows={now.map(({ machine, outcome }, index) => ({
          kernel: machine.kernel.name,
          worlds: [{ id: String(index), machine: machine.platform.name, outcome }],
        }))}
        a="0"
        b="1"
        onPick={stay}
      />
    </section>
  )
}

interface DifferenceProps {
  readonly both: ReturnType<typeof lockstep>
  readonly column: number
  readonly playedA: Playback
  readonly playedB: Playback
}

function Difference({ both, column, playedA, playedB }: DifferenceProps) {
  const { a, b } = both.ticks[column + 1]!
  const difference = differenceAt(both, column, sceneAt(playedA, a), sceneAt(playedB, b))
  return <DifferencePanel difference={difference} onGo={stay} />
}
