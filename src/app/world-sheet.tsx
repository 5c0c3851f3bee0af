import { useState, type MouseEvent } from 'react'
import { kernelById } from '../kernel/variants'
import { addressText } from '../arch/vaddr'
import { sceneOf } from '../store/derived'
import { useApp } from '../store/use-app'
import { Button } from '../views/ui/button'
import { Dialog } from '../views/ui/dialog'
import { AboutRecording } from './about-recording'
import { ToRecordedPanel } from './recorded-panel'
import { ScenarioMenu } from './scenario-menu'
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

/** The world on a small screen: one line that says it, and a sheet that changes it. */
export function WorldSheet() {
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  // What was done shows behind the sheet.
  const closeOnButton = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('button')) close()
  }
  return (
    <section aria-label="The world" className="world-summary">
      <WorldInWords />
      <Button small onPress={() => setOpen(true)}>
        Change
      </Button>
      <PageMenu />
      <Address />
      <AboutRecording />
      <ToRecordedPanel />
      <Dialog title="The world" open={open} onClose={close}>
        <div className="grid gap-3">
          <ScenarioMenu most="100%" />
          <MachineChoice as="radios" />
          <KernelChoice as="radios" />
          <NumaChoice as="radios" />
          <AccessChoice as="radios" />
          <div className="flex flex-wrap gap-3">
            <ToucherMenu />
            <ProcessMenu />
          </div>
        </div>
        {/* The buttons inside are what is pressed; this only hears of it. */}
        {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
        <div className="grid gap-3 border-t border-rule pt-3" onClick={closeOnButton}>
          <Operations />
          <SeldomOperations />
        </div>
      </Dialog>
    </section>
  )
}

function WorldInWords() {
  const kernel = useApp((state) => state.kernel)
  const access = useApp((state) => state.access)
  const platform = useApp(sceneOf).machine.platform.name
  const by = useApp((state) => state.process) === 1 ? ' by the child' : ''
  return <p className="font-semibold">{`${kernelById(kernel)?.name ?? kernel} on ${platform}, ${access}${by}`}</p>
}

function Address() {
  const scene = useApp(sceneOf)
  const page = useApp((state) => state.page)
  return <p className="font-mono text-label text-ink-2">{addressText(scene.machine.addresses[page]!)}</p>
}
