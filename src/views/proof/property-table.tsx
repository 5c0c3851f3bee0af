import { memo } from 'react'
import { PROPERTIES } from '../../explore/properties'
import type { Explored, Witness } from '../../explore/verdict'
import { useFrames } from '../ui/in-pieces'
import { Lamp, standingOf } from './lamp'
import { WitnessLink } from './witness-link'
import { countText } from '../../trace/count-text'

interface Props {
  readonly explored: readonly Explored[]
  readonly hrefOf: (witness: Witness) => string
  readonly nameOf: (kernel: string) => string
}

/** Every property on every kernel and machine that was met whole, with a way to see each failure. */
export const PropertyTable = memo(function PropertyTable({ explored, hrefOf, nameOf }: Props) {
  const rows = useFrames(PROPERTIES.length + 1)
  return (
    // A keyboard scrolls what it can stand on.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="proof-scroll" tabIndex={0} role="region" aria-label="Table of properties">
      <table className="proof-table" data-picture="The properties">
        <caption className="sr-only">Which property holds where</caption>
        <thead>
          <tr>
            <th scope="col">Property</th>
            {explored.map(({ kernel, machine }) => (
              <th key={kernel + machine} scope="col">
                {nameOf(kernel)}
                <span className="block font-normal text-ink-2">{machine === 'xen' ? 'Xen PV' : 'bare metal'}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {PROPERTIES.slice(0, rows).map(({ id, name, says }) => (
            <tr key={id}>
              <th scope="row">
                {name}
                <span className="block font-normal text-note text-ink-2">{says}</span>
              </th>
              {explored.map((each) => {
                const verdict = each.verdicts.find(({ property }) => property === id)
                return (
                  <td key={each.kernel + each.machine}>
                    <Lamp standing={standingOf(verdict?.holds ?? null)} />
                    {verdict?.witness && <WitnessLink short witness={verdict.witness} href={hrefOf(verdict.witness)} />}
                  </td>
                )
              })}
            </tr>
          ))}
          {rows > PROPERTIES.length && (
            <tr>
              <th scope="row">
                States met
                <span className="block font-normal text-note text-ink-2">and moves made between them</span>
              </th>
              {explored.map(({ kernel, machine, states, transitions }) => (
                <td key={kernel + machine} className="font-mono">
                  {countText(states)}
                  <span className="block text-note text-ink-2">{countText(transitions)}</span>
                </td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
    </div>
  )
})
