/** What is asked of every kernel on every machine. The order is that of the page. */
export const PROPERTIES = [
  { id: 'sound', name: 'sound', says: 'The test says yes only to entries that Linux marked.' },
  { id: 'complete', name: 'complete', says: 'Every entry that Linux marked gets a yes.' },
  { id: 'progress', name: 'progress', says: 'Every access that the mapping allows comes to an end, left by itself.' },
  { id: 'guard', name: 'guard', says: 'An access to a mapping that allows nothing always ends in SIGSEGV.' },
  {
    id: 'hints',
    name: 'hints are kept',
    says: 'No hint is lost and none is invented: the scanner marks what it should, its marks are in force, and only marked pages are handled as hinted.',
  },
  { id: 'frame', name: 'frame', says: 'No entry ever names a wrong frame, in memory or in a TLB.' },
  { id: 'isolation', name: 'isolation', says: "No write is seen through another process's private page." },
] as const

export type PropertyId = (typeof PROPERTIES)[number]['id']

/** What can be seen from outside, whatever the test is said to mean: a machine for which all of these hold runs well. */
export const BEHAVIOUR: readonly PropertyId[] = ['progress', 'guard', 'hints', 'frame', 'isolation']
/** What the test is said to mean. */
export const SPECIFICATION: readonly PropertyId[] = ['sound', 'complete']

/** How a property fails, in one sentence. */
export const FAILURES = {
  'yes to unmarked': 'The test says yes to an entry that nobody marked.',
  'no to marked': 'The test says no to an entry that Linux marked.',
  endless: 'The state comes back: left alone, this access never ends.',
  'wrong end': 'An access that the mapping allows ends in a signal or a BUG.',
  'no signal': 'An access to a mapping that allows nothing does not end in SIGSEGV.',
  'passed over': 'The scanner passes over a page that it should mark.',
  'not in force': 'The scanner is done, and a TLB still lets a CPU use a page that is marked.',
  'hint lost': 'A marked entry is handled as if it were not.',
  'hint invented': 'An entry that nobody marked is handled as a hint.',
  'wrong count': 'A frame is named by more or fewer entries than its struct page counts.',
  'no such frame': 'An entry names a frame that holds no page of a process.',
  'stale TLB': 'A TLB leads to a frame that the entry does not name any more.',
  'seen elsewhere': 'A write lands in a frame that a private page of the other process names too.',
  'worlds part': 'Here the two machines part.',
} as const
export type Failure = keyof typeof FAILURES
