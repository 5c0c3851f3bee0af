import { useMemo, useState } from 'react'
import { asks, notation, quadrant } from '../../arch/predicate'
import { groupedHex, PRESENT } from '../../arch/pte'
import { KERNELS, kernelById } from '../../kernel/variants'
import { MARKINGS, TOOLS } from '../../story/architectures'
import type { Figure } from '../../story/beat'
import { unseenWords, type Unseen } from '../../story/unseen'
import { Button } from '../../views/ui/button'

/** What the last chapter shows: the test through the years, the same trick elsewhere, and words to decode. */
export default function ElsewhereFigure({ figure }: { readonly figure: Figure }) {
  if (figure.shows === 'history') return <History />
  return figure.shows === 'elsewhere' ? <Elsewhere /> : <UnseenWords />
}

/** When a kernel's test was in use, where that is more than its name says. */
const WHEN: Readonly<Record<string, string>> = { '3.14': '3.8 to 3.15', '3.19': '3.16 to 3.19', '4.0': '4.0 to 6.13' }
const SHOWN = ['3.14', '3.19', 'rc0', '4.0']

function History() {
  const kernels = SHOWN.map((id) => KERNELS.find((each) => each.id === id) ?? kernelById(id)!)
  return (
    <table className="story-list">
      <caption className="sr-only">The test for a hint, through the years</caption>
      <thead>
        <tr>
          <th scope="col">Linux</th>
          <th scope="col">is it a hint?</th>
          <th scope="col">asks PRESENT</th>
        </tr>
      </thead>
      <tbody>
        {kernels.map(({ id, name, hint }) => (
          <tr key={id}>
            <th scope="row">{WHEN[id] ?? name}</th>
            <td>
              <code>{notation(hint)}</code>
            </td>
            <td>{asks(hint) & PRESENT ? 'yes' : 'no'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Elsewhere() {
  return (
    <div className="grid gap-8">
      <Markings />
      <dl className="story-tools">
        {TOOLS.map(({ name, reads }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{reads}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function Markings() {
  return (
    <table className="story-list">
      <caption className="sr-only">Marks of a shut page, by architecture</caption>
      <thead>
        <tr>
          <th scope="col">Linux 6.13 on</th>
          <th scope="col">the mark</th>
          <th scope="col">to the hardware</th>
          <th scope="col">the guard</th>
        </tr>
      </thead>
      <tbody>
        {MARKINGS.map(({ name, bit, alias, guard }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{bit}</td>
            <td>{alias ?? 'nothing'}</td>
            <td>{guard}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const MACHINES = { bare: 'bare metal', xen: 'Xen PV' } as const

function UnseenWords() {
  const [seed, setSeed] = useState(7)
  const words = useMemo(() => unseenWords(seed), [seed])
  return (
    <div className="story-unseen">
      {words.map((word, index) => (
        <UnseenWord key={`${seed} ${index}`} unseen={word} number={index + 1} />
      ))}
      <p className="flex items-center gap-4 text-label text-ink-2">
        Seed {seed}
        <Button small onPress={() => setSeed(seed + 1)}>
          Three others
        </Button>
      </p>
    </div>
  )
}

function UnseenWord({ unseen, number }: { readonly unseen: Unseen; readonly number: number }) {
  const [said, setSaid] = useState<boolean | null>(null)
  const { word, machine, old, fixed } = unseen
  const loops = old === 'endless'
  const hex = groupedHex(word)
  return (
    <fieldset className="story-unseen-word">
      <legend>
        {number}. <code>{hex}</code>, found on {MACHINES[machine]}
      </legend>
      <p>A program may write here, and does. Under 3.20-rc0 …</p>
      <div className="flex flex-wrap gap-3">
        <Button small onPress={() => setSaid(false)}>
          the write lands
        </Button>
        <Button small onPress={() => setSaid(true)}>
          it faults for ever
        </Button>
      </div>
      {said !== null && (
        <p role="status" className="text-label">
          {said === loops ? 'Right. ' : 'Not so. '}
          {whyOf(unseen)} {loops ? 'For ever under 3.20-rc0' : 'It lands under 3.20-rc0'};{' '}
          {fixed === 'endless' ? 'for ever' : 'it lands'} with the fix.
        </p>
      )}
    </fieldset>
  )
}

function whyOf({ word, old }: Unseen): string {
  switch (quadrant(word.lo)) {
    case 3:
      return old === 'no fault'
        ? 'PRESENT, bit 8 and RW: the CPU lets the write pass, and asks nobody.'
        : 'PRESENT and bit 8, no RW: the old test takes Xen’s GLOBAL for a note.'
    case 2:
      return old === 'no fault'
        ? 'PRESENT and RW: no fault at all.'
        : 'PRESENT without bit 8: no note, so Linux gives RW.'
    case 1:
      return old === 'endless'
        ? 'Bit 8 without PRESENT: a true note. The handler undoes it, and then Xen sets bit 8 again.'
        : 'Bit 8 without PRESENT: a true note, which the handler undoes.'
    default:
      return 'Neither bit: in swap, or empty. The question is never asked.'
  }
}
