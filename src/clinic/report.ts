import { has, PRESENT, toHex } from '../arch/pte'
import { addressText, TASK_SIZE_MAX } from '../arch/vaddr'
import { noun } from '../trace/access-sentences'
import { vmaText } from './context'
import { patIndex, isPageToCpu } from './entry-kind'
import type { Case } from './examine'
import type { NextAnswer, NextTouch, Subject } from './next-touch'
import type { ReadFrame, Reading } from './reading'
import { answerText, quadrantText } from './say'
import { machineName, onMachine } from './words'

/** An address of either half. */
export const anyAddress = (address: number): string =>
  address < TASK_SIZE_MAX + 2 ** 12 ? addressText(address) : `0x${BigInt(address).toString(16)}`

/** `PFN 7feff, inverted`; a dash where there is none. */
export function frameText(frame: ReadFrame | null): string {
  if (!frame) return '–'
  const name = frame.countedBy === 'frame' ? 'PFN or MFN' : frame.countedBy
  return `${name} ${frame.number.toString(16)}${frame.inverted ? ', inverted' : ''}`
}

/** An answer with the circumstances that it hangs on. */
const answerLine = (answer: NextAnswer): string =>
  answer.when.length > 0 ? `${answerText(answer)} [${answer.when.join('; ')}]` : answerText(answer)

/** `write: #PF 0x7, do_wp_page, done`. */
const touchLines = ({ access, answers }: NextTouch): readonly string[] =>
  answers.map((answer) => `${noun(access)}: ${answerLine(answer)}`)

/** Where an entry stands and what is known of it, in one line. */
export function placeText({ level, address, vma, machine }: Subject): string {
  return [
    level,
    address === null ? '' : `at ${anyAddress(address)}`,
    onMachine(machine),
    vma === 'none' ? 'no mapping' : vma ? `mapping ${vmaText(vma)}` : 'mapping not known',
  ]
    .filter(Boolean)
    .join(', ')
}

/** What is said of one entry, as text for a mail or a bug report. */
export function caseText({ diagnosis, fault, joined }: Case): string {
  const { subject, cannotSay, headline, readings, differing, machine, writer } = diagnosis
  const lines = [
    `${toHex(subject.word)}  (${placeText(subject)})`,
    `  ${quadrantText(subject.word.lo)}`,
    ...cannotSay.map((text) => `  The word cannot say: ${lowered(text)}`),
    `  ${headline}`,
    `  Machine: ${machineName(machine.value)}. ${machine.why}`,
    `  Written by: ${writer.value?.title ?? 'not known'}. ${writer.why}`,
    ...(isPageToCpu(subject.level, subject.word) && has(subject.word, PRESENT)
      ? [`  Memory type: entry ${patIndex(subject.level, subject.word)} of the PAT.`]
      : []),
    ...(fault && joined ? faultLines(fault.address, joined) : []),
    '',
    ...readings.flatMap((reading) => readingLines(reading, differing.includes(reading.reader))),
  ]
  return `${lines.join('\n')}\n`
}

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

function faultLines(address: string | null, { code, sentences }: NonNullable<Case['joined']>): readonly string[] {
  return [
    `  Fault${address === null ? '' : ` at ${address}`}${code ? `, error code ${code}` : ''}`,
    ...sentences.map((sentence) => `    ${sentence}`),
  ]
}

/** One reader's answer; a star where it is not that of the Linux that wrote the entry. */
function readingLines(reading: Reading, differs: boolean): readonly string[] {
  const { title, mapped, bit8, frame, next, notes, rules } = reading
  return [
    `${differs ? '*' : ' '} ${title}: ${mapped}; bit 8: ${bit8}; frame: ${frameText(frame)}  (${rules.join(', ')})`,
    ...next.flatMap(touchLines).map((line) => `      ${line}`),
    ...notes.map((note) => `      ${note}`),
  ]
}

/** What the star says. */
export const STAR = '* This reader’s answer is not that of the Linux that wrote the entry.'
