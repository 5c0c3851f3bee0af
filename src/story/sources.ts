import { fileLink } from '../trace/upstream'
import type { SourceRef } from './beat'

/** Sources that more than one sentence names. */
export const rule = (id: string): SourceRef => ({ rule: id })
export const commit = (id: string): SourceRef => ({ commit: id })
export const link = (title: string, href: string): SourceRef => ({ title, href })
/** A file of Linux's or Xen's public tree, at a tag of Linux. */
export const file = (path: string, at: string): SourceRef => link(`${path}, ${at}`, fileLink(path, at))

/** The report, the answer and the acknowledgement. */
export const THREAD = link(
  'linux-kernel, 19 February 2015: the thread of the report',
  'https://lore.kernel.org/lkml/?q=NUMA_BALANCING+and+Xen+PV+guest+regression+in+3.20-rc0',
)
export const FIX = commit('e3a1f6cac1fe')
/** What was recorded, and how to record it again. */
export const RECORDED = link('The recorded runs of 2015, in the Lab', '#/lab?v=1&s=run-init')
/** Where the proof is computed. */
export const PROOF = link('The Proof: computed in this page', '#/proof')
