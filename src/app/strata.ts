import { bitOf, toHex, type Pte } from '../arch/pte'
import { frameTextOf, pageRow } from '../trace/page-row'
import { entryAt, isRefused, lastAsked, slotOf, tablesPinned, type Scene } from '../trace/scene'
import type { Stratum } from '../views/bit-grid/word-strata'

/** The word in the hands it went through: what Linux asked for, and what memory holds. */
export function strataOf(scene: Scene, process: number, page: number, recorded: boolean): readonly Stratum[] {
  // Tables that Xen does not know yet are written by Linux itself.
  const xen = scene.machine.platform.id === 'xen' && tablesPinned(scene, process)
  const memory = entryAt(scene, process, page)
  const row = pageRow(scene, process, page)
  const slot = slotOf(scene, process, page)
  const asked = lastAsked(scene, slot)?.value ?? null
  const refused = xen && isRefused(scene, slot)
  return [
    {
      ...stratum('asked', refused ? 'Linux asked' : 'Linux wrote', asked),
      ...(recorded && row.kind !== 'empty' ? { absent: 'not recorded' } : {}),
      ...frameTextOf(scene, asked),
    },
    {
      ...stratum('memory', xen && !refused ? 'Xen stored' : 'In memory', memory),
      ...frameTextOf(scene, memory),
      sub: refused ? 'Xen refused' : differenceText(asked, memory, xen),
      size: 'large',
      editable: true,
      byXen: row.xenBits,
      changed: row.changedBits,
      hexMarks: asked ? differentDigits(asked, memory) : [],
      hatchEdge: xen,
    },
  ]
}

const stratum = (id: string, label: string, entry: Pte | null) => ({
  id,
  label,
  entry,
  sub: '',
  size: 'small' as const,
  editable: false,
  byXen: [],
  changed: [],
  before: null,
  hexMarks: [],
  hatchEdge: false,
})

/** How memory differs from what Linux asked for, in a few words. */
function differenceText(asked: Pte | null, memory: Pte, xen: boolean): string {
  if (!asked) return ''
  const bits = Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => bitOf(asked, bit) !== bitOf(memory, bit))
  if (bits.length === 0) return 'the same word'
  if (xen && bits.length === 1 && bits[0] === 8) return 'one bit more'
  return bits.length === 1 ? 'one bit differs' : `${bits.length} bits differ`
}

const differentDigits = (a: Pte, b: Pte): readonly number[] => {
  const [left, right] = [toHex(a), toHex(b)]
  return Array.from({ length: 16 }, (_, index) => index).filter((index) => left[index] !== right[index])
}
