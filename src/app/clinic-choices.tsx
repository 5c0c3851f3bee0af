import { anonymous, vmaText, type Vma } from '../clinic/context'
import { ENTRY_LEVELS, type EntryLevel } from '../clinic/entry-kind'
import { LINUX_READERS, readerOfRelease } from '../clinic/readers'
import { machineName } from '../clinic/words'
import { choose, type ClinicState } from '../store/clinic'
import { MenuSelect } from '../views/ui/menu-select'
import { RadioGroup } from '../views/ui/radio-group'
import type { MachineId } from '../machine/platforms'

/** Mappings to choose from: the rights that an entry is mostly met under. */
const VMAS: readonly Vma[] = [
  anonymous('rw'),
  anonymous('r'),
  anonymous('rx'),
  anonymous('rwx'),
  { rights: 'rw', shared: true, backing: 'shm' },
  anonymous(''),
]

const SAYS = 'text' as const

/** What the text leaves open: machine, writer, mapping and level. */
export function ClinicChoices({
  state: { paste, entry, choices },
  machine,
}: {
  readonly state: ClinicState
  /** As concluded, for the choice that leaves it to the text. */
  readonly machine: MachineId | null
}) {
  const release = paste.release && readerOfRelease(paste.release.value)
  const { vma } = choices
  const found = paste.entries[entry]
  const chosen = vma === null ? SAYS : vma === 'none' ? 'none' : vmaText(vma)
  const own = vma !== null && vma !== 'none' && !VMAS.some((each) => vmaText(each) === chosen) ? [vma] : []
  return (
    <section aria-label="What is known beside the text" className="clinic-choices">
      <RadioGroup<MachineId | typeof SAYS>
        label="Machine"
        options={[
          { value: SAYS, label: `as it says: ${machineName(choices.machine ? null : machine)}` },
          { value: 'bare', label: machineName('bare') },
          { value: 'xen', label: machineName('xen') },
        ]}
        value={choices.machine ?? SAYS}
        onChange={(value) => choose({ machine: value === SAYS ? null : value })}
      />
      <MenuSelect<string>
        label="Written by"
        options={[
          { value: SAYS, label: release ? `as it says: ${release.title}` : 'not known: the newest that may' },
          ...LINUX_READERS.map(({ id, title }) => ({ value: id, label: title })),
        ]}
        value={choices.linux ?? SAYS}
        onChange={(value) => choose({ linux: value === SAYS ? null : value })}
      />
      <MenuSelect<string>
        label="Mapping"
        options={[
          { value: SAYS, label: found?.vma ? `as it says: ${vmaText(found.vma)}` : 'not known' },
          ...[...VMAS, ...own].map((each) => ({ value: vmaText(each), label: vmaText(each) })),
          { value: 'none', label: 'nothing mapped' },
        ]}
        value={chosen}
        onChange={(value) =>
          choose({
            vma:
              value === SAYS
                ? null
                : value === 'none'
                  ? 'none'
                  : ([...VMAS, ...own].find((each) => vmaText(each) === value) ?? null),
          })
        }
      />
      {found && !found.levelSaid && (
        <MenuSelect<EntryLevel>
          label="Level"
          options={ENTRY_LEVELS.map((level) => ({ value: level, label: level }))}
          value={choices.level ?? found.level}
          onChange={(level) => choose({ level })}
        />
      )}
      <p className="text-label text-ink-2">
        The answer depends on the reader. That is why a decoder without a version is a guess.
      </p>
    </section>
  )
}
