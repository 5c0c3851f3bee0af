import { useApp, useCommands } from '../store/use-app'
import type { World } from '../trace/link'
import { Button } from '../views/ui/button'
import { Disclosure } from '../views/ui/disclosure'
import { LetterPlate } from '../views/ui/letter-plate'
import { MenuSelect } from '../views/ui/menu-select'
import { RadioGroup } from '../views/ui/radio-group'
import { AboutRecording } from './about-recording'
import { useRoomForChoices } from './layout'
import { ScenarioMenu } from './scenario-menu'
import {
  AccessChoice,
  kernelChosen,
  kernelOptions,
  kernelShown,
  MACHINES,
  NUMA_OPTIONS,
  Operations,
  PageMenu,
  ProcessMenu,
  SeldomOperations,
  ToucherMenu,
} from './world-controls'

const LINE = 'flex flex-wrap items-center gap-x-5 gap-y-1.5 max-[1279px]:gap-x-3'

/** The two worlds, then what is done in both. */
export function CompareLine() {
  const commands = useCommands()
  const roomy = useRoomForChoices()
  return (
    <section aria-label="The worlds" className="grid gap-y-1.5 border-b border-rule px-4 py-1.5 min-[1440px]:px-10">
      <div className={LINE}>
        <WorldChoice letter="A" />
        <WorldChoice letter="B" />
      </div>
      <div className={LINE}>
        <span className="text-label text-ink-2">In both</span>
        <ScenarioMenu most="13rem" />
        <AccessChoice as={roomy ? 'radios' : 'menu'} />
        <PageMenu most="13rem" />
        <Disclosure label="More" at="end">
          <div className="grid gap-3">
            <div className="flex flex-wrap gap-3">
              <ToucherMenu />
              <ProcessMenu />
            </div>
            <Operations />
            <SeldomOperations />
          </div>
        </Disclosure>
        <AboutRecording />
        <span className="ml-auto">
          <Button small onPress={() => commands.show('one')}>
            One world again
          </Button>
        </span>
      </div>
    </section>
  )
}

/** Machine, kernel and NUMA balancing of one of the two. */
export function WorldChoice({ letter }: { readonly letter: 'A' | 'B' }) {
  const place = letter === 'A' ? 'a' : 'b'
  const { machine, kernel, numa } = useApp((state): World => (place === 'a' ? state : state.other))
  const { setWorld } = useCommands()
  return (
    <div role="group" aria-label={`World ${letter}`} className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <LetterPlate letter={letter} />
      <RadioGroup
        label="Machine"
        hidesLabel
        options={MACHINES}
        value={machine}
        onChange={(value) => setWorld(place, { machine: value })}
      />
      <MenuSelect
        label="Kernel"
        options={kernelOptions(kernel)}
        value={kernelShown(kernel)}
        onChange={(value) => setWorld(place, { kernel: kernelChosen(value) })}
      />
      <MenuSelect
        label="NUMA"
        options={NUMA_OPTIONS}
        value={numa}
        onChange={(value) => setWorld(place, { numa: value })}
      />
    </div>
  )
}
