import { ACCESSES, type Access } from '../arch/error-code'
import { RIGHTS, type Rights } from '../kernel/protection'
import { KERNELS, v6_1_undone } from '../kernel/variants'
import { TOUCHERS, type Toucher } from '../machine/choice'
import { sceneOf } from '../store/derived'
import { FIRST_PAINTING } from '../store/quick-commands'
import { useApp, useCommands } from '../store/use-app'
import type { NumaBalancing } from '../trace/replay'
import { pageRows } from '../trace/page-row'
import { childAlive } from '../trace/scene'
import { pageTitle } from '../views/bit-grid/page-row'
import { Button } from '../views/ui/button'
import { MenuSelect } from '../views/ui/menu-select'
import { OneOf } from '../views/ui/one-of'
import { useState } from 'react'

/** The machines to choose from. */
export const MACHINES = [
  { value: 'bare', label: 'Bare metal' },
  { value: 'xen', label: 'Xen PV' },
] as const

/** A painted test is shown as one choice; which of the 16 it is, the switch shows. */
const YOURS = 'yours'
/** The option that stands for a kernel, and the kernel that an option stands for. */
export const kernelShown = (kernel: string): string => (/^p\d/.test(kernel) ? YOURS : kernel)
export const kernelChosen = (option: string): string => (option === YOURS ? FIRST_PAINTING : option)

/** The kernels to choose from. That of the recorded experiment stands among them only while it runs. */
export const kernelOptions = (kernel: string) => [
  ...[...KERNELS, ...(kernel === v6_1_undone.id ? [v6_1_undone] : [])].map(({ id, name, derivedOnly }) => ({
    value: id,
    label: name,
    ...(derivedOnly ? { note: 'derived, never booted' } : {}),
  })),
  { value: YOURS, label: 'Yours', note: 'click the four squares' },
]

/** What NUMA balancing can be. */
export const NUMA_OPTIONS: readonly { value: NumaBalancing; label: string }[] = [
  { value: 'none', label: 'not built in' },
  { value: 'off', label: 'off' },
  { value: 'on', label: 'on' },
]

const ACCESS_LABELS: Record<Access, string> = { read: 'Read', write: 'Write', exec: 'Execute' }
const ACCESS_OPTIONS = ACCESSES.map((value) => ({ value, label: ACCESS_LABELS[value] }))
const PROCESS_OPTIONS = [
  { value: '0', label: 'the parent' },
  { value: '1', label: 'the child' },
] as const
const ALONE = { value: '0', label: 'the process' } as const
const TOUCHER_LABELS: Record<Toucher, string> = {
  program: 'the program',
  second: 'its second thread',
  kernel: 'the kernel',
  pin: 'a pin',
}
const TOUCHER_OPTIONS = TOUCHERS.map((value) => ({ value, label: TOUCHER_LABELS[value] }))
const RIGHTS_LABELS: Record<Rights, string> = { none: 'none', read: 'read', 'read-write': 'read, write' }

interface ChoiceProps {
  /** All choices side by side, or one line that opens. */
  readonly as: 'radios' | 'menu'
}

export function MachineChoice({ as }: ChoiceProps) {
  const machine = useApp((state) => state.machine)
  const commands = useCommands()
  return <OneOf as={as} label="Machine" options={MACHINES} value={machine} onChange={commands.setMachine} />
}

export function KernelChoice({ as }: ChoiceProps) {
  const kernel = useApp((state) => state.kernel)
  const commands = useCommands()
  return (
    <OneOf
      as={as}
      label="Kernel"
      options={kernelOptions(kernel)}
      value={kernelShown(kernel)}
      onChange={(id) => commands.setKernel(kernelChosen(id))}
    />
  )
}

export function NumaChoice({ as }: ChoiceProps) {
  const numa = useApp((state) => state.numa)
  const commands = useCommands()
  return <OneOf as={as} label="NUMA balancing" options={NUMA_OPTIONS} value={numa} onChange={commands.setNuma} />
}

export function AccessChoice({ as }: ChoiceProps) {
  const access = useApp((state) => state.access)
  const commands = useCommands()
  return <OneOf as={as} label="Access" options={ACCESS_OPTIONS} value={access} onChange={commands.setAccess} />
}

/** Who touches the page: the program itself, or somebody on its behalf. */
export function ToucherMenu() {
  const by = useApp((state) => state.by)
  const commands = useCommands()
  return <MenuSelect label="by" options={TOUCHER_OPTIONS} value={by} onChange={commands.setBy} most="8.5rem" />
}

/** The page that the access goes to; a wide screen has the table for that. */
export function PageMenu({ most }: { readonly most?: string }) {
  const scene = useApp(sceneOf)
  const process = useApp((state) => state.process)
  const page = useApp((state) => state.page)
  const commands = useCommands()
  const options = pageRows(scene, process).map((row) => ({ value: String(row.page), label: pageTitle(row) }))
  return (
    <MenuSelect
      label="Page"
      options={options}
      value={String(page)}
      onChange={(value) => commands.select(Number(value))}
      {...(most === undefined ? {} : { most })}
    />
  )
}

/** In whose memory: there is a choice while a child lives, and the menu keeps its place when it does not. */
export function ProcessMenu() {
  const process = useApp((state) => state.process)
  const alive = useApp((state) => childAlive(sceneOf(state)))
  const commands = useCommands()
  return (
    <MenuSelect
      label="of"
      options={alive || process === 1 ? PROCESS_OPTIONS : [ALONE]}
      value={process === 0 ? '0' : '1'}
      onChange={(value) => commands.setProcess(value === '1' ? 1 : 0)}
    />
  )
}

/** What can be done besides an access. */
export function Operations() {
  const forced = useApp((state) => state.machine === 'xen' || state.numa !== 'on')
  const built = useApp((state) => state.numa !== 'none')
  const commands = useCommands()
  const [rights, setRights] = useState<Rights>('none')
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button small onPress={() => commands.choose({ do: 'fork' })}>
        Fork
      </Button>
      <Button small disabled={!built} onPress={commands.scan}>
        {forced ? 'Scan (forced)' : 'Scan'}
      </Button>
      <Button small onPress={() => commands.mprotect(rights)}>
        mprotect
      </Button>
      <MenuSelect
        label="to"
        options={RIGHTS.map((value) => ({ value, label: RIGHTS_LABELS[value] }))}
        value={rights}
        onChange={setRights}
      />
    </div>
  )
}

/** What is done seldom. */
export function SeldomOperations() {
  const alive = useApp((state) => childAlive(sceneOf(state)))
  const commands = useCommands()
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button small onPress={commands.reclaim}>
        Swap out
      </Button>
      <Button small onPress={commands.kill}>
        SIGKILL
      </Button>
      <Button small disabled={!alive} onPress={commands.exitChild}>
        Child exits
      </Button>
    </div>
  )
}
