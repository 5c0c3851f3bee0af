import { useMemo } from 'react'
import { FaultPath } from '../views/fault-path/fault-path'
import { layOut } from '../views/fault-path/geometry'
import { LassoProof } from '../views/fault-path/lasso-proof'
import { Wires } from '../views/fault-path/wires'
import type { StageMeasure } from '../views/lab/stage-measure'
import { usePathProps } from './path-props'
import { useStationSource } from './station-source'
import { TestInWords } from './test-in-words'

interface Props {
  readonly measure: StageMeasure
}

/** The path of the fault beside table and word, every station in a place of its own. */
export default function WidePath({ measure }: Props) {
  const props = usePathProps()
  const source = useStationSource()
  const { scene, predicate, word } = props
  const geometry = useMemo(
    () => layOut(measure.width, measure.height, measure.bitsRight),
    [measure.width, measure.height, measure.bitsRight],
  )
  const low = measure.tagsBottom + 18
  // The whole proof needs this much of the room above the shared tail.
  const compact = geometry.tight || geometry.places.return.y - geometry.places.access.y < 215
  return (
    <>
      <FaultPath {...props} geometry={geometry} onSource={source.onSource}>
        <Wires {...{ geometry, predicate, word, low }} cells={measure.cells} />
      </FaultPath>
      {source.dialog}
      <div
        className="absolute"
        style={{
          right: geometry.width - geometry.tail + 22,
          top: geometry.places.access.y + (compact ? 16 : 24),
          width: geometry.tight ? 198 : 250,
        }}
      >
        <LassoProof scene={scene} compact={compact} small={geometry.tight} />
      </div>
      <TestInWords predicate={predicate} />
    </>
  )
}
