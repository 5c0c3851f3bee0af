/** One line of the menu. */
export interface MenuOption<Value extends string> {
  readonly value: Value
  readonly label: string
}

interface Props<Value extends string> {
  readonly label: string
  readonly options: readonly MenuOption<Value>[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

/** A native select with its label, drawn like the other controls. */
export function MenuSelect<Value extends string>({ label, options, value, onChange }: Props<Value>) {
  return (
    <label className="inline-flex items-center gap-2 text-label text-ink-2">
      {label}
      <span className="relative inline-flex">
        <select
          className="h-7 cursor-pointer appearance-none border border-line bg-bg pr-7 pl-2 text-label text-ink hover:bg-bg-2"
          value={value}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value)
            if (chosen) onChange(chosen.value)
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
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
