import { describe, expect, test } from 'vitest'
import { toHex } from '../arch/pte'
import { examine, firstEntry, NO_CHOICES, type Case } from './examine'
import { readPaste } from './read-paste'
import { samplesIn } from './samples'
import text from './samples.txt?raw'

const SAMPLES = samplesIn(text)
const caseOf = (name: string): Case => {
  const paste = readPaste(SAMPLES.find((sample) => sample.name === name)!.text)
  return examine(paste, firstEntry(paste), NO_CHOICES)
}

/** What each of the five was done to, and what its last entry has to be. */
const EXPECTED = [
  ['a page that mprotect shut', 'shut', 'shut', 0x0],
  ['a read-only page', 'page', 'page', 0x3],
  ['an address where nothing is mapped', 'empty', 'empty', 0x0],
  ['address 0', 'empty', 'empty', 0x0],
  ['the text of the kernel', 'page', 'huge page', 0x3],
] as const

describe('the recorded oopses', () => {
  test('are five on each machine, and a walk', () => {
    expect(SAMPLES.map(({ name }) => name)).toEqual([
      ...[1, 2, 3, 4, 5].map((index) => `xen ${index}`),
      ...[1, 2, 3, 4, 5].map((index) => `bare ${index}`),
      'walk 1',
    ])
  })

  for (const machine of ['xen', 'bare'] as const) {
    for (const [index, [what, onXen, onBare, code]] of EXPECTED.entries()) {
      test(`${machine} ${index + 1}, ${what}: machine, kernel, fault and entry`, () => {
        const { diagnosis, fault, entry } = caseOf(`${machine} ${index + 1}`)
        expect(diagnosis.machine.value).toBe(machine)
        expect(diagnosis.writer.value?.id).toBe('6.1')
        expect(fault?.code).toBe(code)
        expect(entry.asVal).toBe(true)
        const reading = diagnosis.readings.find(({ reader }) => reader === '6.1')!
        expect(reading.linux?.kind).toBe(machine === 'xen' ? onXen : onBare)
      })
    }
  }

  test('the same read-only page is told apart on the two machines by bit 8 alone [XA1] [XS3]', () => {
    const [xen, bare] = [caseOf('xen 2').diagnosis, caseOf('bare 2').diagnosis]
    expect([xen, bare].map(({ subject }) => subject.word.lo & 0xfff)).toEqual([0x965, 0x865])
    expect([xen.quadrant, bare.quadrant]).toEqual([3, 2])
    const misread = (diagnosis: Case['diagnosis']) => diagnosis.differing
    expect(misread(xen)).toEqual(['8a05', 'rc0'])
    expect(misread(bare)).toEqual([])
  })

  test('and the write to it would never have ended on the kernels without the fix, under Xen and only there', () => {
    expect(caseOf('xen 2').joined!.endless).toEqual([
      { reader: '8a05', machine: 'xen' },
      { reader: 'rc0', machine: 'xen' },
    ])
    expect(caseOf('bare 2').joined!.endless).toEqual([])
    expect(caseOf('xen 2').joined!.sentences.join(' ')).toContain(
      'never end under Xen PV on 8a0516ed and Linux 3.20-rc0',
    )
  })

  test('a shut page names its frame inverted, on both machines', () => {
    for (const [name, word, frame] of [
      ['xen 1', '000ffffffe1f8960', 0x1e07],
      ['bare 1', '000fffffbd8fd960', 0x42702],
    ] as const) {
      const { subject, readings, cannotSay } = caseOf(name).diagnosis
      expect(toHex(subject.word)).toBe(word)
      expect(readings.find(({ reader }) => reader === '6.1')!.frame).toMatchObject({ number: frame, inverted: true })
      expect(cannotSay[0]).toContain('NUMA hint, or mprotect')
    }
  })

  test('a page of a guest kernel has bit 52, and a program of a PV guest does not find it [XA1] [PF1]', () => {
    const { headline, readings } = caseOf('xen 5').diagnosis
    expect(headline).toContain('Bit 52')
    const read = (name: string) => caseOf(name).diagnosis.readings[0]!.next[0]!.answers[0]!.errors
    expect([read('xen 5'), read('bare 5')]).toEqual([[0x4], [0x5]])
    expect(readings.find(({ reader }) => reader === '6.1')!.next[1]!.answers[0]!.end).toBe('sigsegv')
  })

  test('the walk tells both numbers of a frame', () => {
    const { readings, subject } = caseOf('walk 1').diagnosis
    expect(subject.machine).toBe('xen')
    expect(readings.find(({ reader }) => reader === 'xen')!.frame).toMatchObject({ number: 0x72a03, countedBy: 'MFN' })
    expect(readings.find(({ reader }) => reader === '6.1')!.frame).toMatchObject({ number: 0x2a03, countedBy: 'PFN' })
  })
})
