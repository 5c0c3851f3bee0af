import { trustedScript } from './trusted-script'

/** A worker with this script; null where none starts: a page opened from a disk, an old browser. */
export function startWorker(address: string): Worker | null {
  try {
    return new Worker(trustedScript(address), { type: 'module' })
  } catch {
    return null
  }
}

/** Let the page draw and answer first. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
