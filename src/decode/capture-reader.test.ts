import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '../arch/pte'
import { kindAt, type Capture } from './capture'
import { CaptureReader, readCapture, type CaptureResult } from './capture-reader'
import { UNKNOWN, wordAt } from './captured-entries'
import { MOST_ENTRIES } from './entry-line'

const HEAD = ['one-bit-two-names capture 2', 'platform bare', 'map 400000 600000 73 8000000000000025 /program']
const textOf = (lines: readonly string[], end = `end ${lines.length}`): string =>
  [...HEAD, ...lines, end, ''].join('\n')

function captureOf(result: CaptureResult): Capture {
  if (!result.ok) throw new Error(result.message)
  return result.captures[0]!
}
const wordsOf = ({ entries }: Capture): string[] =>
  Array.from({ length: entries.count }, (_, i) => toHex(wordAt(entries, i)).replace(/^0+(?=.)/, ''))
const addressesOf = ({ entries }: Capture): string[] => [...entries.address].map((address) => address.toString(16))

describe('entry lines', () => {
  it('give address, word, frame and counts; what is left out is unknown, a frame is taken from the word', () => {
    const { entries } = captureOf(readCapture(textOf(['PTE 400000 800000007fe1a025 7fe1a 1 2 1', 'PTE 0x401000 0x25'])))
    expect([...entries.address]).toEqual([0x400000, 0x401000])
    expect([...entries.frame]).toEqual([0x7fe1a, 0])
    expect([entries.mapcount[0], entries.references[0], entries.node[0]]).toEqual([1, 2, 1])
    expect([entries.mapcount[1], entries.references[1], entries.node[1]]).toEqual([UNKNOWN, UNKNOWN, UNKNOWN])
  })

  it('stand for neighbours whose frames step, in the word and beside it', () => {
    const capture = captureOf(readCapture(textOf(['PTE 400000 5025 5 1 2 0 x3+1', 'PTE 403000 9025 9 x2-2'], 'end 5')))
    expect(wordsOf(capture)).toEqual(['5025', '6025', '7025', '9025', '7025'])
    expect([...capture.entries.frame]).toEqual([5, 6, 7, 9, 7])
    expect(addressesOf(capture)).toEqual(['400000', '401000', '402000', '403000', '404000'])
  })

  it('step the other way in a word that holds its frame inverted', () => {
    const capture = captureOf(readCapture(textOf(['PTE 400000 ffffffffaf962 50 x2+1'], 'end 2')))
    expect(wordsOf(capture)).toEqual(['ffffffffaf962', 'ffffffffae962'])
    expect([...capture.entries.frame]).toEqual([0x50, 0x51])
  })

  it('are of a kind that follows from the word and its mapping', () => {
    const lines = [
      'PMD 400000 5067',
      'PTE 400000 0',
      'PTE 401000 5025',
      'PTE 402000 5120',
      'PTE 403000 7fffffffffbfe0a',
    ]
    const capture = captureOf(readCapture(textOf(lines)))
    const kinds = ['table', 'empty', 'present', 'numa-hint', 'swap-or-migration']
    expect(kinds.map((_, i) => kindAt(capture, i))).toEqual(kinds)
    const forbidden = textOf(['PTE 400000 5120']).replace(' 73 ', ' 70 ')
    expect(kindAt(captureOf(readCapture(forbidden)), 0)).toBe('prot_none-vma')
  })

  it('may have comments, empty lines and ends of lines from Windows between them', () => {
    const text = textOf(['# what follows', '', '  PTE 400000   5025'], 'end 1')
    expect(captureOf(readCapture(text.replaceAll('\n', '\r\n'))).entries.count).toBe(1)
  })
})

describe('what a recording leaves open', () => {
  const bare = 'one-bit-two-names capture 2\nPTE 400000 5025\nPTE 401000 6827\nPTE 500000 7025\nend 3\n'

  it('is assumed, and said to be', () => {
    const capture = captureOf(readCapture(bare))
    expect(capture.assumed).toEqual(['machine', 'mappings'])
    expect([capture.platform, capture.softDirty]).toEqual(['bare', true])
    expect(capture.vmas.map(({ start, end }) => [start, end])).toEqual([
      [0x400000, 0x402000],
      [0x500000, 0x501000],
    ])
  })

  it('a machine whose present user pages have bit 8 is Xen, and its frames are taken for the guest’s', () => {
    const capture = captureOf(readCapture(bare.replaceAll('025', '125').replace('827', '927')))
    expect([capture.platform, capture.assumed]).toEqual(['xen', ['machine', 'frames', 'mappings']])
  })
})

