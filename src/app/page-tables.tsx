import { useState } from 'react'
import { fromHex, PRESENT, has, toHex, bitOf, type Pte } from '../arch/pte'
import { sceneOf } from '../store/derived'
import { useApp, useCommands } from '../store/use-app'
import { entryAt, lastAsked, slotOf, type Scene } from '../trace/scene'
import { frameTextOf, pageRow, pageRows } from '../trace/page-row'
import { switchReply, switchState } from '../trace/remarks'
import { BitSwitches, type BitSwitchName } from '../views/bit-grid/bit-switches'
import { NameTags } from '../views/bit-grid/name-tags'
import { PageTable } from '../views/bit-grid/page-table'
import { WordStrata, type Stratum } from '../views/bit-grid/word-strata'

interface PageTablesProps {
  /** What the last switch by name answered. */
  readonly reply: string
  readonly onReply: (text: string) => void
}

/** The page table as rows of bits, and the selected word in the hands it went through. */
export function PageTables({ reply, onReply }: PageTablesProps) {
  const scene = useApp(sceneOf)
  const recorded = useApp((state) => state.recorded.has(state.scenario))
  const process = useApp((state) => state.process)
  const page = useApp((state) => state.page)
  const why = useApp((state) => state.why)
  const forward = useApp((state) => state.forward)
  const commands = useCommands()
  const [hexProblem, setHexProblem] = useState<string | null>(null)
  const entry = entryAt(scene, process, page)

  const flip = (bit: number) => commands.choose({ do: 'flip', process, page, bit })
  const poke = (text: string) => {
    const word = fromHex(text)
    setHexProblem(word ? null : `“${text.slice(0, 20)}” is no entry. Type 1 to 16 hexadecimal digits.`)
    if (word) commands.choose({ do: 'poke', process, page, word })
  }
  const press = (name: BitSwitchName) => {
    const answer = switchReply(entry, name)
    for (const bit of answer.flips) commands.choose({ do: 'flip', process, page, bit })
    onReply(answer.text)
  }
  return (
    <>
      <PageTable
        rows={pageRows(scene, process)}
        selected={page}
        onSelect={commands.select}
        onFlip={(of, bit) => {
          commands.select(of)
          commands.choose({ do: 'flip', process, page: of, bit })
        }}
        onWhy={(of, bit) => {
          commands.select(of)
          commands.explain(bit)
        }}
        animate={forward}
      />
      <WordStrata
        strata={strataOf(scene, process, page, recorded)}
        selectedBit={why}
        onFlip={flip}
        onWhy={commands.explain}
        onHex={poke}
        onStore={() => commands.choose({ do: 'store', process, page })}
        hexProblem={hexProblem}
        animate={forward}
      />
      <div className="lab-tags">
        <BitSwitches {...switchState(entry)} onSwitch={press} reply={reply} />
        <NameTags present={has(entry, PRESENT)} animate={forward} />
      </div>
    </>
  )
}

/** The word in the hands it went through: what Linux asked for, and what memory holds. */
function strataOf(scene: Scene, process: number, page: number, recorded: boolean): readonly Stratum[] {
  const xen = scene.machine.platform.id === 'xen'
  const memory = entryAt(scene, process, page)
  const row = pageRow(scene, process, page)
  const asked = lastAsked(scene, slotOf(scene, process, page))?.value ?? null
  return [
    {
      ...stratum('asked', 'Linux wrote', asked),
      ...(recorded && row.kind !== 'empty' ? { absent: 'not recorded' } : {}),
      ...frameTextOf(scene, asked),
    },
    {
      ...stratum('memory', xen ? 'Xen stored' : 'In memory', memory),
      ...frameTextOf(scene, memory),
      sub: differenceText(asked, memory, xen),
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
