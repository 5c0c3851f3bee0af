import { memo } from 'react'
import { countText } from '../../trace/count-text'
import { After } from '../ui/in-pieces'

interface Props {
  /** States that all searches together have met so far, and moves between them. */
  readonly states: number
  readonly transitions: number
  /** Has every search come to its end? */
  readonly finished: boolean
  /** Milliseconds of the whole, and to the first verdict; null while it is not done. */
  readonly ms: number | null
  readonly firstMs: number | null
  /** What was explored, a sentence for each model. */
  readonly models: readonly string[]
}

/** How far the proof reaches, in and out in the same size. */
export const ScopeBox = memo(function ScopeBox({ states, transitions, finished, ms, firstMs, models }: Props) {
  return (
    <section className="proof-scope" aria-label="Scope">
      <h2>
        Scope
        <span className="font-mono font-normal text-ink-2">
          {countText(states)} states, {countText(transitions)} moves
          {!finished && ', not finished'}
          {ms !== null && `, ${countText(ms)} ms on this machine`}
          {firstMs !== null && `, first verdict after ${Math.round(firstMs)} ms`}
        </span>
      </h2>
      <dl>
        <dt>In</dt>
        <dd>
          Every order of everything below, to any length; every word that Linux and Xen write on the way; CPU, TLB,
          fault path, fork, scanner and Xen&rsquo;s store, step by step. States that differ only in which of several
          like frames is used are met as one.
          <ul>
            {models.map((says) => (
              <li key={says}>{says}</li>
            ))}
          </ul>
        </dd>
        <After frames={1}>
          <dt>Out</dt>
          <dd>
            More pages and CPUs than the models have; two CPUs race in the larger runs only. Races with fork and
            mprotect: Linux keeps faults out of them with mmap_sem, which is not modelled. Huge pages, files, migration
            between nodes, grant mappings. Xen&rsquo;s own bugs. That a kernel was compiled as its source says. The
            whole list: <a href="#/model">what is modelled and what is left out</a>.
          </dd>
        </After>
      </dl>
    </section>
  )
})
