import './phone-path.css'
import { useMemo } from 'react'
import { layOutShort } from '../views/fault-path/short-geometry'
import { PaintSquare } from '../views/fault-path/paint-square'
import { ShortPath } from '../views/fault-path/short-path'
import { useElementWidth } from '../views/timeline/element-width'
import { usePathProps } from './path-props'
import { useStationSource } from './station-source'
import { TestInWords } from './test-in-words'

/** One row of the path. */
const ROW = 33
const SWITCH = 48
const SPINE = 60
/** Below this width the labels have the path's row to themselves. */
const ROOM_FOR_XOR = 340

/** The path of the fault under the word: the way back at the left edge, where no thumb is. */
export const PhonePath = () => <PhonePathOf {...usePathProps()} />

type PathProps = Omit<ReturnType<typeof usePathProps>, 'onPaint'> & {
  /** Is the switch's answer still to be guessed? */
  readonly open?: boolean
}

/** The same of any world. */
export function PhonePathOf({
  onPaint,
  ...props
}: PathProps & Partial<Pick<ReturnType<typeof usePathProps>, 'onPaint'>>) {
  const { scene, predicate } = props
  const source = useStationSource()
  const [box, width] = useElementWidth<HTMLDivElement>()
  const xen = scene.machine.platform.id === 'xen'
  const height = (xen ? 10 : 9) * ROW + SWITCH - 20
  const geometry = useMemo(
    () => layOutShort({ width, height, spine: SPINE, back: 'left', xen, size: SWITCH, head: 0 }),
    [width, height, xen],
  )
  const closed = scene.outcome.lasso !== null
  return (
    <div className="phone-path">
      {onPaint && <PaintSquare predicate={predicate} onPaint={onPaint} />}
      <div ref={box} className="relative" style={{ height }}>
        {width > 0 && <ShortPath {...props} geometry={geometry} onSource={source.onSource} />}
        {closed && width >= ROOM_FOR_XOR && (
          // The proof below says the same in full.
          <p aria-hidden="true" className="phone-xor" style={{ top: geometry.places.numa.y - 26 }}>
            XOR = 0<span>same state</span>
          </p>
        )}
      </div>
      {source.dialog}
      <TestInWords predicate={predicate} />
    </div>
  )
}