describe('a bare list of words', () => {
  it('is read with whatever stands between: blanks, commas, brackets, quotes, and what ends with a colon', () => {
    const capture = captureOf(readCapture('0x7ffe00:\t0x8000000062345165  8000000062346165,\n["62347165", 0]'))
    expect(wordsOf(capture)).toEqual(['8000000062345165', '8000000062346165', '62347165', '0'])
    expect(capture).toMatchObject({ platform: 'xen', assumed: ['addresses', 'machine', 'frames', 'mappings'] })
  })

  it('may be a single word', () => {
    expect(wordsOf(captureOf(readCapture('800000007fe1a025')))).toEqual(['800000007fe1a025'])
  })
})

describe('a text that cannot be read gives a message that says why and what to do', () => {
  const entry = 'PTE 400000 800000007fe1a025 7fe1a 1 2 1'
  const head = (line: string): string => textOf([entry]).replace('platform bare', line)
  const entryLine = (line: string): string => textOf([line])

  it.each([
    ['an empty text', '', 'no entry', 'Open a recording'],
    ['blanks alone', ' \n\n', 'no entry', 'Open a recording'],
    ['prose', 'hello', 'begins with “hello”', 'Open a recording'],
    ['a page of a web site', '<!doctype html>', 'begins with “<!doctype”', 'Open a recording'],
    ['JSON', '{"format":"something"}', 'begins with “{', 'Open a recording'],
    ['a program', '\x7fELF\x02\x01\0\0', 'no text', 'Open a recording'],
    ['bytes that are no text', 'one-bit-two-names capture 2\n\ufffd', 'no text', 'Open a recording'],
    [
      'a later version',
      head('platform bare').replace('capture 2', 'capture 3'),
      '“one-bit-two-names capture 3”',
      'Mend',
    ],
    ['another architecture', head('arch arm64'), 'Line 2: the architecture is “arm64”', 'x86-64'],
    ['another machine', head('platform kvm'), 'neither xen nor bare', 'Mend'],
    ['an unknown line', head('plattform bare'), '“plattform” is no word', 'Mend'],
    ['five levels', entryLine('P4D 0 5067'), 'none of PGD', 'four levels'],
    ['a word with rubbish', entryLine('PTE 400000 80000000zfe1a025'), '“80000000zfe1a025”', 'Mend'],
    ['a word of seventeen digits', entryLine('PTE 400000 10000000000000025'), 'no word of 1 to 16', 'Mend'],
    ['no word', entryLine('PTE 400000'), 'no word of 1 to 16', 'Mend'],
    ['an address inside of a page', entryLine('PTE 400800 25'), 'no address of a PTE', 'Mend'],
    ['a huge page’s address that is none', entryLine('PMD 401000 e7'), 'no address of a PMD', 'Mend'],
    ['an address of the kernel', entryLine('PTE ffff888000000000 25'), 'half that programs use', 'Leave the line out'],
    ['a page twice', textOf([entry, entry]), 'Line 5: it goes back', 'Mend'],
    ['a frame that its word denies', entryLine('PTE 400000 5025 6'), 'names another frame', 'Mend'],
    ['an inverted frame that is another', entryLine('PTE 400000 ffffffffaf962 51'), 'the inverse of another', 'Mend'],
    ['a frame of a swap entry', entryLine('PTE 400000 7fffffffffbfe0a 51'), 'names no frame', 'Mend'],
    ['a frame too long', entryLine('PTE 400000 5025 10000000000'), 'up to 10', 'Mend'],
    ['a count that is none', entryLine('PTE 400000 5025 5 many'), '“many” is no count', 'Mend'],
    ['a count below -1', entryLine('PTE 400000 5025 5 -2'), '“-2” is no count', 'Mend'],
    ['a field too many', entryLine('PTE 400000 5025 5 1 1 0 x1 7'), 'one field too many', 'Mend'],
    ['a run of none', entryLine('PTE 400000 5025 5 x0'), 'how many entries', 'Mend'],
    ['a run below the first frame', entryLine('PTE 400000 5025 5 x9-1'), 'out of memory', 'Mend'],
    ['a run of what names no frame', entryLine('PTE 400000 0 x9+1'), 'no frame that could step', 'Mend'],
    ['a run beyond the half', entryLine('PTE 7ffffffff000 0 x2'), 'beyond the half', 'Mend'],
    [
      'more entries than are read',
      entryLine(`PTE 400000 0 x${MOST_ENTRIES + 1}`),
      'more than 2,097,152',
      'a part of the process',
    ],
    ['an end that counts wrongly', textOf([entry], 'end 2'), '“2” entries, and 1 came', 'Mend'],
    ['what comes after the end', `${textOf([entry])}${entry}\n`, 'begins no other', 'Mend'],
    ['the same on a line without an end', `${textOf([entry])}more`, 'begins no other', 'Mend'],
    ['two beginnings', [...HEAD, ...HEAD, ''].join('\n'), 'before the last one has said its end', 'Mend'],
    ['a mapping over another', head('map 400000 401000 73 25 x'), 'before the last one of its kind', 'Mend'],
    ['a mapping of nothing', head('map 400000 400000 73 25 x'), 'a later one', 'Mend'],
    ['a mapping of the kernel', head('map 400000 ffff888000000000 73 25 x'), 'no address', 'Mend'],
    ['a line without an end', `${HEAD[0]}\n${'about x '.repeat(2_000)}`, 'longer than 10000', 'Mend'],
    ['a recording of nothing', textOf([]), 'no entry', 'Open a recording'],
    ['a list that goes wrong', '8000000062345165 62346165 hey', 'Word 3, “hey”', 'Paste entries'],
    ['words of 32 bits', '05a01067 05a02067\n05a03025', 'eight digits', 'sixteen digits'],
    ['entries of arm64', '00e8000043210f53 00e8000043211f53 0', 'arm64', 'x86-64'],
    ['entries of arm64 as a recording', entryLine('PTE 400000 e8000043210f53'), 'arm64', 'x86-64'],
  ])('%s', (_, text, reason, advice) => {
    const result = readCapture(text)
    expect(result).toMatchObject({ ok: false })
    if (result.ok) return
    expect(result.message).toContain(reason)
    expect(result.message.slice(result.message.indexOf(reason))).toContain(advice)
  })

  it('however long it goes on: nothing more is read after the first fault', () => {
    const reader = new CaptureReader()
    expect(reader.feed(textOf(['PTE 400000 what']))).toBe(false)
    expect(reader.feed('x'.repeat(1_000))).toBe(false)
    expect(reader.end()).toMatchObject({ ok: false })
  })

  it('a million lines of something else are refused at the first', () => {
    const reader = new CaptureReader()
    expect(reader.feed('some log line\n'.repeat(1_000_000))).toBe(false)
  })
})

