import type { MachineId } from '../machine/platforms'

const NAMES: Readonly<Record<MachineId, string>> = { bare: 'bare metal', xen: 'Xen PV' }
const ON: Readonly<Record<MachineId, string>> = { bare: 'on bare metal', xen: 'under Xen PV' }

/** A machine by its name; null: it is not known. */
export const machineName = (machine: MachineId | null): string => (machine ? NAMES[machine] : 'not known')

/** Where something happens. */
export const onMachine = (machine: MachineId | null): string => (machine ? ON[machine] : 'machine not known')

/** A word at the beginning of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
