import { useId } from 'react'

/** One of several values to choose from. */
export interface RadioOption<Value extends string> {
  readonly value: Value
  readonly label: string
  /** Told to a screen reader while this option is chosen; whoever shows the choice writes it where it matters. */
  readonly note?: string
}

interface Props<Value extends string> {
  readonly label: string
  /** The options say enough: the label is only heard. */
  readonly hidesLabel?: boolean
  readonly options: readonly RadioOption<Value>[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

const PART =
  'relative -ml-px -mt-px inline-flex min-h-7 cursor-pointer items-center border border-line px-2 text-label min-[1760px]:px-3 touch:min-h-11 touch:min-w-11 touch:justify-center touch:px-3 ' +
  'hover:bg-bg-2 has-checked:z-1 has-checked:border-ink has-checked:bg-ink has-checked:font-semibold ' +
  'has-checked:text-bg has-focus-visible:z-2 has-focus-visible:outline-(length:--k-focus) ' +
  'has-focus-visible:outline-offset-2 has-focus-visible:outline-focus ' +
  'forced-colors:has-checked:forced-color-adjust-none forced-colors:has-checked:bg-[Highlight] forced-colors:has-checked:text-[HighlightText]'

/** A segmented control made of real radios: one outline, the chosen part in ink. */
export function RadioGroup<Value extends string>({
  label,
  hidesLabel = false,
  options,
  value,
  onChange,
}: Props<Value>) {
  const id = useId()
  const note = options.find((option) => option.value === value)?.note
  return (
    <div role="radiogroup" aria-labelledby={id} className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <span id={id} className={hidesLabel ? 'sr-only' : 'text-label text-ink-2'}>
        {label}
      </span>
      <div className="flex flex-wrap pt-px pl-px">
        {options.map((option) => (
          <label key={option.value} className={PART}>
            <input
              type="radio"
              className="absolute inset-0 cursor-pointer appearance-none outline-none"
              name={id}
              value={option.value}
              checked={option.value === value}
              aria-describedby={option.value === value && note ? `${id}note` : undefined}
              onChange={() => onChange(option.value)}
            />
            {/* The bold twin keeps the width, so that choosing moves nothing. */}
            <span className="grid">
              <span className="col-start-1 row-start-1 text-center">{option.label}</span>
              <span aria-hidden="true" className="invisible col-start-1 row-start-1 font-semibold">
                {option.label}
              </span>
            </span>
          </label>
        ))}
      </div>
      {note && (
        <span id={`${id}note`} className="sr-only">
          {note}
        </span>
      )}
    </div>
  )
}
