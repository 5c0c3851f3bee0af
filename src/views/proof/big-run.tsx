import type { BigRunNumbers, ExploredWorld, Witness } from '../../explore/verdict'
import { PROPERTIES } from '../../explore/properties'
import { Button } from '../ui/button'
import { After } from '../ui/in-pieces'
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
        <After frames={1}>
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
        </After>
      </div>
      {message && <p role="alert">{message}</p>}
      <After frames={2}>
        <Numbers run={run} hrefOf={hrefOf} />
      </After>
    </section>
  )
}

/** What is told of a run, and how. */
const FACTS: Readonly<Record<string, (run: BigRunNumbers) => string>> = {
  States: ({ states }) => countText(states),
  Moves: ({ transitions }) => countText(transitions),
  'New states a second': ({ perSecond }) => countText(perSecond),
  Depth: ({ depth }) => countText(depth),
  Waiting: ({ waiting }) => countText(waiting),
  Memory: ({ bytes }) => `${(bytes / 1e6).toFixed(1)} MB`,
  'Bytes a state': ({ bytes, states }) => (bytes / Math.max(1, states)).toFixed(0),
}

/** The numbers have their place before there are any: the page does not grow while a run begins. */
function Numbers({ run, hrefOf }: Pick<Props, 'run' | 'hrefOf'>) {
  return (
    <>
      <p className="font-semibold" aria-live="polite">
        {run ? STATES[run.state] : 'Not started.'}
      </p>
      <dl className="proof-numbers">
        {Object.entries(FACTS).map(([name, tell]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{run ? tell(run) : '–'}</dd>
          </div>
        ))}
      </dl>
      {run?.result && (
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
