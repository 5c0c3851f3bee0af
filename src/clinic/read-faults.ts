import type { PasteDraft } from './draft'
import { hexWord } from './hex-word'
import { numberAfter } from './read-levels'
import { isMark, type Token } from './tokens'

/** Lines of an oops, of a signal and of a trace that tell of a page fault. */
export function readFault(line: string, tokens: readonly Token[], draft: PasteDraft): boolean {
  return BEGINNINGS.some((begin) => begin(line, tokens, draft)) || DETAILS.some((detail) => detail(line, tokens, draft))
}

type LineReader = (line: string, tokens: readonly Token[], draft: PasteDraft) => boolean

/** The last number of a line: where the address stands in most messages. */
function lastNumber(tokens: readonly Token[]) {
  const token = tokens.at(-1)
  const number = token && hexWord(token.text)
  return number && typeof number !== 'string' ? { token, number } : null
}

const BEGINNINGS: readonly LineReader[] = [
  // BUG: unable to handle page fault for address: …; before 5.1 “kernel paging request at …”.
  (line, tokens, draft) => {
    if (
      !/unable to handle (?:kernel )?(?:page fault|paging request|NULL pointer)|kernel NULL pointer dereference/.test(
        line,
      )
    )
      return false
    draft.beginFault(tokens[0]!, { oops: true })
    const address = lastNumber(tokens)
    if (address) draft.faultAddress(address.token, address.number.word)
    return true
  },
  // ptprobe[149]: segfault at 7f41… ip … sp … error 7 in …
  (line, tokens, draft) => {
    if (!/\bsegfault at /.test(line)) return false
    draft.beginFault(tokens[0]!, { user: true })
    const address = numberAfter(tokens, 'at')
    const code = numberAfter(tokens, 'error')
    if (address) draft.faultAddress(address.token, address.number.word)
    if (code) draft.faultCode(code.token, code.number.word.lo)
    return true
  },
  // The tracepoints exceptions:page_fault_user and page_fault_kernel.
  (line, tokens, draft) => {
    const [, mode] = /\bpage_fault_(user|kernel):/.exec(line) ?? []
    if (!mode) return false
    draft.beginFault(tokens[0]!, { user: mode === 'user' })
    const address = numberAfter(tokens, 'address')
    const code = numberAfter(tokens, 'error_code')
    if (address) draft.faultAddress(address.token, address.number.word)
    if (code) draft.faultCode(code.token, code.number.word.lo)
    return true
  },
  // (XEN) d0v0 Unhandled: vec 14, #PF[0001]
  (line, tokens, draft) => {
    if (!/#PF\[[0-9a-f]{4}\]/.test(line)) return false
    const at = tokens.findIndex(({ text }) => text === 'PF')
    draft.beginFault(tokens[0]!, {})
    const token = tokens[at + 2]
    const number = token && hexWord(token.text)
    if (token && number && typeof number !== 'string') draft.faultCode(token, number.word.lo)
    return true
  },
]

const DETAILS: readonly LineReader[] = [
  (_line, tokens, draft) => {
    const at = tokens.findIndex(({ text }) => text === 'error_code')
    const token = isMark(tokens[at + 1], '(') ? tokens[at + 2] : undefined
    const number = at >= 0 && token ? hexWord(token.text) : null
    if (!token || !number || typeof number === 'string') return false
    draft.faultCode(token, number.word.lo)
    return true
  },
  // #PF: supervisor write access in kernel mode. The error code says all of it.
  (line) => /#PF: (?:supervisor|user) /.test(line),
  // Oops: 0003 [#2] PREEMPT SMP
  (line, tokens, draft) => {
    if (!/\bOops: /.test(line)) return false
    const at = tokens.findLastIndex(({ text }) => text === 'Oops')
    const token = tokens[at + 2]
    const number = token && hexWord(token.text)
    if (token && number && typeof number !== 'string' && number.digits <= 4) {
      draft.faultCode(token, number.word.lo)
      draft.faultOopsed()
    }
    return true
  },
  (_line, tokens, draft) => {
    const address = numberAfter(tokens, 'CR2') ?? numberAfter(tokens, 'cr2')
    if (!address) return false
    draft.faultAddress(address.token, address.number.word)
    readMachine(tokens, draft)
    return true
  },
]

/** [XB1] Code segments that only a PV guest runs in: Xen's own for a guest kernel in ring 3. */
const GUEST_SEGMENT = /^e03[03]$/i
const NATIVE_SEGMENT = /^0010$/

/** Which machine a line tells of: by the code segment of a kernel, or in Linux's own words at boot. */
export function readMachine(tokens: readonly Token[], draft: PasteDraft): boolean {
  if (draft.machine) return false
  const at = tokens.findIndex(({ text }) => text === 'RIP' || text === 'CS')
  const segment = tokens[at + 2]
  if (at < 0 || !segment || !isMark(tokens[at + 1], ':')) return false
  const guest = GUEST_SEGMENT.test(segment.text)
  if (!guest && !NATIVE_SEGMENT.test(segment.text)) return false
  draft.mark(segment, 'machine')
  draft.machine = {
    from: segment.from,
    to: segment.to,
    value: guest ? 'xen' : 'bare',
    why: guest
      ? `The kernel’s code segment is ${segment.text}, which Xen gives to a PV guest.`
      : 'The kernel’s code segment is 0010: bare metal, or a guest that is not Xen PV.',
  }
  return true
}

/** A kernel release: behind “Tainted”, “Not tainted” or “Linux version”. */
export function readRelease(line: string, tokens: readonly Token[], draft: PasteDraft): boolean {
  if (draft.release || /\bXen-\d/.test(line) || !/\b[Tt]ainted\b|\bLinux version /.test(line)) return false
  const token = tokens.find(({ text }) => /^[2-9]\.\d{1,2}\.\d{1,3}|^[3-9]\.\d{1,2}(?!\d)/.test(text))
  if (!token) return false
  draft.mark(token, 'release')
  draft.release = { from: token.from, to: token.to, value: token.text, why: `The text names Linux ${token.text}.` }
  return true
}
