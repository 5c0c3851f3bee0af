import { useState } from 'react'
import './bit-grid.css'

export interface NameTagsProps {
  /** PRESENT of the selected word. It alone decides which name counts. */
  readonly present: boolean
  readonly animate: boolean
}

/** Both names of bit 8, always: the one that counts now is filled, the other hollow. */
export function NameTags({ present, animate }: NameTagsProps) {
  return (
    <div role="group" aria-label="Names of bit 8" className="name-tags">
      <NameTag name="PROTNONE" counts={!present} when="PRESENT = 0: Linux means PROTNONE" animate={animate} />
      <NameTag name="GLOBAL" counts={present} when="PRESENT = 1: the CPU reads GLOBAL" animate={animate} />
    </div>
  )
}

interface NameTagProps {
  readonly name: 'GLOBAL' | 'PROTNONE'
  readonly counts: boolean
  readonly when: string
  readonly animate: boolean
}

function NameTag({ name, counts, when, animate }: NameTagProps) {
  const [shown, setShown] = useState({ counts, turns: false })
  if (shown.counts !== counts) setShown({ counts, turns: animate })
  const turns = shown.counts === counts && shown.turns
  return (
    <div className="name-tag" data-counts={counts}>
      <div className="name-tag-window">
        {turns && (
          <span key={`old ${counts}`} className="name-tag-face name-tag-old" data-filled={!counts} aria-hidden="true">
            {name}
          </span>
        )}
        <span key={String(counts)} className="name-tag-face" data-filled={counts} data-turns={turns}>
          {name}
          <span className="sr-only">{counts ? ', counts now' : ', does not count'}</span>
        </span>
      </div>
      <p className="name-tag-when">{when}</p>
    </div>
  )
}
