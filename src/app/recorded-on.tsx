import { kernelById } from '../kernel/variants'
import { useApp, useCommands } from '../store/use-app'
import { RadioGroup } from '../views/ui/radio-group'
import type { MachineId } from '../machine/platforms'

const ON: Record<MachineId, string> = { xen: 'Xen PV', bare: 'bare metal' }

interface Props {
  readonly kernels: readonly string[]
  readonly machine: MachineId
}

/** On what this was recorded; choosing one runs the model on it. */
export function RecordedOn({ kernels, machine }: Props) {
  const kernel = useApp((state) => state.kernel)
  const on = useApp((state) => state.machine)
  const commands = useCommands()
  const elsewhere = on !== machine || !kernels.includes(kernel)
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-note">
      <RadioGroup
        label="Recorded on"
        options={kernels.map((id) => ({ value: id, label: `${nameOf(id)}, ${ON[machine]}` }))}
        value={elsewhere ? '' : kernel}
        onChange={(id) => commands.runOn(machine, id)}
      />
      {elsewhere && <p className="text-ink-2">{`The model runs on ${nameOf(kernel)}, ${ON[on]}.`}</p>}
    </div>
  )
}

const nameOf = (id: string): string => kernelById(id)?.name ?? id
