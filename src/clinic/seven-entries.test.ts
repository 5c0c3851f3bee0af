import { describe, expect, test } from 'vitest'
import { fromHex, pte, withFrame } from '../arch/pte'
import { migrationEntry } from '../kernel/migration-entry'
import { v4_0, v6_1 } from '../kernel/variants'
import { anonymous, type Vma } from './context'
import { diagnose, type Diagnosis } from './diagnosis'
import type { EntryLevel } from './entry-kind'
import { linuxReader } from './readers'
import { answerText } from './say'
import type { MachineId } from '../machine/platforms'

interface Asked {
  readonly level?: EntryLevel
  readonly machine?: MachineId
  readonly vma?: Vma
  readonly writer?: string
}

function read(word: string, { level = 'PTE', machine, vma, writer }: Asked = {}): Diagnosis {
  const subject = { word: fromHex(word)!, level, asVal: false, address: null, machine: null, vma: vma ?? null }
  return diagnose(subject, { machine: machine ?? null, writer: writer ? linuxReader(writer)! : null })
}

const by = ({ readings }: Diagnosis, id: string) => readings.find(({ reader }) => reader === id)!

/** One column of the table of readers, by their ids. */
const column = <T>(diagnosis: Diagnosis, pick: (reading: Diagnosis['readings'][number]) => T) =>
  Object.fromEntries(diagnosis.readings.map((reading) => [reading.reader, pick(reading)]))

const next = (diagnosis: Diagnosis, id: string, access: 'read' | 'write' | 'exec'): readonly string[] =>
  by(diagnosis, id)
    .next.find((each) => each.access === access)!
    .answers.map(answerText)

const OLD = { '3.7': 'yes, but shut', '3.14': 'yes, but shut', '3.19': 'yes, but shut' }
const SHUT = {
  ...OLD,
  '8a05': 'yes, but shut',
  rc0: 'yes, but shut',
  '4.0': 'yes, but shut',
  '4.19': 'yes, but shut',
  '6.1': 'yes, but shut',
  '6.13': 'yes, but shut',
}

describe('a hinted entry, as recorded on 6.1 [PT2] [PT6] [NF1]', () => {
  const hinted = read('000fffffc00f5962')

  test('what each reader calls it', () => {
    expect(column(hinted, ({ mapped }) => mapped)).toEqual({ cpu: 'no', xen: 'not checked', ...SHUT })
    expect(column(hinted, ({ bit8 }) => bit8)).toMatchObject({
      cpu: 'not read',
      xen: 'ignored',
      '3.19': 'PROTNONE',
      rc0: 'PROTNONE',
      '6.1': 'PROTNONE',
    })
  })

  test('its RW says that it is no mprotect: nothing has to be guessed', () => {
    expect(hinted.writer.value?.id).toBe('6.1')
    expect(by(hinted, '6.1').linux!.shutBy).toBe('hint')
    expect(hinted.cannotSay.join()).not.toContain('mprotect')
    // Before write permission was kept, a scanner left no RW.
    expect(by(hinted, 'rc0').linux!.shutBy).toBe('nobody')
  })

  test('the frame is inverted since 4.19, and a reader before that finds another', () => {
    const frames = column(hinted, ({ frame }) => frame?.number ?? null)
    for (const id of ['4.19', '6.1', '6.13']) expect(frames[id], id).toBe(0x3ff0a)
    for (const id of ['3.7', '3.14', '3.19', 'rc0', '4.0']) expect(frames[id], id).toBe(0x3fffc00f5)
    expect(hinted.differing).toEqual(['3.7', '3.14', '3.19', '8a05', 'rc0', '4.0'])
  })

  test('the next touch: one fault, mended', () => {
    expect(next(hinted, '6.1', 'read')).toEqual(['#PF 0x4, do_numa_page, done'])
    expect(next(hinted, '6.1', 'write')).toEqual(['#PF 0x6, do_numa_page, done'])
    expect(next(hinted, 'cpu', 'write')).toEqual(['#PF 0x6'])
  })
})

