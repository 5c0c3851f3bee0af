import { ACCESSES, type Access } from '../arch/error-code'
import { RIGHTS, type Rights } from '../kernel/protection'
import { KERNELS } from '../kernel/variants'
import { SCENARIOS } from '../machine/scenario'
import { scenarioOf, sceneOf } from '../store/derived'
import { RECORDINGS } from '../store/recorded'
import { useApp, useCommands, useRecordings } from '../store/use-app'
import type { NumaBalancing } from '../trace/replay'
import { childAlive } from '../trace/scene'
import { Button } from '../views/ui/button'
import { MenuSelect } from '../views/ui/menu-select'
import { RadioGroup } from '../views/ui/radio-group'
import { useState } from 'react'
import { AboutRecording } from './about-recording'

const MACHINES = [
  { value: 'bare', label: 'Bare metal' },
  { value: 'xen', label: 'Xen PV' },
] as const

/** A painted test is shown as one choice; which of the 16 it is, the switch shows. */
const YOURS = 'yours'
/** The painting that "Yours" begins with: what 3.20-rc0 asks. */
const FIRST_PAINTING = 'p10'

const KERNEL_OPTIONS = [
  ...KERNELS.map(({ id, name, derivedOnly }) => ({
    value: id,
    label: name,
    ...(derivedOnly ? { note: 'derived, never booted' } : {}),
  })),
  { value: YOURS, label: 'Yours', note: 'click the four squares' },
]

const NUMA_OPTIONS: readonly { value: NumaBalancing; label: string }[] = [
  { value: 'none', label: 'not built in' },
  { value: 'off', label: 'off' },
  { value: 'on', label: 'on' },
]

const ACCESS_LABELS: Record<Access, string> = { read: 'Read', write: 'Write', exec: 'Execute' }
const RIGHTS_LABELS: Record<Rights, string> = { none: 'none', read: 'read', 'read-write': 'read, write' }

/** What may come and go stands last in its line, so that nothing else moves. */
const LINE = 'flex flex-wrap items-center gap-x-5 gap-y-1.5'

/** The sentence at the top: on what the run runs, then what is done; one click a choice. */
export function WorldLine() {
  return (
    <section aria-label="The world" className="grid gap-y-1.5 border-b border-rule px-4 py-1.5 lg:px-10">
      <div className={LINE}>
        <ScenarioMenu />
        <AboutRecording />
        <Machine />
      </div>
      <div className={LINE}>
        <Actions />
      </div>
    </section>
  )
}

function ScenarioMenu() {
  const scenario = useApp((state) => scenarioOf(state).id)
  const commands = useCommands()
  const openRecording = useRecordings()
  const open = async (id: string) => {
    const recording = RECORDINGS.find((each) => each.id === id)
    if (!recording || (await openRecording(recording))) commands.openScenario(id)
  }
  const options = [...SCENARIOS, ...RECORDINGS].map(({ id, title }) => ({ value: id, label: title }))
  return <MenuSelect label="Scenario" options={options} value={scenario} onChange={(id) => void open(id)} />
}

function Machine() {
  const machine = useApp((state) => state.machine)
  const kernel = useApp((state) => state.kernel)
  const commands = useCommands()
  return (
    <>
      <RadioGroup label="Machine" options={MACHINES} value={machine} onChange={commands.setMachine} />
      <RadioGroup
        label="Kernel"
        options={KERNEL_OPTIONS}
        value={/^p\d/.test(kernel) ? YOURS : kernel}
        onChange={(id) => commands.setKernel(id === YOURS ? FIRST_PAINTING : id)}
      />
    </>
  )
}

function Actions() {
  const numa = useApp((state) => state.numa)
  const access = useApp((state) => state.access)
  const process = useApp((state) => state.process)
  const alive = useApp((state) => childAlive(sceneOf(state)))
  const commands = useCommands()
  return (
    <>
      <RadioGroup label="NUMA balancing" options={NUMA_OPTIONS} value={numa} onChange={commands.setNuma} />
      <RadioGroup
        label="Access"
        options={ACCESSES.map((value) => ({ value, label: ACCESS_LABELS[value] }))}
        value={access}
        onChange={commands.setAccess}
      />
      <Operations />
      {alive && (
        <div className="flex flex-wrap items-center gap-2">
          <RadioGroup
            label="Access by"
            options={[
              { value: '0', label: 'Parent' },
              { value: '1', label: 'Child' },
            ]}
            value={process === 0 ? '0' : '1'}
            onChange={(value) => commands.setProcess(value === '1' ? 1 : 0)}
          />
          <Button small onPress={() => commands.choose({ do: 'exit' })}>
            Child exits
          </Button>
        </div>
      )}
    </>
  )
}

function Operations() {
  const page = useApp((state) => state.page)
  const forced = useApp((state) => state.machine === 'xen' || state.numa !== 'on')
  const built = useApp((state) => state.numa !== 'none')
  const commands = useCommands()
  const [rights, setRights] = useState<Rights>('none')
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button small onPress={() => commands.choose({ do: 'fork' })}>
        Fork
      </Button>
      <Button small disabled={!built} onPress={() => commands.choose({ do: 'scan', page })}>
        {forced ? 'Scan (forced)' : 'Scan'}
      </Button>
      <Button small onPress={() => commands.choose({ do: 'mprotect', page, rights })}>
        mprotect
      </Button>
      <MenuSelect
        label="to"
        options={RIGHTS.map((value) => ({ value, label: RIGHTS_LABELS[value] }))}
        value={rights}
        onChange={setRights}
      />
      <Button small onPress={() => commands.choose({ do: 'reclaim', page })}>
        Swap out
      </Button>
    </div>
  )
}
