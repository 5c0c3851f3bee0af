import { pageRows } from '../trace/page-row'
import { sceneOf } from '../store/derived'
import { useApp, useCommands } from '../store/use-app'
import { BitSwitches } from '../views/bit-grid/bit-switches'
import { NameTags } from '../views/bit-grid/name-tags'
import { PageList } from '../views/bit-grid/page-list'
import { WordRows } from '../views/bit-grid/word-rows'
import { LassoProof } from '../views/fault-path/lasso-proof'
import { useKeptFocus } from './kept-focus'
import { PhonePath } from './phone-path'
import { useReply } from './reply'
import { Said } from './said'
import { useWord } from './word'
import { ZoomOutButton } from './zoom-out-button'

/** The middle of the Lab on a small screen, part under part: the word, the path, what was said, the pages. */
export function PhoneStage() {
  useKeptFocus('.world-summary select')
  const [reply, setReply] = useReply()
  const { names, strata, switches } = useWord(setReply)
  return (
    <div className="phone-stage">
      <div className="phone-word">
        <WordRows {...strata} />
        <NameTags {...names} animate={strata.animate} />
      </div>
      <PhonePath />
      <Said reply={reply} />
      <BitSwitches {...switches} reply={reply} />
      <PhoneProof />
      <PhonePages />
    </div>
  )
}

function PhoneProof() {
  const scene = useApp(sceneOf)
  return (
    <div className="phone-proof">
      <LassoProof scene={scene} compact={false} small={false} />
    </div>
  )
}

function PhonePages() {
  const scene = useApp(sceneOf)
  const process = useApp((state) => state.process)
  const page = useApp((state) => state.page)
  const commands = useCommands()
  return (
    <section aria-labelledby="pages" className="phone-pages">
      <div className="flex items-center justify-between">
        <h2 id="pages" className="text-label font-semibold">
          Page table
        </h2>
        <ZoomOutButton />
      </div>
      <PageList rows={pageRows(scene, process)} selected={page} onSelect={commands.select} />
    </section>
  )
}