describe('an mprotect guard, as recorded on 6.1 [PT3] [PF3]', () => {
  test('bit for bit a hint of a read-only mapping: that is said first', () => {
    const guard = read('000fffff80100960')
    expect(guard.cannotSay[0]).toContain('NUMA hint, or mprotect(PROT_NONE)? Only the mapping knows')
    expect(by(guard, '6.1').frame).toMatchObject({ number: 0x7feff, inverted: true, countedBy: 'PFN' })
    // Where a hint is a bit of its own, the word says it.
    expect(by(guard, '3.19').linux!.shutBy).toBe('mprotect')
    expect(by(guard, '3.7').linux!.shutBy).toBe('mprotect')
  })

  test('with its mapping: SIGSEGV after one fault, whoever reads', () => {
    const guard = read('000fffff80100960', { vma: anonymous('') })
    expect(by(guard, '6.1').linux!.shutBy).toBe('mprotect')
    for (const id of ['3.19', 'rc0', '4.0', '4.19', '6.1', '6.13']) {
      expect(next(guard, id, 'read'), id).toEqual(['#PF 0x4, SIGSEGV'])
      expect(next(guard, id, 'write'), id).toEqual(['#PF 0x6, SIGSEGV'])
    }
  })

  test('in a mapping that allows reading it is a hint', () => {
    const hint = read('000fffff80100960', { vma: anonymous('r') })
    expect(by(hint, '6.1').linux!.shutBy).toBe('hint')
    expect(next(hint, '6.1', 'read')).toEqual(['#PF 0x4, do_numa_page, done'])
    expect(hint.headline).toContain('NUMA scanner')
  })
})

describe('a swap entry, as recorded on 6.1 [SW1] [SW2]', () => {
  const swapped = read('07fffffffffbfe0a')

  test('device, slot and marks, as each layout has them', () => {
    expect(by(swapped, '6.1').linux!.fields).toMatchObject({
      what: 'swap',
      type: 0,
      offset: 0x200,
      softDirty: true,
      exclusive: true,
    })
    expect(by(swapped, '6.1').mapped).toBe('no: in swap')
    expect(by(swapped, '3.7').linux!.fields).toMatchObject({ what: 'not known' })
    // Bit 9 is a hint to 3.19: part of the offset to all others.
    expect(by(swapped, '3.19').linux!.kind).toBe('hint by bit 9')
  })

  test('written since 4.19: no other layout gives a slot that exists', () => {
    expect(swapped.writer.value?.id).toBe('6.1')
    expect(swapped.differing).toEqual(['3.7', '3.14', '3.19', '8a05', 'rc0', '4.0'])
  })

  test('the next read brings it back, a fetch finds NX', () => {
    expect(next(swapped, '6.1', 'read')).toContain('#PF 0x4, do_swap_page, done')
    expect(next(swapped, '6.1', 'exec')).toContain('#PF 0x14, then 0x15, do_swap_page, SIGSEGV')
  })
})

describe('a user entry of a Xen PV guest [XA1] [HF3]', () => {
  const entry = read('8000000062345165')

  test('says its machine, and which readers misread it', () => {
    expect(entry.machine).toMatchObject({ value: 'xen' })
    expect(entry.headline).toContain('Xen added bit 8')
    expect(entry.differing).toEqual(['8a05', 'rc0'])
    expect(column(entry, ({ bit8 }) => bit8)).toEqual({
      cpu: 'GLOBAL',
      xen: 'GLOBAL, which it adds itself',
      '3.7': 'GLOBAL',
      '3.14': 'GLOBAL',
      '3.19': 'GLOBAL',
      '8a05': 'PROTNONE, wrongly',
      rc0: 'PROTNONE, wrongly',
      '4.0': 'GLOBAL',
      '4.19': 'GLOBAL',
      '6.1': 'GLOBAL',
      '6.13': 'GLOBAL',
    })
  })

  test('its frame is the machine’s', () => {
    expect(by(entry, '4.0').frame).toMatchObject({ number: 0x62345, countedBy: 'MFN', inverted: false })
    expect(entry.cannotSay.join()).toContain('guest frame')
  })

  test('a write loops on the two kernels that misread it, where the mapping allows writes', () => {
    const writable = read('8000000062345165', { vma: anonymous('rw') })
    const writes = Object.fromEntries(
      ['3.7', '3.14', '3.19', '8a05', 'rc0', '4.0', '4.19', '6.1', '6.13'].map((id) => [
        id,
        next(writable, id, 'write'),
      ]),
    )
    for (const id of ['8a05', 'rc0']) expect(writes[id], id).toEqual(['#PF 0x7, do_numa_page, and again, for ever'])
    for (const id of ['3.7', '3.14', '3.19', '4.0', '4.19', '6.1', '6.13'])
      expect(
        writes[id]!.every((text) => text.startsWith('#PF 0x7, do_wp_page') && text.endsWith('done')),
        id,
      ).toBe(true)
    const readOnly = read('8000000062345165', { vma: anonymous('r') })
    for (const id of ['rc0', '6.1']) expect(next(readOnly, id, 'write'), id).toEqual(['#PF 0x7, SIGSEGV'])
  })

  test('the zero page: a BUG at the commit of the bisection, a loop after it [NF4] [PT9]', () => {
    const zero = read('8000000051a00325', { vma: anonymous('rw') })
    expect(next(zero, '8a05', 'write')).toEqual(['#PF 0x7, do_numa_page, BUG, the task dies'])
    expect(next(zero, 'rc0', 'write')).toEqual(['#PF 0x7, do_numa_page, not counted, and again, for ever'])
    expect(next(zero, '4.0', 'write')).toEqual(['#PF 0x7, do_wp_page, copied, done'])
  })
})

