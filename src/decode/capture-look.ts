import { GLOBAL, PRESENT } from '../arch/pte'
import { kindAt, type Capture } from './capture'
import { isLeafAt } from './captured-entries'
import { grouped } from './refusal'

/** One sentence about a reader's own recording: how many pages are present and how many of them have bit 8. */
export function captureLook(capture: Capture): string {
  const { present, marked, hinted } = countLeaves(capture)
  if (present + hinted === 0) return 'A recording of your own. No page of it is present.'
  const share = marked === 0 ? 'none' : marked === present ? 'all' : grouped(marked)
  const bit8 = present === 0 ? '' : ` ${pagesAre(present)} present, ${share} of them with bit 8.`
  const hints = hinted === 0 ? '' : ` ${pagesAre(hinted)} hinted: bit 8 without PRESENT.`
  return `A recording of your own.${bit8}${hints}`
}

const pagesAre = (count: number): string => (count === 1 ? '1 page is' : `${grouped(count)} pages are`)

function countLeaves(capture: Capture) {
  const { entries } = capture
  const counts = { present: 0, marked: 0, hinted: 0 }
  for (let i = 0; i < entries.count; i++) {
    if (!isLeafAt(entries, i)) continue
    const lo = entries.lo[i]!
    if (lo & PRESENT) {
      counts.present++
      if (lo & GLOBAL) counts.marked++
    } else if (lo & GLOBAL && kindAt(capture, i) === 'numa-hint') counts.hinted++
  }
  return counts
}
