import type { StageTheme } from '../../story/stage/place'
import { Button } from '../../views/ui/button'
import { keepTrim, NO_TRIM, TRIM_RANGE } from './trim'
import type { Trim } from './windows'

/** What a theme asks of the room; paper asks nothing. */
export function ThemeAdvice({ theme }: { readonly theme: StageTheme }) {
  if (theme === 'paper') return null
  return (
    <p role="note" className="text-label text-ink-2">
      Dark needs a dim room: with a tenth of the light of a lit room on the wall, the purple of the hint and the grey
      bits fall below three to one. Paper does not.
    </p>
  )
}

interface Props {
  readonly trim: Trim
  readonly onTrim: (trim: Trim) => void
}

/** Light and contrast of the picture on the wall. Kept on this machine. */
export function TrimControls({ trim, onTrim }: Props) {
  const slider = (name: keyof Trim, label: string) => (
    <label className="flex items-center gap-3 text-label">
      {label}
      <input
        type="range"
        className="accent-(--ink)"
        {...TRIM_RANGE}
        step={5}
        value={trim[name]}
        onChange={(event) => onTrim(keepTrim({ ...trim, [name]: Number(event.target.value) }))}
      />
      <output className="font-mono">{trim[name]} %</output>
    </label>
  )
  return (
    <div role="group" aria-label="Projector" className="flex flex-wrap items-center gap-6">
      {slider('brightness', 'Brightness')}
      {slider('contrast', 'Contrast')}
      <Button
        small
        disabled={trim.brightness === 100 && trim.contrast === 100}
        onPress={() => onTrim(keepTrim(NO_TRIM))}
      >
        As it was
      </Button>
    </div>
  )
}
