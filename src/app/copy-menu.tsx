import { Button } from '../views/ui/button'
import { Disclosure } from '../views/ui/disclosure'
import { COPIES, type CopyKind } from './copy-kinds'
import { TakeAwayButton } from './take-away'

interface Props {
  readonly onCopy: (kind: CopyKind) => void
}

/** What can be copied, behind one button. */
export const CopyMenu = ({ onCopy }: Props) => (
  <Disclosure label="Copy" at="end">
    <CopyButtons onCopy={onCopy} />
  </Disclosure>
)

/** What can be copied, each with a button of its own. */
export const CopyButtons = ({ onCopy }: Props) => (
  <div role="group" aria-label="Copy" className="grid gap-2">
    {(Object.keys(COPIES) as CopyKind[]).map((kind) => (
      <Button key={kind} small onPress={() => onCopy(kind)}>
        Copy {COPIES[kind]}
      </Button>
    ))}
    <TakeAwayButton />
  </div>
)
