import { GLOBAL, has, PRESENT } from '../arch/pte'
import { scenarioOf, sceneOf } from '../store/derived'
import { useApp } from '../store/use-app'
import { pageRow } from '../trace/page-row'
import { entryAt } from '../trace/scene'
import { pageTitle } from '../views/bit-grid/page-row'
import { noteOf } from './tape-panel'

/** For who hears the page: what it shows, how things stand, and what to try. Read where the reader wants; it announces nothing. */
export function SpokenSummary() {
  const scene = useApp(sceneOf)
  const { title, look } = useApp(scenarioOf)
  const process = useApp((state) => state.process)
  const page = useApp((state) => state.page)
  const { kernel, platform, pages } = scene.machine
  const entry = entryAt(scene, process, page)
  const length = scene.tape.ticks.length
  const present = has(entry, PRESENT)
  return (
    <section aria-label="Summary" className="sr-only">
      <p>
        {title}, on Linux {kernel.name}, {platform.name}. A page table of {pages.length} pages, the selected entry bit
        by bit, the path that its fault takes through the kernel, and the tape of all steps.
      </p>
      <p>
        Step {scene.cursor} of {length}. Selected: {pageTitle(pageRow(scene, process, page))}; PRESENT is{' '}
        {present ? 1 : 0}, bit 8 is {has(entry, GLOBAL) ? 1 : 0} and means {present ? 'GLOBAL' : 'PROTNONE'}.{' '}
        {noteOf(scene.outcome, scene.cursor < length)}
      </p>
      <p>{look} Step goes one step on and tells it in a sentence; Run goes to the end; Keys lists every key.</p>
    </section>
  )
}
