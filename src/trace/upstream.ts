import { COMMITS, type Commit } from '../kernel/history'

const LINUX = 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git'
const XEN = 'https://xenbits.xen.org/gitweb/?p=xen.git'

/** The Xen whose rules are modelled. */
export const XEN_TAG = 'RELEASE-4.5.0'
/** The Linux whose names the rules use where they say no other. */
export const LINUX_TAG = 'v4.0'
/** Where the manual's volumes are to be had; no section of it has an address. */
export const MANUAL_LINK = 'https://www.intel.com/content/www/us/en/developer/articles/technical/intel-sdm.html'

const isXen = (file: string): boolean => file.startsWith('xen/')

/** A file of the public tree of Linux or Xen, at a tag or commit of Linux; files of Xen have a tag of their own. */
export function fileLink(file: string, at: string): string {
  if (isXen(file)) return `${XEN};a=blob;f=${file};hb=${XEN_TAG}`
  const key = /^[0-9a-f]{40}$/.test(at) ? 'id' : 'h'
  return `${LINUX}/tree/${file}?${key}=${at}`
}

/** 'Linux v4.0', 'Linux 8a0516ed8b90', 'Xen RELEASE-4.5.0'. */
export const treeText = (file: string, at: string): string =>
  isXen(file) ? `Xen ${XEN_TAG}` : `Linux ${/^[0-9a-f]{40}$/.test(at) ? at.slice(0, 12) : at}`

/** A commit in the public tree it belongs to. */
export const commitLink = ({ id, tree }: Commit): string =>
  tree === 'xen' ? `${XEN};a=commit;h=${id}` : `${LINUX}/commit/?id=${id}`

/** The commit with this id; every id that the app shows is among those of kernel/history.ts. */
export function commitById(id: string): Commit {
  const found = COMMITS.find((commit) => commit.id === id)
  if (!found) throw new Error(`No commit ${id} in kernel/history.ts`)
  return found
}
