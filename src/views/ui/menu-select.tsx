/** One line of the menu. */
export interface MenuOption<Value extends string> {
  readonly value: Value
  readonly label: string
  /** The heading that it stands under; options of one group stand together. */
  readonly group?: string
}

interface Props<Value extends string> {
  readonly label: string
  readonly options: readonly MenuOption<Value>[]
  readonly value: Value
  readonly onChange: (value: Value) => void
  /** Id of an element that says more about the value. */
  readonly describedBy?: string | undefined
  /** It is no wider than this, as CSS writes it: a long name is cut. */
  readonly most?: string
}

/** A native select with its label, drawn like the other controls. */
export function MenuSelect<Value extends string>({ label, options, value, onChange, describedBy, most }: Props<Value>) {
  return (
    <label className="inline-flex max-w-full items-center gap-2 text-label text-ink-2">
      {label}
      <span className="relative inline-flex min-w-0">
        <select
          className="h-7 w-full min-w-0 cursor-pointer appearance-none text-ellipsis border border-line bg-bg pr-7 pl-2 text-label text-ink hover:bg-bg-2 touch:h-11 touch:pl-3"
          value={value}
          aria-describedby={describedBy}
          style={most ? { maxWidth: most } : undefined}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value)
            if (chosen) onChange(chosen.value)
          }}
        >
          {groupsOf(options).map(([group, members]) => {
            const lines = members.map(({ value: id, label: name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))
            return group === undefined ? (
              lines
            ) : (
              <optgroup key={group} label={group}>
                {lines}
              </optgroup>
            )
          })}
        </select>
        <svg
          viewBox="0 0 10 6"
          width="10"
          height="6"
          fill="none"
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 text-ink"
        >
          <path d="M1 1l4 4 4-4" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </span>
    </label>
  )
}

/** The options under their headings, in their order. */
function groupsOf<Value extends string>(options: readonly MenuOption<Value>[]) {
  const groups: [string | undefined, MenuOption<Value>[]][] = []
  for (const option of options) {
    const last = groups.at(-1)
    if (last && last[0] === option.group) last[1].push(option)
    else groups.push([option.group, [option]])
  }
  return groups
}
