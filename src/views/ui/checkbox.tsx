import type { ReactNode } from 'react'

interface Props {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly children: ReactNode
}

/** A box to tick, with its words as a target of its own. */
export const Checkbox = ({ checked, onChange, children }: Props) => (
  <label className="flex min-h-7 cursor-pointer items-center gap-3 text-label touch:min-h-11">
    <input
      type="checkbox"
      className="size-5 accent-(--ink)"
      checked={checked}
      onChange={(event) => onChange(event.target.checked)}
    />
    {children}
  </label>
)
