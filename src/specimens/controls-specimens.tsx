import { Button } from '../views/ui/button'
import { Disclosure } from '../views/ui/disclosure'
import { KeyCap } from '../views/ui/key-cap'
import { Marked } from '../views/ui/marked'
import { MenuSelect } from '../views/ui/menu-select'
import { RadioSpecimen } from './timeline-specimens'

const nothing = () => {}
const MENU = [
  { value: 'one', label: 'One', group: 'First' },
  { value: 'two', label: 'A name that is far too long for its menu', group: 'Second' },
] as const

/** The small controls that all panels share. */
export function ControlsSpecimens() {
  return (
    <>
      <section aria-label="Buttons" className="flex flex-wrap items-center gap-3 p-4">
        <h2 className="w-full text-label text-ink-3">Buttons</h2>
        <Button onPress={nothing} primary>
          Step
        </Button>
        <Button onPress={nothing}>Run</Button>
        <Button onPress={nothing} disabled>
          Back
        </Button>
        <Button onPress={nothing} small>
          Fork
        </Button>
        <Button onPress={nothing} small disabled>
          Child exits
        </Button>
      </section>
      <section aria-label="Choices" className="flex flex-wrap items-center gap-3 p-4">
        <h2 className="w-full text-label text-ink-3">Choices</h2>
        <RadioSpecimen />
        <MenuSelect label="Menu" options={MENU} value="one" onChange={nothing} />
        <MenuSelect label="Cut short" options={MENU} value="two" onChange={nothing} most="9rem" />
        <Disclosure label="More">
          <p>What a disclosure holds.</p>
        </Disclosure>
      </section>
      <section aria-label="Keys and marks" className="flex flex-wrap items-center gap-3 p-4">
        <h2 className="w-full text-label text-ink-3">Keys and marks</h2>
        {['ArrowLeft', 'ArrowRight', 'Space', 'Ctrl Z', 'D'].map((name) => (
          <KeyCap key={name} name={name} />
        ))}
        <p>
          <Marked text="`flags & PROTNONE` is asked **without** `PRESENT`." />
        </p>
      </section>
    </>
  )
}