describe('an entry of a guest kernel, bit 52 [XA1]', () => {
  const entry = read('0010000071a07065')

  test('is no program’s, though it has USER', () => {
    expect(entry.machine.value).toBe('xen')
    expect(entry.headline).toContain('of the kernel')
    expect(by(entry, 'xen').bit8).toContain('guest kernel')
    expect(entry.differing).toEqual([])
    for (const id of ['rc0', '6.1']) expect(next(entry, id, 'read'), id).toEqual(['#PF 0x4, SIGSEGV'])
  })
})

describe('a huge page, as recorded on 6.1 [HP1] [PM2]', () => {
  test('open: by its PMD, on bare metal only', () => {
    const open = read('80000000736008e7', { level: 'PMD' })
    expect(open.machine).toMatchObject({ value: 'bare', why: expect.stringContaining('HP1') })
    expect(by(open, '6.1').frame).toMatchObject({ number: 0x73600, countedBy: 'PFN' })
    expect(by(open, 'cpu').mapped).toBe('yes')
    expect(next(open, '6.1', 'write')).toEqual(['passes'])
    expect(next(open, '6.1', 'exec')).toEqual(['#PF 0x15, SIGSEGV'])
  })

  test('hinted: its frame inverted, aligned to 2 MB', () => {
    const hinted = read('000fffff8ca009e2', { level: 'PMD' })
    expect(by(hinted, '6.1').frame).toMatchObject({ number: 0x73400, inverted: true })
    expect(by(hinted, '6.1').linux).toMatchObject({ kind: 'shut huge', shutBy: 'hint' })
    expect(next(hinted, '6.1', 'write')).toContain('#PF 0x6, do_huge_pmd_numa_page, done')
  })

  test('bit 12 of it is PAT and no frame', () => {
    expect(by(read('80000000736018e7', { level: 'PMD' }), 'cpu').frame!.number).toBe(0x73600)
  })
})

describe('a page on the move [MI1]', () => {
  const OLD_ENTRY = withFrame(pte(0x865, 0x8000_0000), 0x12345)
  const hex = (word: { lo: number; hi: number }) =>
    word.hi.toString(16).padStart(8, '0') + word.lo.toString(16).padStart(8, '0')

  test('since 6.1: its frame, and whoever touches it waits', () => {
    const moving = read(hex(migrationEntry(v6_1, 0x12345, OLD_ENTRY)))
    expect(moving.writer.value?.id).toBe('6.1')
    expect(by(moving, '6.1').linux!.fields).toMatchObject({ what: 'migration', frame: 0x12345 })
    expect(by(moving, '6.1').mapped).toBe('on the move')
    expect(next(moving, '6.1', 'read')).toEqual([
      '#PF 0x4, do_swap_page, waits until the page has moved',
      // In a mapping that allows nothing.
      '#PF 0x4, SIGSEGV',
    ])
    expect(by(moving, '6.13').notes.join()).toContain('not known')
  })

  test('in 2015', () => {
    const moving = read(hex(migrationEntry(v4_0, 0x12345, OLD_ENTRY)), { writer: '4.0' })
    for (const id of ['rc0', '4.0'])
      expect(by(moving, id).linux!.fields, id).toMatchObject({ what: 'migration', frame: 0x12345 })
    const writable = read(hex(migrationEntry(v4_0, 0x12345, OLD_ENTRY)), { writer: '4.0', vma: anonymous('rw') })
    expect(next(writable, '4.0', 'write')).toEqual(['#PF 0x6, do_swap_page, waits until the page has moved'])
  })
})
