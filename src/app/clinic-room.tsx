import { useEffect, useMemo, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { ACCESSES } from '../arch/error-code'
import { clinicLink } from '../clinic/clinic-link'
import { holdsFrame } from '../clinic/entry-kind'
import { examine, isLong, linuxOf, listOf, subjectOf, type Case } from '../clinic/examine'
import { labWay } from '../clinic/lab-word'
import type { ListSummary } from '../clinic/list'
import { listText } from '../clinic/list-report'
import { pagemapText, rangeText, xenRanges } from '../clinic/other-finds'
import type { Paste } from '../clinic/paste'
import { anyAddress, caseText, placeText } from '../clinic/report'
import { samplesIn } from '../clinic/samples'
import { machineName } from '../clinic/words'
import { hasXensGlobal } from '../clinic/xen-mark'
import samplesText from '../clinic/samples.txt?raw'
import { clinicStore, followClinicLink, selectEntry, setNextAccess, setText, type ClinicState } from '../store/clinic'
import { roomOf } from '../store/rooms'
import { noun } from '../trace/access-sentences'
import { useCommands } from '../store/use-app'
import '../views/clinic/clinic.css'
import { FoundList } from '../views/clinic/found-list'
import { ListPanel } from '../views/clinic/list-panel'
import { PasteField } from '../views/clinic/paste-field'
import { ReaderTable } from '../views/clinic/reader-table'
import { WordHead } from '../views/clinic/word-head'
import { Button } from '../views/ui/button'
import { RadioGroup } from '../views/ui/radio-group'
import { ClinicChoices } from './clinic-choices'
import { CopiedNote, useClipboard } from './clipboard'
import { Messages } from './messages'
import { countText } from '../trace/count-text'

const SAMPLES = samplesIn(samplesText)

/** What a machine printed, and what it means to whom. */
export default function ClinicRoom() {
  const state = useStore(clinicStore)
  const { text, paste, entry, choices, access, reading } = state
  const commands = useCommands()
  const { copyText, copied, dialog } = useClipboard()
  useEffect(() => {
    const follow = () => {
      if (roomOf(location.hash) === 'clinic') followClinicLink(location.hash).forEach(commands.say)
    }
    follow()
    addEventListener('popstate', follow)
    return () => removeEventListener('popstate', follow)
  }, [commands])
  const count = paste.entries.length
  const found = useMemo(() => (count > 0 ? examine(paste, entry, choices) : null), [paste, count, entry, choices])
  const summary = useMemo(() => (count > 0 ? listOf(paste, choices) : null), [paste, count, choices])
  const way = useMemo(() => (found ? labWay(found, linuxOf(paste, choices)) : null), [found, paste, choices])
  const toLab = () => {
    if (way?.link) location.hash = way.link
  }
  const copyLink = () => {
    const { link, whole } = clinicLink({ text, entry, choices, access }, paste)
    void copyText(whole ? 'link' : 'link to this entry', new URL(link, location.href).href)
  }
  const isList = isLong(paste)
  return (
    <>
      <Messages />
      <main className="clinic-room">
        <div className="clinic-left">
          <h1 tabIndex={-1} className="text-lead font-semibold outline-none">
            Paste an oops, a vtop, or one word
          </h1>
          <PasteField
            text={text}
            marks={reading ? [] : paste.marks}
            selected={entry}
            onText={(next) => setText(next)}
            onLab={toLab}
          />
          <p role="status" className="text-label text-ink-2">
            {reading ? 'Reading …' : foundText(paste)} Nothing leaves this page.
          </p>
          <NotUnderstood state={state} />
          {!isList && summary && <FoundList rows={foundRows(paste, summary)} selected={entry} onSelect={selectEntry} />}
          {count > 0 && <ClinicChoices state={state} machine={found?.diagnosis.machine.value ?? null} />}
          <Examples />
        </div>
        <div className="clinic-right">
          {isList && summary && (
            <ListPanel
              list={paste.entries.map((each) => subjectOf(paste, each, choices))}
              summary={summary}
              selected={entry}
              onSelect={selectEntry}
            />
          )}
          {found && <CasePart found={found} state={state} />}
          <OtherFinds paste={paste} />
          {!found && paste.ranges.length + paste.pagemap.length === 0 && <Empty />}
        </div>
        <Bar>
          {way && (
            <>
              {way.link ? (
                <a className="clinic-lab" href={way.link}>
                  Open in the Lab
                </a>
              ) : (
                <span className="clinic-lab" data-off>
                  Open in the Lab
                </span>
              )}
              {way.loop && (
                <a className="clinic-plain" href={way.loop}>
                  On 3.20-rc0, where it never ends
                </a>
              )}
              <Button onPress={() => void copyText('report', reportOf(found!, isList ? summary : null))}>
                Copy as text
              </Button>
              <Button onPress={copyLink}>Copy link</Button>
              <p className="text-label text-ink-2">
                {way.says} {way.link && <span id="clinic-keys">From the text, Ctrl Enter goes there.</span>}
              </p>
            </>
          )}
        </Bar>
        <CopiedNote {...copied} />
        {dialog}
      </main>
    </>
  )
}

const Bar = ({ children }: { readonly children: ReactNode }) => <div className="clinic-bar">{children}</div>

/** How much was found, in a sentence. */
function foundText({ entries, ranges, pagemap, faults }: Paste): string {
  const counts = [
    [entries.length, 'entry', 'entries'],
    [ranges.length, 'stretch of addresses', 'stretches of addresses'],
    [pagemap.length, 'pagemap word', 'pagemap words'],
    [faults.length, 'fault', 'faults'],
  ] as const
  const said = counts.flatMap(([count, one, many]) =>
    count === 0 ? [] : [`${countText(count)} ${count === 1 ? one : many}`],
  )
  return said.length > 0 ? `Found: ${said.join(', ')}.` : 'Nothing found yet.'
}

const foundRows = (paste: Paste, { rows }: ListSummary) =>
  paste.entries.map(({ word, level, kind, address }, index) => ({
    index,
    word,
    says: [
      level,
      address === null ? '' : anyAddress(address),
      rows[index]!.kind,
      kind === 'words' ? '' : `from ${kind === 'oops' ? 'an oops' : kind}`,
    ]
      .filter(Boolean)
      .join(', '),
  }))

/** What was not understood, and what to do. */
function NotUnderstood({ state: { text, paste } }: { readonly state: ClinicState }) {
  const messages = paste.messages.filter(({ about }) => about !== 'empty' || text !== '')
  if (messages.length === 0) return null
  return (
    <ul aria-label="What was not understood" className="clinic-messages">
      {messages.map(({ about, text: said }) => (
        <li key={said} data-about={about}>
          {said}
        </li>
      ))}
    </ul>
  )
}

/** Recorded pieces of logs to begin with. */
function Examples() {
  return (
    <details className="clinic-examples">
      <summary>Recorded examples</summary>
      <ul>
        {SAMPLES.map(({ name, about, text }) => (
          <li key={name}>
            <Button small onPress={() => setText(text)}>
              {exampleName(name)}
            </Button>
            <span className="sr-only">{about}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function exampleName(name: string): string {
  const [machine, number] = name.split(' ')
  if (machine === 'walk') return 'A walk that Xen printed'
  return `Oops ${number}, ${machine === 'xen' ? 'under Xen' : 'bare metal'}`
}

const Empty = () => (
  <div className="grid max-w-(--measure) gap-4">
    <p className="text-lead">
      One entry means one thing to the CPU, another to Linux, and yet another to an older one.
    </p>
    <p>
      Paste what your machine printed: an oops with its “PGD … PTE …” line, a walk that Xen printed, crash&rsquo;s vtop
      or pte, memory or page tables from gdb, drgn or QEMU, ranges of /sys/kernel/debug/page_tables, pagemap words, or
      entries of 64 bits in hexadecimal digits. Nothing is sent anywhere.
    </p>
  </div>
)

/** One entry, by everybody who reads it. */
function CasePart({ found, state }: { readonly found: Case; readonly state: ClinicState }) {
  const { diagnosis, fault, joined } = found
  const { subject, readings, differing, writer, machine, headline, cannotSay } = diagnosis
  const writers = readings.find(({ reader }) => reader === writer.value?.id)
  const kind = writers?.linux?.kind
  return (
    <article aria-label="The entry" className="clinic-case">
      <WordHead
        word={subject.word}
        reader={writer.value?.title ?? 'nobody known here'}
        frame={writers?.frame ?? null}
        flags={kind !== undefined && (holdsFrame(kind) || kind === 'empty')}
        byXen={xenBits(found)}
      />
      <p className="clinic-headline">{headline}</p>
      {cannotSay.length > 0 && (
        <div className="clinic-cannot">
          <h3>The word cannot say</h3>
          <ul>
            {cannotSay.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      )}
      {fault && joined && (
        <div className="clinic-fault">
          <h3>The fault{fault.address !== null && <code> {fault.address}</code>}</h3>
          <p>{joined.code && `Error code ${joined.code}.`}</p>
          {joined.sentences.map((sentence) => (
            <p key={sentence} data-sick={sentence === joined.sick}>
              {sentence}
            </p>
          ))}
        </div>
      )}
      <dl className="clinic-facts">
        <dt>Place</dt>
        <dd>{placeText(subject)}</dd>
        <dt>Machine</dt>
        <dd>
          {machineName(machine.value)}. {machine.why}
        </dd>
        <dt>Written by</dt>
        <dd>
          {writer.value?.title ?? 'not known'}. {writer.why}
        </dd>
      </dl>
      <div className="clinic-table-head">
        <h3 className="font-semibold">Who reads it, and how</h3>
        <RadioGroup
          label="The next"
          options={ACCESSES.map((value) => ({ value, label: noun(value) }))}
          value={state.access}
          onChange={setNextAccess}
        />
      </div>
      <ReaderTable
        readings={readings}
        differing={differing}
        writer={writer.value?.id ?? null}
        access={state.access}
        hrefOfRule={(rule) => `#/model?rule=${rule}`}
      />
      <p className="text-label text-ink-2">
        Marked rows: the answer is not that of the Linux that wrote the word. Faults are not looked up: a machine with
        this word in its table takes them, here.
      </p>
    </article>
  )
}

/** Bits of a present page's entry that Xen put there. */
function xenBits({ diagnosis: { subject, machine } }: Case): readonly number[] {
  return machine.value === 'xen' && hasXensGlobal(subject.word, subject) ? [8] : []
}

/** Finds that are no entries. */
function OtherFinds({ paste }: { readonly paste: Paste }) {
  const { ranges, pagemap } = paste
  if (ranges.length + pagemap.length === 0) return null
  const byXen = xenRanges(paste).length
  return (
    <section aria-label="Other finds" className="clinic-other">
      {ranges.length > 0 && (
        <p>
          {byXen > 0
            ? `${countText(byXen)} of ${countText(ranges.length)} stretches are a program’s and have bit 8: Xen PV wrote it (XA1).`
            : `No stretch of a program has bit 8, as on bare metal.`}
        </p>
      )}
      <ul>
        {pagemap.slice(0, SHOWN).map((found) => (
          <li key={found.from}>{pagemapText(found)}</li>
        ))}
        {ranges.slice(0, SHOWN).map((range) => (
          <li key={range.from}>
            <code>{`${anyAddress(range.start)} – ${anyAddress(range.end)}`}</code> {rangeText(range)}
          </li>
        ))}
      </ul>
      {Math.max(ranges.length, pagemap.length) > SHOWN && <p>And more; the command line shows all of them.</p>}
    </section>
  )
}

/** Finds that are no entries are drawn up to so many. */
const SHOWN = 60

const reportOf = (found: Case, summary: ListSummary | null): string =>
  summary ? `${listText(summary)}\n${caseText(found)}` : caseText(found)