const hexDigits = fc
  .array(fc.constantFrom(...'0123456789abcdef'), { minLength: 1, maxLength: 16 })
  .map((d) => d.join(''))
const noise = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.oneof(hexDigits, fc.constantFrom('PTE', 'PMD', 'end', 'map', ' ', '\n', 'x3+1', '-', '400000')))
    .map((parts) => parts.join(' ')),
)

describe('whatever the text', () => {
  it('reading returns: a recording, or a message', () => {
    fc.assert(
      fc.property(noise, fc.boolean(), (text, headed) => {
        const result = readCapture(headed ? `${HEAD.join('\n')}\n${text}` : text)
        expect(result.ok ? result.captures.length : result.message.length).toBeGreaterThan(0)
      }),
      { numRuns: 2_000 },
    )
  })

  it('it is the same in one piece and in many', () => {
    const rows = fc.array(fc.tuple(hexDigits, fc.constantFrom('', ' x1', '\r', ' - 1 2')), { maxLength: 30 })
    fc.assert(
      fc.property(rows, fc.boolean(), fc.array(fc.nat(40), { minLength: 1, maxLength: 60 }), (words, headed, cuts) => {
        const lines = words.map(([word, rest], i) => `PTE ${(0x400000 + i * 4096).toString(16)} ${word}${rest}`)
        const text = headed ? textOf(lines) : words.map(([word]) => word).join('\n')
        const reader = new CaptureReader()
        let at = 0
        for (let piece = 0; at < text.length; piece++) {
          const next = at + 1 + cuts[piece % cuts.length]!
          reader.feed(text.slice(at, next))
          at = next
        }
        expect(reader.end()).toEqual(readCapture(text))
      }),
      { numRuns: 500 },
    )
  })

  it('cut anywhere past its head it keeps every whole entry, or says that it has none', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `PTE ${(0x400000 + i * 4096).toString(16)} ${i + 1}025`)
    const text = textOf(lines)
    const begin = HEAD.join('\n').length + 1
    fc.assert(
      fc.property(fc.integer({ min: begin, max: text.trimEnd().length - 1 }), (length) => {
        const whole = Math.min(20, text.slice(begin, length).split('\n').length - 1)
        const result = readCapture(text.slice(0, length))
        if (whole === 0) {
          expect(result).toMatchObject({ ok: false })
          return
        }
        const said = whole === 1 ? '1 entry was' : `${whole} entries were`
        expect(result).toMatchObject({ ok: true, warning: expect.stringContaining(`${said} read whole`) })
        expect(wordsOf(captureOf(result))).toEqual(lines.slice(0, whole).map((line) => line.split(' ')[2]))
      }),
    )
  })
})
