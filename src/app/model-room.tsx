import { cuts } from 'virtual:source-facts'
import { useEffect, useRef } from 'react'
import { allSteps } from '../arch/step'
import { historyOf } from '../kernel/history'
import { KERNELS } from '../kernel/variants'
import type { Rule, RuleBook } from '../trace/rule-book'
import { CommitList, Upstream } from '../views/sources/upstream'
import { Marked } from '../views/ui/marked'
import { BOOKS, RULE_COUNT, stepsOf, testsOf } from './rule-books'

/** What is modelled and what is left out: the rules, the kernels and the cuts, as they stand beside the code. */
export default function ModelRoom() {
  const room = useRef<HTMLElement>(null)
  useEffect(() => {
    const show = () => showRule(room.current)
    show()
    addEventListener('popstate', show)
    return () => removeEventListener('popstate', show)
  }, [])
  return (
    <main ref={room} className="mx-auto grid max-w-7xl gap-12 px-4 py-8 lg:px-10">
      <header className="grid gap-4">
        <h1 tabIndex={-1} className="text-lead font-semibold outline-none sm:text-title">
          What is modelled and what is left out
        </h1>
        <p className="max-w-(--measure)">
          The Lab computes every picture from {RULE_COUNT} rules of the CPU, of Linux and of Xen; {allSteps().length}{' '}
          steps carry them out. Each rule says where upstream it comes from and which tests hold the code to it. What
          the model leaves out was written down at the place in the code where it is left out.
        </p>
      </header>
      {BOOKS.map((book) => (
        <Book key={book.title} book={book} />
      ))}
      <Kernels />
      <Cuts />
    </main>
  )
}

/** Bring the rule that the address names into view. */
function showRule(room: HTMLElement | null): void {
  const id = /\?rule=([A-Z]{2}\d+)$/.exec(location.hash)?.[1]
  const rule = id && room?.querySelector<HTMLElement>(`#rule-${id}`)
  if (!rule) return
  // The room puts the reader at its heading first.
  requestAnimationFrame(() => {
    rule.focus({ preventScroll: true })
    rule.scrollIntoView({ block: 'center' })
  })
}

function Book({ book }: { readonly book: RuleBook }) {
  return (
    <section aria-label={book.title} className="grid gap-4">
      <h2 className="border-b-2 border-ink pb-1 text-lead font-semibold">{book.title}</h2>
      {book.intro.map((text) => (
        <p key={text} className="max-w-(--measure) text-label text-ink-2">
          <Marked text={text} />
        </p>
      ))}
      {book.groups.map(({ title, rules }) => (
        <section key={title} className="grid gap-2">
          {title !== '' && <h3 className="pt-3 font-semibold">{title}</h3>}
          <ul>
            {rules.map((rule) => (
              <RuleRow key={rule.id} rule={rule} />
            ))}
          </ul>
        </section>
      ))}
    </section>
  )
}

function RuleRow({ rule }: { readonly rule: Rule }) {
  const steps = stepsOf(rule.id)
  const files = testsOf(rule.id)
  return (
    <li
      id={`rule-${rule.id}`}
      tabIndex={-1}
      className="grid gap-x-6 gap-y-1 border-t border-rule py-2 focus:bg-bg-2 md:grid-cols-[3.5rem_minmax(0,1fr)_minmax(0,1fr)]"
    >
      <span className="font-mono text-label font-semibold">{rule.id}</span>
      <div className="grid content-start gap-1">
        <p className="text-label">
          <Marked text={rule.holds} />.
        </p>
        {steps.length > 0 && (
          <p className="text-note text-ink-2">
            {steps.length > 1 ? 'Steps: ' : 'Step: '}
            {steps.map(({ name }) => name).join(' · ')}
          </p>
        )}
        {files.length > 0 && <p className="text-note text-ink-2 wrap-anywhere">Checked in {files.join(', ')}</p>}
      </div>
      <Upstream rule={rule} />
    </li>
  )
}

function Kernels() {
  return (
    <section aria-label="The kernels" className="grid gap-4">
      <h2 className="border-b-2 border-ink pb-1 text-lead font-semibold">The kernels</h2>
      <dl className="grid gap-x-6 gap-y-4 md:grid-cols-[10rem_minmax(0,1fr)]">
        {KERNELS.map((kernel) => {
          const { commits, note } = historyOf(kernel)
          return (
            <div key={kernel.id} className="contents">
              <dt className="font-semibold">{kernel.name}</dt>
              <dd className="grid gap-1 text-label">
                <p>
                  {kernel.story}
                  {kernel.derivedOnly && ' Derived from its source; nobody known to us booted it.'}
                </p>
                {note && <p className="text-ink-2">{note}</p>}
                {commits.length > 0 && <CommitList ids={commits} />}
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}

type Cut = (typeof cuts)[number]

/** Cuts of the model by folder, and those of the screen last. */
const CUT_GROUPS: readonly (readonly [string, (file: string) => boolean])[] = [
  ['In the CPU', (file) => file.startsWith('src/arch/')],
  ['In Linux', (file) => file.startsWith('src/kernel/')],
  ['In Xen', (file) => file.startsWith('src/xen/')],
  ['In processes and recordings', (file) => /^src\/(?:machine|trace|decode|explore)\//.test(file)],
  ['On the screen', (file) => /^src\/(?:store|story|views|app)\//.test(file)],
]

function Cuts() {
  return (
    <section aria-label="Left out" className="grid gap-4">
      <h2 className="border-b-2 border-ink pb-1 text-lead font-semibold">Left out</h2>
      <p className="max-w-(--measure) text-label text-ink-2">
        {cuts.length} cuts, each as the comment at its place says it.
      </p>
      {CUT_GROUPS.map(([title, isIn]) => {
        const here = cuts.filter(({ file }) => isIn(file))
        if (here.length === 0) return null
        return (
          <section key={title} className="grid gap-2">
            <h3 className="font-semibold">{title}</h3>
            <ul>
              {here.map((cut) => (
                <CutRow key={cut.file + cut.text} cut={cut} />
              ))}
            </ul>
          </section>
        )
      })}
    </section>
  )
}

function CutRow({ cut: { file, about, rule, text } }: { readonly cut: Cut }) {
  return (
    <li className="grid gap-x-6 gap-y-1 border-t border-rule py-2 md:grid-cols-[3.5rem_minmax(0,1fr)_minmax(0,1fr)]">
      <span className="font-mono text-label">{rule}</span>
      <p className="text-label">
        <Marked text={text} />
      </p>
      <p className="font-mono text-note text-ink-2 wrap-anywhere">
        {file}: {about}
      </p>
    </li>
  )
}
