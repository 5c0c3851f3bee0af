import { useEffect, useId, useRef, useState } from 'react'
import { fromHex } from '../arch/pte'
import { addressText } from '../arch/vaddr'
import { isPart, type CaptureScenario } from '../decode/capture-scenario'
import { grouped } from '../decode/refusal'
import { goToAddress, goToEntry } from '../store/own-captures'
import { useApp, useCommands } from '../store/use-app'
import { Button } from '../views/ui/button'

/** Which part of a large recording the machine holds, and the ways to another. Nothing where it holds all of it. */
export function CapturePart() {
  const scenario = useApp((state) => state.recorded.get(state.scenario))
  if (!scenario?.capture || !('part' in scenario)) return null
  const captured = scenario as CaptureScenario
  return isPart(captured) ? <Part key={captured.id} scenario={captured} /> : null
}

function Part({ scenario }: { readonly scenario: CaptureScenario }) {
  const commands = useCommands()
  useZoomIntoPart(scenario)
  const { first, end } = scenario.part
  const { count, address } = scenario.capture.entries
  const stretch = `${addressText(address[first]!)} to ${addressText(address[end - 1]!)}`
  return (
    <section
      aria-label="Part of the recording"
      className="flex flex-wrap items-center gap-x-4 gap-y-1.5 border-b border-rule px-4 py-1.5 text-label min-[1440px]:px-10"
    >
      <p>
        This machine holds entries {grouped(first + 1)} to {grouped(end)} of {grouped(count)}{' '}
        <span className="font-mono text-ink-2 max-[1279px]:hidden">{stretch}</span>
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <Button small disabled={first === 0} onPress={() => goToEntry(commands, scenario, first - 1)}>
          Earlier
        </Button>
        <Button small disabled={end === count} onPress={() => goToEntry(commands, scenario, end)}>
          Later
        </Button>
        <AddressField onGo={(to) => goToAddress(commands, scenario, to)} />
      </div>
    </section>
  )
}

/** The tables show all of the recording: who zooms in on an entry that the machine does not hold gets the part around it. */
function useZoomIntoPart(scenario: CaptureScenario): void {
  const view = useApp((state) => state.view)
  const at = useApp((state) => state.tables.at)
  const commands = useCommands()
  const before = useRef(view)
  useEffect(() => {
    const zoomedIn = before.current === 'tables' && view === 'one'
    before.current = view
    if (zoomedIn && at && !at.second) goToAddress(commands, scenario, at.address)
  }, [view, at, commands, scenario])
}

/** An address to go to. Enter goes there; what is none stays to be mended. */
function AddressField({ onGo }: { readonly onGo: (address: number) => void }) {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState('')
  const id = useId()
  const go = () => {
    const word = fromHex(text)
    if (word) onGo(word.hi * 2 ** 32 + word.lo)
    setProblem(word ? '' : 'Type an address in hexadecimal digits.')
  }
  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        go()
      }}
    >
      <label htmlFor={id} className="text-ink-2">
        Address
      </label>
      <input
        id={id}
        value={text}
        onChange={({ target }) => setText(target.value)}
        aria-invalid={problem !== ''}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        className="h-7 w-44 touch:h-11 border border-line bg-bg px-2 font-mono text-label text-ink"
      />
      <Button small onPress={go}>
        Go
      </Button>
      {problem !== '' && <span role="alert">{problem}</span>}
    </form>
  )
}
