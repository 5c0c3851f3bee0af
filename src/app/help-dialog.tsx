import { Checkbox } from '../views/ui/checkbox'
import { Dialog } from '../views/ui/dialog'
import { KeyCap } from '../views/ui/key-cap'
import { AboutBuild } from './about-build'
import { KEY_GROUPS, rowsOf, SHORTCUTS } from './keys'

interface Props {
  readonly open: boolean
  readonly onClose: () => void
  /** Are keys that are a single character switched on? */
  readonly letters: boolean
  readonly onLetters: (on: boolean) => void
}

/** Every key there is, from the table that binds them, and the switch for those that are a single character. */
export default function HelpDialog({ open, onClose, letters, onLetters }: Props) {
  return (
    <Dialog title="Keys" open={open} onClose={onClose}>
      <Checkbox checked={letters} onChange={onLetters}>
        Keys that are a single letter, digit or sign
      </Checkbox>
      <div className="help-groups">
        {KEY_GROUPS.map((group) => (
          <section key={group} aria-labelledby={`keys ${group}`}>
            <h3 id={`keys ${group}`} className="pb-1 text-label font-semibold">
              {group}
            </h3>
            <ul className="grid gap-1">
              {rowsOf(SHORTCUTS.filter((each) => each.group === group)).map(({ does, caps }) => (
                <li key={does} className="flex items-center justify-between gap-3 text-label">
                  {does}
                  <Caps caps={caps} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <p className="text-note text-ink-2">
        In the page table and in the word: arrows move from bit to bit, Space flips one, ? asks why it is as it is. On
        the tape: arrows, Home and End. Escape closes what is open.
      </p>
      <AboutBuild />
    </Dialog>
  )
}

/** More keys than this for one thing are a range. */
const RANGE = 3

function Caps({ caps }: { readonly caps: readonly string[] }) {
  const shown = caps.length > RANGE ? [caps[0]!, caps.at(-1)!] : caps
  return (
    <span className="flex flex-none items-center gap-2 text-note text-ink-2">
      {shown.map((cap, index) => (
        <span key={cap} className="flex items-center gap-1">
          {index > 0 && <span>{caps.length > RANGE ? 'to' : 'or'}</span>}
          {cap.split(' ').map((key) => (
            <KeyCap key={key} name={key === 'Ctrl' && isMac ? 'Cmd' : key} />
          ))}
        </span>
      ))}
    </span>
  )
}

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent)
