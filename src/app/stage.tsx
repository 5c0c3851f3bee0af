import { lazy, Suspense } from 'react'
import { useStageMeasure } from '../views/lab/stage-measure'
import { useKeptFocus } from './kept-focus'
import { useLayout } from './layout'
import { PageTables } from './page-tables'
import { PhoneStage } from './phone-lab'
import { useReply } from './reply'
import { Said } from './said'

// The picture is fetched beside the rest: it is drawn once the stage has been measured.
const WidePath = lazy(() => import('./wide-path'))
const MiddlePath = lazy(() => import('./middle-path'))

/** The middle of the Lab: one world, as the window has room for it. */
export function Stage() {
  if (useLayout() !== 'phone') return <BesideStage />
  return (
    <Suspense fallback={null}>
      <PhoneStage />
    </Suspense>
  )
}

/** Table, word and sentence on the left, the path of the fault on the right, wires between. */
function BesideStage() {
  const { stage, measure } = useStageMeasure()
  const wide = useLayout() === 'wide'
  useKeptFocus('.page-row-selected .page-name button')
  const [reply, setReply] = useReply()
  return (
    <div ref={stage} className="lab-stage relative min-h-0" data-picture="The whole stage">
      <div className={`lab-left bit-columns${wide ? '' : ' bit-columns-small'}`} data-picture="The page table">
        <PageTables reply={reply} onReply={setReply} />
      </div>
      <Suspense fallback={null}>
        {measure && (wide ? <WidePath measure={measure} /> : <MiddlePath measure={measure} />)}
      </Suspense>
      <div className="lab-said">
        <Said reply={reply} />
      </div>
    </div>
  )
}
