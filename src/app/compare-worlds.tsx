import { useApp, useCommands } from '../store/use-app'
import { worldRowsOf } from '../store/worlds'
import type { World } from '../trace/link'
import { WorldGrid } from '../views/compare/world-grid'

const idOf = ({ machine, kernel }: World): string => `${machine} ${kernel}`

const MACHINE_NAMES = { bare: 'Bare metal', xen: 'Xen PV' } as const

/** Every kernel on every machine: how the run ends there. */
export function CompareWorlds() {
  const rows = useApp(worldRowsOf)
  const numa = useApp((state) => state.numa)
  const a = useApp((state) => idOf(state))
  const b = useApp((state) => (state.other.numa === state.numa ? idOf(state.other) : null))
  const commands = useCommands()
  const worlds = rows.flatMap((row) => row.worlds.map(({ world }) => world))
  return (
    <WorldGrid
      rows={rows.map(({ kernel, worlds: ofKernel }) => ({
        kernel: kernel.name,
        worlds: ofKernel.map(({ world, outcome }) => ({
          id: idOf(world),
          machine: MACHINE_NAMES[world.machine],
          outcome,
        })),
      }))}
      a={a}
      b={b}
      onPick={(place, id) => {
        const world = worlds.find((each) => idOf(each) === id)
        if (world) commands.setWorld(place, { ...world, numa })
      }}
    />
  )
}
