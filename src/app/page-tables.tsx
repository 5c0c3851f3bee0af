import { sceneOf } from '../store/derived'
import { useApp, useCommands } from '../store/use-app'
import { pageRows } from '../trace/page-row'
import { BitSwitches } from '../views/bit-grid/bit-switches'
import { NameTags } from '../views/bit-grid/name-tags'
import { PageTable } from '../views/bit-grid/page-table'
import { WordStrata } from '../views/bit-grid/word-strata'
import { useWord } from './word'

interface PageTablesProps {
  /** What the last switch by name answered. */
  readonly reply: string
  readonly onReply: (text: string) => void
}

/** The page table as rows of bits, and the selected word in the hands it went through. */
export function PageTables({ reply, onReply }: PageTablesProps) {
  const scene = useApp(sceneOf)
  const process = useApp((state) => state.process)
  const page = useApp((state) => state.page)
  const forward = useApp((state) => state.forward)
  const commands = useCommands()
  const word = useWord(onReply)
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
      <WordStrata {...word.strata} />
      <div className="lab-tags">
        <BitSwitches {...word.switches} reply={reply} />
        <NameTags {...word.names} animate={forward} />
      </div>
    </>
  )
}
