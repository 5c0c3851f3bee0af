import { useEffect, useRef } from 'react'
import { ENTRY_FIELDS } from '../arch/entry-fields'
import { sceneOf } from '../store/derived'
import { useApp, useCommands } from '../store/use-app'
import type { Placed } from '../trace/bit-readers'
import type { Scene } from '../trace/scene'
import { placeText, whyBit } from '../trace/why'
import { Button } from '../views/ui/button'
import { MenuSelect } from '../views/ui/menu-select'
import { SourceButton } from './source-button'
import { StepSource } from './step-source'

const BITS = ENTRY_FIELDS.map(({ bit, name }) => ({ value: String(bit), label: `${bit} ${bit === 8 ? 'G|PN' : name}` }))

interface WhyProps {
  readonly bit: number
  /** The answer is there: whoever asked may hand it the focus. */
  readonly onShown: (section: HTMLElement) => void
  readonly onClose: () => void
}

/** Who wrote the bit, when and where, who asked it last or asks it now, and who asks it next. */
export function Why({ bit, onShown, onClose }: WhyProps) {
  const scene = useApp(sceneOf)
  const process = useApp((state) => state.process)
  const page = useApp((state) => state.page)
  const commands = useCommands()
  const { text, readers, notAsked, tick, step } = whyBit(scene, process, page, bit)
  const section = useRef<HTMLElement>(null)
  const followed = useRef<HTMLElement>(null)
  useEffect(() => {
    if (section.current) onShown(section.current)
  }, [onShown])
  // A button that is gone once it was followed leaves the focus to the panel's first field.
  useEffect(() => {
    if (followed.current?.isConnected === false) section.current?.querySelector('select')?.focus()
    followed.current = null
  }, [scene])
  const follow = (cursor: number, from: HTMLElement) => {
    followed.current = from
    commands.seek(cursor)
  }
  const at = (placed: Placed) => <Place placed={placed} scene={scene} onFollow={follow} />
  const options = BITS.some(({ value }) => value === String(bit))
    ? BITS
    : [...BITS, { value: String(bit), label: `${bit}` }]
  return (
    <section
      ref={section}
      aria-label={`Why is bit ${bit} as it is`}
      className="lab-why border-l-4 border-ink bg-bg-2 px-3 py-1.5"
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <div className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
        <MenuSelect
          label="Why bit"
          options={options}
          value={String(bit)}
          onChange={(value) => commands.explain(Number(value))}
          most="5.5rem"
        />
        {tick !== null && tick >= 0 && (
          <Button small onPress={() => commands.seek(tick + 1)}>
            {`To step ${tick + 1}`}
          </Button>
        )}
        <Button small onPress={onClose}>
          Close
        </Button>
        <span className="text-note">
          <SourceButton subject={{ of: 'bit', bit }} kernel={scene.machine.kernel}>
            source
          </SourceButton>
        </span>
      </div>
      <p className="text-label">{text}</p>
      {step && <StepSource step={step} kernel={scene.machine.kernel} />}
      <p className="text-note text-ink-2">
        {readers.now ? (
          <>Read now by {at(readers.now)}. </>
        ) : readers.last ? (
          <>Last read by {at(readers.last)}. </>
        ) : (
          'Nobody has read it yet. '
        )}
        {readers.next ? <>Read next by {at(readers.next)}. </> : 'Read next by nobody on this tape. '}
        {notAsked}
      </p>
    </section>
  )
}

interface PlaceProps {
  readonly placed: Placed
  readonly scene: Scene
  readonly onFollow: (cursor: number, from: HTMLElement) => void
}

/** A step on the tape: pressed, the tape goes there; its rule opens its source. */
function Place({ placed, scene, onFollow }: PlaceProps) {
  const { step } = placed.tick
  const { kernel } = scene.machine
  const text = placeText(scene, placed)
  return (
    <>
      {placed.at < 0 ? (
        text
      ) : (
        <button
          type="button"
          className="cursor-pointer text-left text-ink underline pointer-coarse:min-h-11"
          onClick={(event) => onFollow(placed.at + 1, event.currentTarget)}
        >
          {text}
        </button>
      )}
      {step.rule !== null && (
        <>
          {' '}
          (
          <SourceButton subject={{ of: 'step', step }} kernel={kernel}>
            rule {step.rule}
          </SourceButton>
          )
        </>
      )}
    </>
  )
}
