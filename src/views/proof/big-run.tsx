import type { BigRunNumbers, ExploredWorld, Witness } from '../../explore/verdict'
import { PROPERTIES } from '../../explore/properties'
import { Button } from '../ui/button'
import { OneOf } from '../ui/one-of'
import { Lamp, standingOf } from './lamp'
import { WitnessLink } from './witness-link'
import { countText } from '../../trace/count-text'

interface Option<Value extends string> {
  readonly value: Value
  readonly label: string
}

interface Props {
  readonly models: readonly { readonly id: string; readonly says: string }[]
  readonly kernels: readonly Option<string>[]
  /** What is to be explored. */
  readonly world: ExploredWorld
  readonly onChoose: (world: ExploredWorld) => void
  readonly run: BigRunNumbers | null
  readonly running: boolean
  readonly message: string | null
  readonly onStart: () => void
  readonly onStop: () => void
  readonly hrefOf: (witness: Witness) => string
}

const STATES: Record<BigRunNumbers['state'], string> = {
  running: 'Running.',
  done: 'Done: every state was met.',
  settled: 'Done: every property has failed.',
  'too many states': 'Not finished: the limit of states was reached.',
  'too many bytes': 'Not finished: the limit of memory was reached.',
  stopped: 'Not finished: you stopped it.',
  'broken off': 'Not finished: it broke off.',
}

/** A larger model, on demand. */
export function BigRun(props: Props) {
  const { models, kernels, world, onChoose, run, running, message, onStart, onStop, hrefOf } = props
  return (
    <section className="grid content-start gap-4" aria-label="A larger run">
      <h2 className="text-lead font-semibold">A larger run</h2>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <OneOf
          as="menu"
          label="Model"
          options={models.map(({ id, says }) => ({ value: id, label: id, note: says }))}
          value={world.model}
          onChange={(model) => onChoose({ ...world, model })}
        />
        <OneOf
          as="menu"
          label="Kernel"
          options={kernels}
          value={world.kernel}
          onChange={(kernel) => onChoose({ ...world, kernel })}
        />
        <OneOf
          as="radios"
          label="Machine"
          options={[
            { value: 'bare', label: 'Bare metal' },
            { value: 'xen', label: 'Xen PV' },
          ]}
          value={world.machine}
          onChange={(machine) => onChoose({ ...world, machine })}
        />
        <div className="flex gap-3">
          <Button onPress={onStart} disabled={running}>
            Start
          </Button>
          <Button onPress={onStop} disabled={!running}>
            Stop
          </Button>
        </div>
      </div>
      {message && <p role="alert">{message}</p>}
      {run && <Numbers run={run} hrefOf={hrefOf} />}
    </section>
  )
}

function Numbers({ run, hrefOf }: { readonly run: BigRunNumbers; readonly hrefOf: Props['hrefOf'] }) {
  const facts: readonly (readonly [string, string])[] = [
    ['States', countText(run.states)],
    ['Moves', countText(run.transitions)],
    ['New states a second', countText(run.perSecond)],
    ['Depth', countText(run.depth)],
    ['Waiting', countText(run.waiting)],
    ['Memory', `${(run.bytes / 1e6).toFixed(1)} MB, ${(run.bytes / Math.max(1, run.states)).toFixed(0)} bytes a state`],
  ]
  return (
    <>
      <p className="font-semibold" aria-live="polite">
        {STATES[run.state]}
      </p>
      <dl className="proof-numbers">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {run.result && (
        <ul className="grid gap-1 text-label">
          {run.result.verdicts.map(({ property, holds, witness }) => (
            <li key={property} className="flex flex-wrap items-center gap-x-3">
              <Lamp standing={standingOf(holds)} /> {PROPERTIES.find(({ id }) => id === property)!.name}
              {witness && <WitnessLink short witness={witness} href={hrefOf(witness)} />}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
