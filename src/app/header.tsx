import type { RoomId } from '../store/rooms'
import { linkOf } from '../store/url'
import { hrefOf } from '../story/place'
import { useApp, useCommands } from '../store/use-app'
import { Button } from '../views/ui/button'
import { Disclosure } from '../views/ui/disclosure'
import { CopiedNote, type Copied } from './clipboard'
import { CopyButtons, CopyMenu } from './copy-menu'
import type { CopyKind } from './copy-kinds'
import { CompareButton } from './compare-button'
import { useLayout } from './layout'
import { useMedia } from './media'
import { Logo } from './logo'
import { HOME } from './offline'
import { ROOMS } from './rooms'
import { TakeAwayButton } from './take-away'
import { usePlace } from './story/story-context'
import type { Theme } from './theme'
import { ZoomOutButton } from './zoom-out-button'

interface Props {
  readonly room: RoomId
  readonly theme: Theme
  readonly onTheme: () => void
  readonly onHelp: () => void
  readonly onCopy: (kind: CopyKind) => void
  readonly copied: Copied
}

/** Above every room: the name, the rooms, and what can be done anywhere. On a small screen a menu holds most of it. */
export function Header(props: Props) {
  return useLayout() === 'phone' ? <SmallHeader {...props} /> : <WideHeader {...props} />
}

function WideHeader({ room, copied, onCopy, ...page }: Props) {
  const roomy = useMedia('(min-width: 1280px)')
  return (
    <header className="flex min-h-11 flex-wrap items-center gap-x-12 gap-y-2 max-[1439px]:gap-x-6 border-b border-rule px-4 py-1 tall:min-h-14 min-[1440px]:px-10">
      <a href={HOME} className="flex items-center gap-3 font-semibold text-ink no-underline">
        <Logo />
        {/* The buttons need the room. */}
        <span className="max-[1439px]:sr-only">One Bit, Two Names</span>
      </a>
      <RoomLinks room={room} />
      <div className="ml-auto flex flex-wrap justify-end gap-2">
        {room === 'lab' && (
          <>
            <CompareButton />
            <ZoomOutButton />
            <UndoButton />
            {roomy ? (
              <>
                <RedoAndReset />
                <OpenButton />
                <CopyMenu onCopy={onCopy} />
              </>
            ) : (
              <Disclosure label="More" at="end">
                <RedoAndReset />
                <OpenButton />
                <CopyButtons onCopy={onCopy} />
              </Disclosure>
            )}
          </>
        )}
        {hasLink(room) && (
          <>
            <CopyLink onCopy={onCopy} />
            <TakeAwayButton key={room} label="Take away…" />
          </>
        )}
        <PageButtons {...page} />
      </div>
      <CopiedNote {...copied} />
    </header>
  )
}

function SmallHeader({ room, copied, onCopy, ...page }: Props) {
  return (
    <header className="flex min-h-14 items-center gap-x-4 border-b border-rule px-4 py-1">
      <a href={HOME} aria-label="One Bit, Two Names" className="flex size-11 items-center">
        <Logo />
      </a>
      <p className="font-semibold">{ROOMS.find(({ id }) => id === room)?.title}</p>
      <div className="ml-auto flex gap-2">
        {room === 'lab' && <UndoButton />}
        <Disclosure label="Menu" at="end">
          <RoomLinks room={room} />
          {room === 'lab' && (
            <>
              <OpenButton />
              <CompareButton />
              <ZoomOutButton />
              <RedoAndReset />
              <CopyButtons onCopy={onCopy} />
            </>
          )}
          {hasLink(room) && (
            <>
              <CopyLink onCopy={onCopy} />
              <TakeAwayButton key={room} label="Take away…" />
            </>
          )}
          <PageButtons {...page} />
        </Disclosure>
      </div>
      <CopiedNote {...copied} />
    </header>
  )
}

/** The rooms there are. The links of Lab and Story are those of the run and the beat as they stand, so that they take nothing away. */
function RoomLinks({ room }: { readonly room: RoomId }) {
  const lab = useApp(linkOf)
  const beat = usePlace((place) => place.beat)
  return (
    <nav aria-label="Rooms" className="flex flex-wrap gap-x-6 gap-y-1 text-label phone:flex-col">
      {ROOMS.filter(({ aside }) => !aside).map(({ id, title, fetch }) => (
        <a
          key={id}
          href={id === 'lab' ? lab : id === 'story' ? hrefOf(beat) : `#/${id}`}
          aria-current={id === room ? 'page' : undefined}
          onPointerEnter={fetch}
          onFocus={fetch}
          className={`pb-1 phone:flex phone:min-h-11 phone:items-center ${id === room ? 'border-b-2 border-ink text-ink' : 'text-ink-2 hover:text-ink'}`}
        >
          {title}
        </a>
      ))}
    </nav>
  )
}

/** Is the room's address all that there is to copy? The Lab has more, and the Clinic a link of its own. */
const hasLink = (room: RoomId): boolean => room !== 'lab' && room !== 'clinic'

/** Outside of the Lab the link is all that there is to copy. */
const CopyLink = ({ onCopy }: Pick<Props, 'onCopy'>) => (
  <Button small onPress={() => onCopy('link')}>
    Copy link
  </Button>
)

/** Asks for a recording of the reader's own. */
function OpenButton() {
  const commands = useCommands()
  return (
    <Button small onPress={() => commands.askForFile(true)}>
      Open…
    </Button>
  )
}

/** The ways back to what was chosen before. */
function UndoButton() {
  const commands = useCommands()
  const canUndo = useApp((state) => state.done.length > 0)
  return (
    <Button small disabled={!canUndo} onPress={commands.undo}>
      Undo
    </Button>
  )
}

function RedoAndReset() {
  const commands = useCommands()
  const canRedo = useApp((state) => state.undone.length > 0)
  return (
    <>
      <Button small disabled={!canRedo} onPress={commands.redo}>
        Redo
      </Button>
      <Button small onPress={commands.reset}>
        Reset
      </Button>
    </>
  )
}

function PageButtons({ theme, onTheme, onHelp }: Pick<Props, 'theme' | 'onTheme' | 'onHelp'>) {
  return (
    <>
      <Button small onPress={onTheme}>
        Theme: {theme}
      </Button>
      <Button small onPress={onHelp}>
        Keys
      </Button>
    </>
  )
}
