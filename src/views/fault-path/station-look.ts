import type { Scene } from '../../trace/scene'
import type { Shape, Station, StationId } from './stations'

/** Xen's stations are there only where Xen is. */
export const isOnThisMachine = (id: StationId, { machine }: Scene): boolean =>
  machine.platform.id === 'xen' || !(id === 'bounce' || id === 'ask' || id === 'adjust')

/** The shape of a station on this machine: a store is Xen's doing only where Xen is. */
export function shapeOn(station: Station, { machine }: Scene): Shape {
  if (station.shape !== 'xen' && station.id !== 'store') return station.shape
  return machine.platform.id === 'xen' ? 'xen' : 'linux'
}
