import { expect, test } from 'vitest'
import { toHex } from '../arch/pte'
import { kernelById } from '../kernel/variants'
import { leafOf, Machine } from '../machine/machine'
import { PLATFORMS } from '../machine/platforms'
import { parseLink } from '../trace/link'
import { outcomeAt } from '../trace/outcome'
import { replay } from '../trace/replay'
import { wordsAt } from '../trace/tape'
import { examine, firstEntry, NO_CHOICES, type Choices } from './examine'
import { labWay, labWordId, labWordOf, labWordScenario } from './lab-word'
import { readPaste } from './read-paste'
import { linuxReader } from './readers'
import { samplesIn } from './samples'
import samples from './samples.txt?raw'

const OOPS = samplesIn(samples).find(({ name }) => name === 'xen 2')!.text

/** The link of a text's first entry, carried out as the Lab does. */
function opened(text: string, choices: Choices = NO_CHOICES) {
  const paste = readPaste(text)
  const { link } = labWay(examine(paste, firstEntry(paste), choices), null)
  const id = /[?&]s=([^&]*)/.exec(link!)![1]!
  const { state, messages } = parseLink(link!, { scenarios: [id] })
  expect(messages).toEqual([])
  const scenario = labWordScenario(id)!
  const platform = PLATFORMS[state.machine]
  const kernel = kernelById(state.kernel)!
  const { tape, machine } = replay(scenario, { kernel, platform, numa: 'on' }, state.choices!)
  const outcome = outcomeAt(machine, tape, 0, tape.ticks.length, wordsAt(tape, tape.ticks.length))
  return {
    state,
    scenario,
    outcome,
    word: toHex(leafOf(new Machine(scenario.image(kernel, platform.id), kernel, platform), 0, 0)),
  }
}

test('from an oops of a Xen guest: the very fault, endless on 3.20-rc0, its page at its own address', () => {
  const { state, outcome, scenario, word } = opened(OOPS)
  expect(state).toMatchObject({ machine: 'xen', kernel: 'rc0', access: 'write', play: true })
  expect(outcome.name).toBe('endless')
  expect(scenario.pages[0]!.address).toBe(0x7f32f1b6d000)
  // Linux printed its own frame number: what lies in memory has another, and the same flags.
  expect([scenario.pages[0]!.pfn, word.slice(-3)]).toEqual([0x32e2, '965'])
})

test('a word as it lay in memory is there bit for bit', () => {
  expect(opened('8000000062345165').word).toBe('8000000062345165')
  expect(opened('8000000042704865').word).toBe('8000000042704865')
})

test('with the kernel and the mapping that were chosen', () => {
  const fixed = opened('8000000062345165', {
    ...NO_CHOICES,
    linux: '6.1',
    vma: { rights: 'r', shared: false, backing: 'anon' },
  })
  expect(fixed.state.kernel).toBe('6.1')
  expect(fixed.outcome.name).toBe('sigsegv')
  const paste = readPaste('8000000062345165')
  const way = labWay(examine(paste, 0, NO_CHOICES), null)
  expect(way.says).toContain('3.20-rc0')
  expect(labWay(examine(paste, 0, NO_CHOICES), linuxReader('4.0')!).says).toContain('Linux 4.0,')
})

test('ids hold all there is, and what is no id is refused', () => {
  const lab = labWordOf('word-8000000062345165-7f5ec0000000-xm1-100073')!
  expect(labWordOf(labWordId(lab))).toEqual(lab)
  for (const id of ['word-', 'word-zz-0-xm1-1', 'word-165-123-xm1-1', 'word-165-ffffffff81a07000-xm1-1', 'cow'])
    expect(labWordOf(id), id).toBeNull()
})

test('what the Lab cannot run is said', () => {
  const why = (text: string) => {
    const paste = readPaste(text)
    return labWay(examine(paste, firstEntry(paste), NO_CHOICES), null)
  }
  expect(why('PMD 7a1c5067')).toMatchObject({ link: null, says: expect.stringContaining('4 KB') })
  expect(why(samplesIn(samples).find(({ name }) => name === 'xen 5')!.text)).toMatchObject({
    link: null,
    says: expect.stringContaining('kernel'),
  })
})
