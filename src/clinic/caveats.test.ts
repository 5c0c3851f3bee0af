import { describe, expect, test } from 'vitest'
import { fromHex } from '../arch/pte'
import { diagnose } from './diagnosis'
import type { EntryLevel } from './entry-kind'
import { examine, firstEntry, NO_CHOICES } from './examine'
import { readPaste } from './read-paste'
import { linuxReader } from './readers'
import samples from './samples.txt?raw'
import { samplesIn } from './samples'
import type { MachineId } from '../machine/platforms'

const read = (word: string, writer: string, machine: MachineId | null = null, level: EntryLevel = 'PTE') =>
  diagnose(
    { word: fromHex(word)!, level, asVal: false, address: null, machine: null, vma: null },
    { machine, writer: linuxReader(writer)! },
  )
const notesTo = (id: string, { readings }: ReturnType<typeof read>) =>
  readings.find(({ reader }) => reader === id)!.notes.join(' ')

describe('what holds in some places only says in which', () => {
  test('a hint of 3.8 to 3.14.4 keeps the machine’s frame; since then it is translated [NH3]', () => {
    expect(notesTo('3.14', read('12345160', '3.14', 'xen'))).toContain('Since 3.14.5 and 3.15')
    expect(notesTo('3.14', read('12345160', '3.14', 'bare'))).not.toContain('3.14.5')
    expect(read('12345160', '3.14', 'xen').cannotSay.join()).not.toContain('the guest’s own number')
  })

  test('of bit 8 in a PGD entry nothing is said that holds for one make of CPU alone', () => {
    const root = read('7a1c5167', '6.1', 'bare', 'PGD')
    expect(root.headline).toBe('Leads to a table of the next level.')
    expect(root.readings[0]).toMatchObject({ reader: 'cpu', bit8: 'depends on the CPU' })
    expect(notesTo('cpu', root)).toContain('AMD reserves bit 8')
    expect(notesTo('cpu', read('7a1c5067', '6.1', 'bare', 'PGD'))).not.toContain('AMD')
    for (const { next } of root.readings) expect(next.flatMap(({ answers }) => answers)).toEqual([])
    expect(read('7a1c5167', '6.1', 'bare', 'PMD').readings[0]!.bit8).toBe('ignored')
  })

  test('bit 7 of a PGD entry is reserved on every CPU [HW3]', () => {
    const [cpu] = read('7a1c50e7', '6.1', 'bare', 'PGD').readings
    expect(cpu!.next.map(({ answers }) => answers.flatMap(({ errors }) => errors))).toEqual([[0xd], [0xf], [0x1d]])
  })

  test('GLOBAL needs CR4.PGE', () => {
    for (const machine of ['xen', 'bare'] as const)
      expect(read('8000000062345165', '6.1', machine).headline).toContain('To a CPU with CR4.PGE bit 8 is GLOBAL')
  })

  test('which frame it is, is a question under Xen alone', () => {
    const asked = (word: string, machine: MachineId | null) =>
      read(word, '4.0', machine).cannotSay.filter((text) => text.includes('frame it is'))
    for (const [word, machine] of [
      ['12345160', null],
      ['12345160', 'xen'],
      ['8000000062345165', 'xen'],
    ] as const) {
      expect(asked(word, machine), word).toHaveLength(1)
      expect(asked(word, machine)[0], word).toMatch(/^Under Xen, /)
    }
    expect(asked('12345160', 'bare')).toEqual([])
  })

  test('a note has soft-dirty: it has no flag of the CPU’s', () => {
    expect(read('07fffffffffbfe0a', '6.1').headline).toContain('No bit here is a flag of the CPU’s.')
  })
})

describe('an oops is told of where one was printed', () => {
  const OOPSED = 'An oops was printed'
  const said = (text: string) => {
    const paste = readPaste(text)
    return examine(paste, firstEntry(paste), NO_CHOICES).joined!.sentences.join(' ')
  }

  test('a recorded oops', () => {
    expect(said(samplesIn(samples).find(({ name }) => name === 'xen 2')!.text)).toContain(OOPSED)
  })

  test.each([
    ['a trace', 'sh-1 [000] page_fault_kernel: address=0x7f32f1b6d000 ip=0x1 error_code=0x3'],
    ['Xen', '(XEN) d0v0 Unhandled: vec 14, #PF[0003]'],
  ])('%s prints none', (_, line) => {
    const sentences = said(`${line}\nPTE 80000000032e2965`)
    expect(sentences).toContain('error code agree')
    expect(sentences).not.toContain(OOPSED)
  })
})
