import { Disclosure } from '../views/ui/disclosure'
import { AboutRecording } from './about-recording'
import { ToRecordedPanel } from './recorded-panel'
import { ScenarioMenu } from './scenario-menu'
import { useLayout, useRoomForChoices, useTouch } from './layout'
import { useMedia } from './media'
import {
  AccessChoice,
  KernelChoice,
  MachineChoice,
  NumaChoice,
  Operations,
  PageMenu,
  ProcessMenu,
  SeldomOperations,
  ToucherMenu,
} from './world-controls'

const LINE = 'flex flex-wrap items-center gap-x-5 gap-y-1.5 max-[1279px]:gap-x-3'

/** The sentence at the top: on what the run runs, then what is done; one click a choice, a menu where room is short. */
export function WorldLine() {
  const roomy = useRoomForChoices()
  const middle = useLayout() === 'middle'
  const touch = useTouch()
  const wide = useMedia('(min-width: 1760px)')
  const settings = roomy ? 'radios' : 'menu'
  return (
    <section aria-label="The world" className="grid gap-y-1.5 border-b border-rule px-4 py-1.5 min-[1440px]:px-10">
      <div className={LINE}>
        <ScenarioMenu most={middle ? '10rem' : '13rem'} />
        <MachineChoice as="radios" />
        <KernelChoice as={settings} />
        <NumaChoice as={settings} />
        {!roomy && <AboutRecording />}
      </div>
      <div className={LINE}>
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
          <AccessChoice as={middle ? 'menu' : 'radios'} />
          <ToucherMenu />
          <ProcessMenu />
        </div>
        {touch && <PageMenu />}
        <Operations />
        {roomy ? (
          <SeldomOperations />
        ) : (
          <Disclosure label="More" at="end">
            <SeldomOperations />
          </Disclosure>
        )}
        {roomy && <AboutRecording />}
        {wide && <ToRecordedPanel />}
      </div>
    </section>
  )
}
