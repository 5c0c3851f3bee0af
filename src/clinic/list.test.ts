import { describe, expect, test } from 'vitest'
import { fromHex } from '../arch/pte'
import { readCapture } from '../decode/capture-reader'
import recordings from '../decode/recordings.txt?raw'
import { anonymous } from './context'
import { listOf, NO_CHOICES } from './examine'
import { summarise, type Listed } from './list'
import { readPaste } from './read-paste'

const listed = (word: string, more: Partial<Listed> = {}): Listed => ({
  word: fromHex(word)!,
  level: 'PTE',
  asVal: false,
  address: null,
  vma: null,
  ...more,
})
const NOT_KNOWN = { machine: null, reader: null }
const odd = (list: readonly Listed[], known: Parameters<typeof summarise>[1] = NOT_KNOWN) =>
  summarise(list, known).oddities.map(({ id, entries }) => [id, ...entries])

describe('oddities', () => {
  test('present with bit 8: Xen PV, unless it is said to be bare metal [XA1]', () => {
    expect(odd([listed('8000000062345165'), listed('8000000062345067')])).toEqual([['xen', 0]])
    expect(odd([listed('8000000062345165')], { machine: 'bare', reader: null })).toEqual([['bare with bit 8', 0]])
  })

  test('a present user page that Xen has not marked yet [XS2]', () => {
    const marked = ['8000000062345165', '8000000062346165', '8000000062347165'].map((word) => listed(word))
    expect(odd([...marked, listed('8000000071e1f867')])).toEqual([
      ['xen', 0, 1, 2],
      ['not validated', 3],
    ])
  })

  test('PROTNONE: a hint where something is allowed, a guard where nothing is, else nobody knows', () => {
    expect(
      odd([
        listed('000fffff80100960', { vma: anonymous('r') }),
        listed('000fffff80100960', { vma: anonymous('') }),
        listed('000fffff80100960'),
        listed('000fffffc00f5962'),
      ]),
    ).toEqual([
      ['hint', 0, 3],
      ['prot_none', 1],
      ['hint or prot_none', 2],
    ])
  })

  test('what looks like swap with bit 8: no Linux writes it', () => {
    expect(odd([listed('07fffffffffbff0a')])).toEqual([['impossible', 0]])
    expect(odd([listed('07fffffffffbfe0a')])).toEqual([])
  })

  test('tables with bit 8, a guest kernel, pages that no program can use', () => {
    expect(
      odd([
        listed('7a1c5167', { level: 'PMD' }),
        listed('0010000071a07065'),
        listed('8000000012345063', { address: 0x1000 }),
      ]),
    ).toEqual([
      ['table with bit 8', 0],
      ['guest kernel', 1],
      ['foreign half', 2],
    ])
  })
})

describe('the recorded page tables, each as a list', () => {
  const { captures } = readCapture(recordings) as Extract<ReturnType<typeof readCapture>, { ok: true }>
  const pieces = recordings.split(/^(?=one-bit-two-names capture)/m)

  test.each(captures.map((capture, index) => [capture.name, capture, pieces[index]!] as const))(
    '%s',
    (_, capture, text) => {
      const { machine, oddities, rows, quadrants } = listOf(readPaste(text), NO_CHOICES)
      expect(machine).toBe(capture.platform)
      expect(rows).toHaveLength(capture.entries.count)
      const ids = oddities.map(({ id }) => id)
      expect(ids).not.toContain('impossible')
      expect(ids).not.toContain('table with bit 8')
      // With its mappings a recording leaves no question open.
      expect(ids).not.toContain('hint or prot_none')
      if (capture.platform === 'bare') {
        expect(quadrants[3]).toBe(0)
        expect(ids).not.toContain('xen')
      } else if (capture.pinned) expect(quadrants[2]).toBe(0)
      else expect(ids).toContain('not validated')
    },
  )
})
