import type { CSSProperties } from 'react'
import { quadrant } from '../../arch/predicate'
import type { BriefMark, BriefRun } from '../../explore/brief-run'
import type { Lane } from '../../arch/step'
import { useFrames } from '../ui/in-pieces'
import { QuadrantFrame, TestGlyph } from './glyph'
import './mini-run.css'
import { nounOf } from './witness-words'

interface Props {
  readonly run: BriefRun
  /** The test that answers, as bits of quadrants. */
  readonly yes: number
}

const WHO: Partial<Record<Lane, string>> = { xen: 'Xen', hardware: 'the CPU' }

/** A counterexample as a short line of marks, closed where the state comes back. */
export function MiniRun({ run: { marks, comesBack }, yes }: Props) {
  const drawn = useFrames(marks.length)
  const lastAsked = marks.findLastIndex(({ kind }) => kind === 'asked')
  const back = marks.findLastIndex(({ kind }) => kind === 'begun')
  return (
    <div
      className="mini-run"
      data-comes-back={comesBack}
      style={{ '--marks': marks.length, '--back': back } as CSSProperties}
    >
      <ol>
        {marks.slice(0, drawn).map((mark, index) => (
          // The marks of a run have no name but their place.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} data-loop={comesBack && index > back}>
            <span className="mini-run-word">{shortOf(mark)}</span>
            <svg viewBox={mark.kind === 'asked' ? '0 0 32 32' : '-4 -4 40 40'} width="40" height="40" aria-hidden>
              <Sign mark={mark} yes={yes} wrong={index === lastAsked} />
            </svg>
            <span className="sr-only">{spokenOf(mark)}</span>
          </li>
        ))}
        {comesBack && <li className="sr-only">and the state is the same again: for ever</li>}
      </ol>
      {comesBack && <span className="mini-run-back" aria-hidden />}
    </div>
  )
}

interface SignProps {
  readonly mark: BriefMark
  readonly yes: number
  readonly wrong: boolean
}

function Sign({ mark, yes, wrong }: SignProps) {
  switch (mark.kind) {
    case 'begun':
      return <rect className="mini-run-begun" x="7" y="7" width="18" height="18" />
    case 'word':
      return (
        <>
          <rect className="mini-run-entry" x="7" y="7" width="18" height="18" />
          {mark.by === 'xen' && <path className="mini-run-hatch" d="M8 18 L18 8 M8 24 L24 8 M14 24 L24 14" />}
        </>
      )
    case 'asked':
      return (
        <>
          <rect className="mini-run-ground" width="32" height="32" />
          <TestGlyph yes={yes} size={32} />
          <QuadrantFrame quadrant={quadrant(mark.lo)} size={32} wrong={wrong} />
        </>
      )
    case 'hinted':
      return <circle className="mini-run-hinted" cx="16" cy="16" r="9.5" />
  }
}

const shortHex = (lo: number): string => `…${lo.toString(16).padStart(3, '0')}`

function shortOf(mark: BriefMark): string {
  switch (mark.kind) {
    case 'begun':
      return nounOf(mark.choice)
    case 'word':
      return shortHex(mark.lo)
    case 'asked':
      return mark.yes ? 'yes' : 'no'
    case 'hinted':
      return 'hint'
  }
}

function spokenOf(mark: BriefMark): string {
  switch (mark.kind) {
    case 'begun':
      return 'is begun.'
    case 'word':
      return mark.by === null ? 'is the end of the entry.' : `is stored by ${WHO[mark.by] ?? 'Linux'}.`
    case 'asked':
      return `says the test to 0x${mark.lo.toString(16).padStart(3, '0')}.`
    case 'hinted':
      return 'is what the fault is handled as.'
  }
}
