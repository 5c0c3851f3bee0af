import { useMemo } from 'react'
import { LassoProof } from '../views/fault-path/lasso-proof'
import { layOutShort } from '../views/fault-path/short-geometry'
import { ShortPath } from '../views/fault-path/short-path'
import { Wires } from '../views/fault-path/wires'
import type { StageMeasure } from '../views/lab/stage-measure'
import { useTouch } from './layout'
import { usePathProps } from './path-props'
import { useStationSource } from './station-source'
import { TestInWords } from './test-in-words'

interface Props {
  readonly measure: StageMeasure
}

/** From the last bit to the spine: wires run here, and the words on them stand here. */
const WIRES = 128
/** Between the first two rows, for the proof. */
const PROOF = 112
/** The proof's words need this much, and look best within so much. */
const WORDS = { least: 190, most: 300 }
/** Wider than this the loop would be empty. */
const WIDEST = 640

/** The short path beside table and word, on a screen with less room. */
export default function MiddlePath({ measure }: Props) {
  const props = usePathProps()
  const source = useStationSource()
  const touch = useTouch()
  const { scene, predicate, word } = props
  const xen = scene.machine.platform.id === 'xen'
  const { height, bitsRight } = measure
  const width = Math.min(measure.width, bitsRight + WIDEST)
  const size = touch && props.onPaint ? 122 : 84
  const geometry = useMemo(
    () =>
      layOutShort({ width, height, spine: bitsRight + WIRES + (size - 84) / 2, back: 'right', xen, size, head: PROOF }),
    [width, height, bitsRight, xen, size],
  )
  const left = geometry.spine + 18
  const room = geometry.tail - 14 - left
  return (
    <>
      <ShortPath {...props} geometry={geometry} onSource={source.onSource}>
        <Wires {...{ geometry, predicate, word }} low={measure.tagsBottom + 18} cells={measure.cells} />
      </ShortPath>
      {source.dialog}
      <div className="absolute" style={{ left, top: geometry.places.access.y + 14, width: Math.min(room, WORDS.most) }}>
        <LassoProof scene={scene} compact small={room < WORDS.least + 30} wordsLeftOut={room < WORDS.least} />
      </div>
      <TestInWords predicate={predicate} />
    </>
  )
}
