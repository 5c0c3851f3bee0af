import { bisectCommit, v3_14, v3_19, v3_20_rc0, v3_7, v4_0, v4_19, v6_1, v6_13, type Kernel } from '../kernel/variants'

/**
 * How much is known of what a reader does on a fault. `read`: its source was. `derived`: reasoned from source of another
 * release. `between`: none of its own was read; the kernels on both sides of it are asked. `nearest`: the one before it is.
 */
export type PathKnowledge = 'read' | 'derived' | 'between' | 'nearest'

/** A stretch of Linux releases that read an entry alike. */
export interface LinuxReader {
  /** Stable, for links and the command line. */
  readonly id: string
  readonly title: string
  /** Its words: what it asks of an entry. */
  readonly kernel: Kernel
  /** The kernels whose steps say what a fault comes to. */
  readonly paths: readonly Kernel[]
  readonly pathsAre: PathKnowledge
  /** Is it known where a swap entry keeps what it says? `partly`: for the first of these releases. */
  readonly swapKnown: 'yes' | 'partly' | 'no'
  /** Are the types of swap entry that stand for a page on the move known? */
  readonly migrationKnown: boolean
  /** What a reader has to know of these releases. Empty where there is nothing. */
  readonly note: string
  /** First release, as major and minor. */
  readonly from: readonly [number, number]
}

/** What is known of releases after the first of a stretch that were mended in 2018. */
const STABLE_2018 =
  'Stable releases from August 2018 on hold frames without PRESENT inverted as 4.19 does: recalled, not looked up.'

/** Every Linux, in the order of time. */
export const LINUX_READERS: readonly LinuxReader[] = [
  {
    id: '3.7',
    title: 'Linux 2.6.x to 3.7',
    kernel: v3_7,
    paths: [v3_7],
    pathsAre: 'derived',
    swapKnown: 'no',
    migrationKnown: false,
    note: 'No source before 3.19 was read. The layout of swap entries is not known here, nor where the first 2.6 kernels had PROTNONE.',
    from: [2, 6],
  },
  {
    id: '3.14',
    title: 'Linux 3.8 to 3.15',
    kernel: v3_14,
    paths: [v3_14],
    pathsAre: 'derived',
    swapKnown: 'partly',
    migrationKnown: false,
    note: 'Derived from later sources, never booted by anyone known here.',
    from: [3, 8],
  },
  {
    id: '3.19',
    title: 'Linux 3.16 to 3.19',
    kernel: v3_19,
    paths: [v3_19],
    pathsAre: 'read',
    swapKnown: 'yes',
    migrationKnown: true,
    note: '',
    from: [3, 16],
  },
  {
    id: '8a05',
    title: '8a0516ed',
    kernel: bisectCommit,
    paths: [bisectCommit],
    pathsAre: 'derived',
    swapKnown: 'yes',
    migrationKnown: true,
    note: 'The commit that bisection names. Derived from source, never booted by anyone known here.',
    from: [3, 20],
  },
  {
    id: 'rc0',
    title: 'Linux 3.20-rc0',
    kernel: v3_20_rc0,
    paths: [v3_20_rc0],
    pathsAre: 'read',
    swapKnown: 'yes',
    migrationKnown: true,
    note: '',
    from: [3, 20],
  },
  {
    id: '4.0',
    title: 'Linux 4.0 to 4.18',
    kernel: v4_0,
    paths: [v4_0],
    pathsAre: 'read',
    swapKnown: 'partly',
    migrationKnown: true,
    note: `Read up to 4.2. From 4.8 on swap entries keep their fields elsewhere, and where is not known here. ${STABLE_2018}`,
    from: [4, 0],
  },
  {
    id: '4.19',
    title: 'Linux 4.19 to 6.0',
    kernel: v4_19,
    paths: [v4_19, v6_1],
    pathsAre: 'between',
    swapKnown: 'partly',
    migrationKnown: false,
    note: 'No source between 4.2 and 6.1 was read: words as in 6.1, and a fault is told where 4.0 and 6.1 agree.',
    from: [4, 19],
  },
  {
    id: '6.1',
    title: 'Linux 6.1 to 6.5',
    kernel: v6_1,
    paths: [v6_1],
    pathsAre: 'read',
    swapKnown: 'yes',
    migrationKnown: true,
    note: '',
    from: [6, 1],
  },
  {
    id: '6.13',
    title: 'Linux 6.6 and later',
    kernel: v6_13,
    paths: [v6_1],
    pathsAre: 'nearest',
    swapKnown: 'yes',
    migrationKnown: false,
    note: 'Tests and changes of words as 6.13 computes them. Its fault path was not read: 6.1’s is told.',
    from: [6, 6],
  },
]

/** The reader with this id; undefined for an unknown one. */
export const linuxReader = (id: string): LinuxReader | undefined => LINUX_READERS.find((reader) => reader.id === id)

/** A release that a text names: `6.1.0-56-amd64`, `4.0.0-rc1`. Not more than two digits a part, as releases have. */
const RELEASE = /^v?(\d)\.(\d{1,2})(?:\.\d{1,3})?(?![\d.])/

/** Which reader a release is read by; undefined for a text that names none, or one before 2.6. */
export function readerOfRelease(text: string): LinuxReader | undefined {
  const [, major, minor] = RELEASE.exec(text) ?? []
  if (major === undefined) return undefined
  const release = Number(major) * 100 + Number(minor)
  if (release === 320) return linuxReader('rc0')
  return LINUX_READERS.findLast(({ from, id }) => id !== '8a05' && id !== 'rc0' && from[0] * 100 + from[1] <= release)
}
