import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { CaptureReader } from '../decode/capture-reader'
import { createAppStore, EMPTY_EXPERIMENT } from './app-store'
import { createCommands } from './commands'
import { scenarioOf, sceneOf } from './derived'
import { openFile } from './open-file'
import { goToEntry, ownOf, showOwn } from './own-captures'
import { readCaptureFile } from './read-capture'
import type { CaptureScenario } from '../decode/capture-scenario'

const TEXT = 'one-bit-two-names capture 2\nplatform xen\nPTE 400000 5125 5 x10000+1\nend 10000\n'
const never = new AbortController().signal
const nothing = () => {}

function captureOf(text: string) {
  const reader = new CaptureReader()
  reader.feed(text)
  const result = reader.end()
  if (!result.ok) throw new Error(result.message)
  return result.captures
}

describe('a file', () => {
  it.each([
    ['in plain text', [TEXT]],
    ['compressed', [gzipSync(TEXT)]],
    ['in 16 bits, as Windows writes it', [Buffer.from(`\ufeff${TEXT}`, 'utf16le')]],
    ['with a mark at its beginning', [`\ufeff${TEXT}`]],
  ])('is read %s', async (_, parts) => {
    const result = await openFile(new Blob(parts), nothing, never)
    expect(result).toMatchObject({ ok: true, warning: null })
    expect(result.ok && result.captures[0]!.entries.count).toBe(10_000)
  })

  it('is read in pieces, with a pause after each and rising progress', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `PTE ${((i + 1) * 0x1000).toString(16)} 5125`)
    const file = new Blob([`one-bit-two-names capture 2\n${lines.join('\n')}\nend 20000\n`])
    const shares: number[] = []
    let pauses = 0
    const pause = () => Promise.resolve(void pauses++)
    const result = await readCaptureFile(file, ({ share }) => shares.push(share ?? Number.NaN), pause)
    expect(result.ok).toBe(true)
    expect(pauses).toBeGreaterThan(2)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)
  })

  it('can be given up in the middle', async () => {
    const controller = new AbortController()
    const result = await openFile(new Blob([TEXT.repeat(3)]), () => controller.abort(), controller.signal)
    expect(result).toEqual({ ok: false, cancelled: true })
  })

  it('that is damaged gives a message', async () => {
    const result = await openFile(new Blob([gzipSync(TEXT).subarray(0, 40)]), nothing, never)
    expect(result).toMatchObject({ ok: false, message: expect.stringContaining('open it again') as string })
  })
})

describe('a recording of the reader’s own', () => {
  const opened = () => {
    const store = createAppStore(EMPTY_EXPERIMENT)
    const commands = createCommands(store)
    commands.openScenario('cow')
    showOwn(commands, 'f1', 'mine', captureOf(TEXT))
    const scenario = () => scenarioOf(store.getState()) as CaptureScenario
    return { store, commands, scenario }
  }

  it('is opened in part where it is large; undo leads back to what was there', () => {
    const { store, commands, scenario } = opened()
    expect(scenario()).toMatchObject({ id: 'own-f1.0.0', title: 'mine', part: { first: 0, end: 4096 } })
    expect(sceneOf(store.getState()).machine.pages).toHaveLength(4096)
    commands.undo()
    expect(scenario().id).toBe('cow')
  })

  it('another part is one step of undo away from the first, and looks at the entry asked for', () => {
    const { store, commands, scenario } = opened()
    goToEntry(commands, scenario(), 9_000)
    expect(ownOf(scenario().id)).toEqual({ file: 'f1', index: 0, entry: 9_000 })
    expect(scenario().pages[store.getState().page]!.address).toBe(0x400000 + 9_000 * 0x1000)
    const before = scenario().id
    goToEntry(commands, scenario(), 9_010)
    expect(scenario().id).toBe(before)
    expect(scenario().pages[store.getState().page]!.address).toBe(0x400000 + 9_010 * 0x1000)
    commands.undo()
    expect(scenario().id).toBe('own-f1.0.0')
  })

  it('of huge pages alone changes nothing, and says why', () => {
    const { store, commands, scenario } = opened()
    const huge = captureOf('one-bit-two-names capture 2\nPMD 400000 e7\nend 1\n')
    expect(showOwn(commands, 'f2', 'huge', huge)).toBe(false)
    expect(scenario().id).toBe('own-f1.0.0')
    expect(store.getState().messages.at(-1)).toContain('4 KiB pages')
  })

  it('several of one file are scenarios each', () => {
    const { store, commands } = opened()
    const two = ['a', 'b'].map((name) => `one-bit-two-names capture 2\nname ${name}\nPTE 400000 5125\nend 1\n`).join('')
    showOwn(commands, 'f3', 'two', captureOf(two))
    const titles = [...store.getState().recorded.values()].map(({ title }) => title)
    expect(titles).toEqual(['mine', 'two: a', 'two: b'])
  })
})
