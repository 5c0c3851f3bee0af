import { use, useMemo } from 'react'
import { NameTags } from '../../views/bit-grid/name-tags'
import { WordRows } from '../../views/bit-grid/word-rows'
import { WordStrata } from '../../views/bit-grid/word-strata'
import { BitHeads } from '../../views/bit-grid/bit-heads'
import { layOutAlong } from '../../views/fault-path/along-geometry'
import { AlongWires } from '../../views/fault-path/along-wires'
import { LassoProof } from '../../views/fault-path/lasso-proof'
import { ShortPath } from '../../views/fault-path/short-path'
import { useStageMeasure, type StageMeasure } from '../../views/lab/stage-measure'
import type { Figure } from '../../story/beat'
import { FixedLayout, useLayout } from '../layout'
import { usePathProps } from '../path-props'
import { PhonePathOf } from '../phone-path'
import { useWord } from '../word'

interface Props {
  /** The switch has not answered yet. */
  readonly open: boolean
  /** What Linux asked to have stored stands above the word. */
  readonly asked: boolean
}

/** The word above the path of its fault, and the wires between. */
export default function PathFigure({ figure }: { readonly figure: Figure }) {
  const { open = false, asked = false } = figure as Extract<Figure, { shows: 'path' }>
  return useLayout() === 'phone' ? <NarrowFigure open={open} asked={asked} /> : <WideFigure open={open} asked={asked} />
}

function WideFigure({ open, asked }: Props) {
  const wide = useLayout() === 'wide'
  const { stage, measure } = useStageMeasure()
  const { strata, names } = useShownWord(asked)
  return (
    <div ref={stage} className="story-path">
      <div className={`bit-columns${wide ? '' : ' bit-columns-small'}`}>
        <div className="story-heads">
          <BitHeads />
        </div>
        <WordStrata {...strata} framed={false} />
        <NameTags {...names} animate={strata.animate} />
      </div>
      {measure && <Path measure={measure} open={open} />}
    </div>
  )
}

/** Room for the wires between the tags and the switch, and the switch's side: in a room, and on a slide. */
const IN_ROOM = { wires: 56, size: (height: number) => (height > 700 ? 104 : 88) }
const ON_SLIDE = { wires: 42, size: () => 80 }

function Path({ measure, open }: Pick<Props, 'open'> & { readonly measure: StageMeasure }) {
  const props = useToldPath()
  const { scene, predicate, word } = props
  const { width, height, cells, tagsBottom } = measure
  const onSlide = use(FixedLayout) !== null
  const room = onSlide ? ON_SLIDE : IN_ROOM
  const size = room.size(height)
  const top = tagsBottom + room.wires + size / 2
  const switchX = Math.round((cells.bit8.x + cells.present.x) / 2)
  const geometry = useMemo(
    () => layOutAlong({ width, height, top, switchX, size, namesOutside: onSlide }),
    [width, height, top, switchX, size, onSlide],
  )
  const { access, return: back } = geometry.places
  const low = back.y - access.y < 270
  const proof = onSlide
    ? { left: access.x - 52, top: access.y + 42, width: switchX - size / 2 - access.x + 32 }
    : { left: access.x, top: access.y + 62, width: switchX - size - access.x }
  return (
    <>
      <ShortPath {...props} geometry={geometry} open={open}>
        <AlongWires geometry={geometry} predicate={predicate} word={word} cells={cells} low={tagsBottom + 14} />
      </ShortPath>
      <div className="story-proof" style={proof}>
        <LassoProof scene={scene} compact={low} small={low} />
      </div>
    </>
  )
}

function NarrowFigure({ open, asked }: Props) {
  const props = useToldPath()
  const { strata, names } = useShownWord(asked)
  return (
    <div className="story-path-narrow">
      <div className="story-word">
        <WordRows {...strata} />
        <NameTags {...names} animate={strata.animate} />
      </div>
      <PhonePathOf {...props} open={open} />
      <LassoProof scene={props.scene} compact={false} small={false} />
    </div>
  )
}

/** The path as the story tells it: its test is not the reader's to paint. */
const useToldPath = () => ({ ...usePathProps(), onPaint: undefined })

/** The word, with what Linux asked for above it where that is told. */
function useShownWord(asked: boolean) {
  const { strata, names } = useWord(() => {})
  const rows = asked
    ? strata.strata
    : strata.strata.filter(({ id }) => id === 'memory').map((row) => ({ ...row, sub: '' }))
  return { strata: { ...strata, strata: rows }, names }
}
