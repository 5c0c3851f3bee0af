import { toHex } from '../src/arch/pte'
import { vmaFrom } from '../src/clinic/context'
import { ENTRY_LEVELS, type EntryLevel } from '../src/clinic/entry-kind'
import { examine, isLong, listOf, NO_CHOICES, type Case, type Choices } from '../src/clinic/examine'
import { listText } from '../src/clinic/list-report'
import { pagemapText, rangeText } from '../src/clinic/other-finds'
import type { Paste } from '../src/clinic/paste'
import { readPaste } from '../src/clinic/read-paste'
import { LINUX_READERS, linuxReader } from '../src/clinic/readers'
import { caseText, STAR } from '../src/clinic/report'

const USAGE = `Usage: npm run --silent decode -- [--json] [--list] [--level PTE] [--machine bare|xen] [--linux ID] [--vma rw] WORD…
Without a word the text is read from stdin. IDs: ${LINUX_READERS.map(({ id }) => id).join(' ')}.`

interface Options extends Choices {
  readonly json: boolean
  readonly list: boolean
  readonly words: readonly string[]
}

/** What the command says, and its exit status: 0 if an entry was found, 1 if none was, 2 if it was called wrongly. */
export function decode(
  args: readonly string[],
  stdin: () => string,
): { readonly status: number; readonly text: string } {
  const options = optionsOf(args)
  if (typeof options === 'string') return { status: 2, text: `${options}\n${USAGE}` }
  const paste = readPaste(options.words.length > 0 ? options.words.join('\n') : stdin())
  const found = paste.entries.length + paste.ranges.length + paste.pagemap.length
  const asList = options.list || isLong(paste)
  const text = options.json ? jsonText(paste, options, asList) : plainText(paste, options, asList)
  return { status: found > 0 ? 0 : 1, text }
}

function optionsOf(args: readonly string[]): Options | string {
  let options: Options = { ...NO_CHOICES, json: false, list: false, words: [] }
  const rest = [...args]
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (!arg.startsWith('--')) options = { ...options, words: [...options.words, arg] }
    else if (arg === '--json') options = { ...options, json: true }
    else if (arg === '--list') options = { ...options, list: true }
    else {
      const value = rest.shift() ?? ''
      const choice = choiceOf(arg, value)
      if (typeof choice === 'string') return choice
      options = { ...options, ...choice }
    }
  }
  return options
}

function choiceOf(name: string, value: string): Partial<Choices> | string {
  if (name === '--level') {
    const level = ENTRY_LEVELS.find((each) => each === value.toUpperCase()) as EntryLevel | undefined
    return level ? { level } : `${value} is no level.`
  }
  if (name === '--machine')
    return value === 'bare' || value === 'xen' ? { machine: value } : `${value} is neither bare nor xen.`
  if (name === '--linux') return linuxReader(value) ? { linux: value } : `${value} is no Linux known here.`
  if (name === '--vma') {
    const vma = vmaFrom(value)
    return vma ? { vma } : `${value} are no rights of a mapping.`
  }
  return `${name} is no option.`
}

const casesOf = (paste: Paste, options: Options): readonly Case[] =>
  paste.entries.map((_, index) => examine(paste, index, options))

function plainText(paste: Paste, options: Options, asList: boolean): string {
  const cases = asList ? [] : casesOf(paste, options)
  const parts = [
    ...(asList && paste.entries.length > 0 ? [listText(listOf(paste, options))] : []),
    ...cases.map(caseText),
    ...(cases.some(({ diagnosis }) => diagnosis.differing.length > 0) ? [`${STAR}\n`] : []),
    ...paste.pagemap.map((found) => `${toHex(found.word)}  ${pagemapText(found)}\n`),
    ...paste.ranges.map((range) => `${range.start.toString(16)}-${range.end.toString(16)}  ${rangeText(range)}\n`),
    ...paste.messages.map(({ text }) => `${text}\n`),
  ]
  return parts.join('\n')
}

function jsonText(paste: Paste, options: Options, asList: boolean): string {
  const { entries, ranges, pagemap, faults, messages, release, machine } = paste
  const summary = asList ? listOf(paste, options) : null
  const value = {
    release: release?.value ?? null,
    machine: machine?.value ?? null,
    faults,
    entries: asList
      ? entries.map((entry, index) => ({ ...placeOf(entry), ...summary!.rows[index]! }))
      : casesOf(paste, options).map(({ entry, diagnosis, joined }) => ({
          ...placeOf(entry),
          machine: diagnosis.machine,
          writer: { value: diagnosis.writer.value?.id ?? null, why: diagnosis.writer.why },
          headline: diagnosis.headline,
          cannotSay: diagnosis.cannotSay,
          readings: diagnosis.readings,
          differing: diagnosis.differing,
          fault: joined,
        })),
    ...(summary ? { kinds: summary.kinds, flags: summary.flags, oddities: summary.oddities } : {}),
    pagemap: pagemap.map((found) => ({ word: toHex(found.word), says: pagemapText(found) })),
    ranges: ranges.map((range) => ({ start: range.start, end: range.end, says: rangeText(range) })),
    messages,
  }
  return `${JSON.stringify(value, null, 2)}\n`
}

const placeOf = ({ word, level, address, asVal, pfn, kind }: Paste['entries'][number]) => ({
  word: toHex(word),
  level,
  address,
  asVal,
  pfn,
  kind,
})
