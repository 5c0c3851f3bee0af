import { useState, type ReactNode } from 'react'
import { allSteps, type Step } from '../arch/step'
import type { KernelCx } from '../kernel/context'
import { sceneOf } from '../store/derived'
import { useApp } from '../store/use-app'
import type { Scene } from '../trace/scene'
import type { Subject } from '../trace/source-sheet'
import type { Station } from '../views/fault-path/stations'
import { SourceOf } from './source-button'

/** What a path needs to open the source of a station: whom to ask, and the dialog to show. */
export function useStationSource(): {
  readonly onSource: (station: Station, name: string) => void
  readonly dialog: ReactNode
} {
  const scene = useApp(sceneOf)
  const [asked, setAsked] = useState<Subject | null>(null)
  const onSource = (station: Station, title: string) =>
    setAsked({ of: 'place', title, steps: stepsHere(station, scene) })
  const dialog = asked && <SourceOf subject={asked} kernel={scene.machine.kernel} onClose={() => setAsked(null)} />
  return { onSource, dialog }
}

/** The steps of a station, those of the machine below alone where Linux and Xen share it. */
function stepsHere({ steps }: Station, scene: Scene): readonly Step<KernelCx>[] {
  const here = allSteps<KernelCx>().filter(({ name }) => steps.includes(name))
  const ofXen = here.filter(({ lane }) => lane === 'xen')
  const isShared = ofXen.length > 0 && ofXen.length < here.length
  return isShared ? here.filter(({ lane }) => (lane === 'xen') === (scene.machine.platform.id === 'xen')) : here
}
