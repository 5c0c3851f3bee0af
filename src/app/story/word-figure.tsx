import { NameTags } from '../../views/bit-grid/name-tags'
import { WordRows } from '../../views/bit-grid/word-rows'
import { WordStrata, type WordStrataProps } from '../../views/bit-grid/word-strata'
import { BitHeads } from '../../views/bit-grid/bit-heads'
import type { Figure } from '../../story/beat'
import { sceneOf } from '../../store/derived'
import { useApp } from '../../store/use-app'
import { readersOf } from '../../trace/two-readers'
import { pageRow } from '../../trace/page-row'
import { entryAt, type Scene } from '../../trace/scene'
import { useLayout } from '../layout'
import { useWord } from '../word'

/** The word with its bits to flip; where it is told, what Linux asked for, what the two readers make of it, and both names. */
export default function WordFigure({ figure }: { readonly figure: Figure }) {
  const { readers, asked, names } = figure as Extract<Figure, { shows: 'word' }>
  const phone = useLayout() === 'phone'
  const wide = useLayout() === 'wide'
  const { strata, names: tags } = useWord(() => {})
  const behindXen = useApp((state) => state.machine === 'xen')
  const shown = calm({ ...strata, strata: asked ? strata.strata : strata.strata.filter(({ id }) => id === 'memory') })
  return (
    <div className={phone ? 'story-word' : `story-word bit-columns${wide ? '' : ' bit-columns-small'}`}>
      {phone ? (
        <WordRows {...shown} />
      ) : asked && behindXen ? (
        <BehindXen word={calm(strata)} />
      ) : (
        <div>
          <div className="story-heads">
            <BitHeads />
          </div>
          <WordStrata {...shown} framed={false} />
        </div>
      )}
      {names && <NameTags {...tags} animate={strata.animate} />}
      {readers && <Readers />}
    </div>
  )
}

/** Without the marks of what changed a step ago, and with a remark on a difference only where it is the one bit. */
const calm = (word: WordStrataProps): WordStrataProps => ({
  ...word,
  strata: word.strata.map((row) => ({ ...row, changed: [], sub: row.hexMarks.length === 1 ? row.sub : '' })),
})

/** What Linux asked for, what stands between, and what the table holds. */
function BehindXen({ word }: { readonly word: WordStrataProps }) {
  const [asked, stored] = word.strata
  const adjusts = useApp((state) => bit8Added(sceneOf(state), state.process, state.page))
  return (
    <>
      <div>
        <div className="story-heads">
          <BitHeads />
        </div>
        <WordStrata {...word} strata={[asked!]} framed={false} />
      </div>
      <div className="story-band">
        <strong>Xen</strong>
        <span>Present, and a page of a program? Then bit 8 is set.</span>
        <span className="text-ink-2">sees every table write</span>
        <span className="text-ink-2">GLOBAL, to the CPU: keep this translation.</span>
        {adjusts && (
          <svg viewBox="0 0 24 100" preserveAspectRatio="none" aria-hidden="true">
            <path
              d="M12 0V99M4 92l8 8 8-8"
              fill="none"
              stroke="var(--ink)"
              strokeWidth="3"
              vectorEffect="non-scaling-stroke"
            />
          </svg>
        )}
      </div>
      <WordStrata {...word} strata={[stored!]} framed={false} />
    </>
  )
}

const bit8Added = (scene: Scene, process: number, page: number): boolean =>
  pageRow(scene, process, page).xenBits.includes(8)

/** The same word, read by two. */
function Readers() {
  const scene = useApp(sceneOf)
  const process = useApp((state) => state.process)
  const page = useApp((state) => state.page)
  return (
    <dl className="story-readers" aria-live="polite">
      {readersOf(entryAt(scene, process, page), scene.machine.kernel).map(({ who, says }) => (
        <div key={who}>
          <dt>{who}</dt>
          <dd>{says}</dd>
        </div>
      ))}
    </dl>
  )
}
