import type { Step } from '../arch/step'
import type { KernelCx } from './context'
import { clearRef } from './clear-refs'
import { mapAround } from './file'
import { copyEntry } from './fork'
import { mapClean, mapOld } from './madvise'
import { protectionDone } from './mprotect'
import { countHint, mapMoved } from './numa'
import { operationDone, returnFromFault } from './return'
import { scanEntry } from './scanner'
import { reclaim, reclaimed, swappedInForWrite } from './swap'
import { mapCopy } from './write-protect'
import { mapProtected } from './writeback'
import { zapped } from './zap'

/** Every step that some rule names as the one after a store. */
export const AFTER_STORE: readonly Step<KernelCx>[] = [
  returnFromFault,
  countHint,
  mapMoved,
  mapCopy,
  mapAround,
  scanEntry,
  copyEntry,
  protectionDone,
  reclaimed,
  swappedInForWrite,
  zapped,
  mapClean,
  mapOld,
  reclaim,
  clearRef,
  mapProtected,
  operationDone,
]
