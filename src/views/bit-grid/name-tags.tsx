import { useState } from 'react'
import './bit-grid.css'

export interface NameTagsProps {
  /** PRESENT of the selected word. It alone decides which name counts. */
  readonly present: boolean
  /** Bit 8 of that word: the value of the name that counts. */
  readonly bit8: boolean
  readonly animate: boolean
}

/** Both names of bit 8, always: the one that counts now is framed in ink, and filled like the bit itself where that is 1. */
export function NameTags({ present, bit8, animate }: NameTagsProps) {
  return (
    <div role="group" aria-label="Names of bit 8" className="name-tags">
      <NameTag
        name="PROTNONE"
        value={present ? null : bit8}
        when="PRESENT = 0: Linux means PROTNONE"
        animate={animate}
      />
      <NameTag name="GLOBAL" value={present ? bit8 : null} when="PRESENT = 1: the CPU reads GLOBAL" animate={animate} />
    </div>
  )
}

interface NameTagProps {
  readonly name: 'GLOBAL' | 'PROTNONE'
  /** Null where the name does not count. */
  readonly value: boolean | null
  readonly when: string
  readonly animate: boolean
}

function NameTag({ name, value, when, animate }: NameTagProps) {
  const [shown, setShown] = useState({ value, before: value, turns: false })
  if (shown.value !== value) setShown({ value, before: shown.value, turns: animate })
  const turns = shown.value === value && shown.turns
  return (
    <div className="name-tag">
      <div className="name-tag-window">
        {turns && (
          <span
            key={`old ${value}`}
            className="name-tag-face name-tag-old"
            aria-hidden="true"
            {...lookOf(shown.before)}
          >
            {name}
          </span>
        )}
        <span key={String(value)} className="name-tag-face" data-turns={turns} {...lookOf(value)}>
          {name}
          <span className="sr-only">
            {value === null ? ', does not count' : `, counts now, and is ${value ? 1 : 0}`}
          </span>
        </span>
      </div>
      <p className="name-tag-when">{when}</p>
    </div>
  )
}

const lookOf = (value: boolean | null) => ({ 'data-counts': value !== null, 'data-filled': value === true })
