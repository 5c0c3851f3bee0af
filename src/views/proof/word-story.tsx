import { memo } from 'react'
import type { Ref } from 'react'
import { nameOfBit8 } from '../../arch/entry-fields'
import { GLOBAL, PRESENT } from '../../arch/pte'
import type { Kernel } from '../../kernel/variants'
import { After } from '../ui/in-pieces'
import { bitsOf, hexOf, occursText, verdictText, type Reachable } from './wall-words'

interface Props {
  readonly word: number
  readonly kernels: readonly Kernel[]
  readonly reachable: Reachable
  /** Into the Lab, where a page has this word and is written to. */
  readonly href: string
  /** May be focused, so that a key can lead here. */
  readonly ref?: Ref<HTMLDivElement>
}

/** What one word of the wall is, what each kernel says to it, and a way to try it. */
export const WordStory = memo(function WordStory({ word, kernels, reachable, href, ref }: Props) {
  const present = (word & PRESENT) !== 0
  const bit8 = (word & GLOBAL) !== 0
  return (
    <div ref={ref} tabIndex={-1} role="group" aria-label={`The word ${hexOf(word)}`} className="proof-story">
      <h3 className="font-mono text-lead font-semibold">{hexOf(word)}</h3>
      <p>{bitsOf(word).join(' · ') || 'No bit is set: nothing is here.'}</p>
      <p className="text-label text-ink-2">
        {occursText(word, reachable)} Bit 8 is {bit8 ? 'set' : 'clear'}, and here its name is {nameOfBit8(present)}:{' '}
        {present ? 'the CPU reads it.' : 'only Linux reads it.'}
      </p>
      <After frames={1}>
        <dl className="proof-numbers">
          {kernels.map((kernel) => (
            <div key={kernel.id}>
              <dt>{kernel.name}</dt>
              <dd>{verdictText(word, kernel)}</dd>
            </div>
          ))}
        </dl>
        <p>
          <a href={href} className="proof-play">
            Write to a page like this<span className="sr-only">, in the Lab</span>
          </a>
        </p>
      </After>
    </div>
  )
})
