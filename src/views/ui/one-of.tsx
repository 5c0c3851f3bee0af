import { useId } from 'react'
import { MenuSelect } from './menu-select'
import { RadioGroup, type RadioOption } from './radio-group'

interface Props<Value extends string> {
  readonly label: string
  readonly options: readonly RadioOption<Value>[]
  readonly value: Value
  readonly onChange: (value: Value) => void
  /** All choices side by side, or one line that opens. */
  readonly as: 'radios' | 'menu'
}

/** One of several values, as there is room: radios side by side, or a menu. */
export function OneOf<Value extends string>({ as, ...group }: Props<Value>) {
  const id = useId()
  if (as === 'radios') return <RadioGroup {...group} />
  const note = group.options.find(({ value }) => value === group.value)?.note
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <MenuSelect {...group} describedBy={note && id} />
      {note && (
        <span id={id} className="sr-only">
          {note}
        </span>
      )}
    </span>
  )
}
