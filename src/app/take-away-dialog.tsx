import { useRef, useState } from 'react'
import { scenarioOf } from '../store/derived'
import { roomOf } from '../store/rooms'
import { linkOf } from '../store/url'
import { useApp } from '../store/use-app'
import { Button } from '../views/ui/button'
import { Checkbox } from '../views/ui/checkbox'
import { Dialog } from '../views/ui/dialog'
import { OneOf } from '../views/ui/one-of'
import { embedCode } from './embed-address'
import { asPngFile, asSvgFile, pictureOf, shownFigures } from './figure-picture'
import { qrCode } from './qr-code'
import { saveAs } from './save'

interface Props {
  readonly onClose: () => void
}

/** The picture that is asked for most, where it is on the screen. */
const USUAL = 'The path'

const fileNameOf = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

/** What a reader can carry off: the link as a code for a camera, each figure as a picture, and a frame for a page of their own. */
export default function TakeAwayDialog({ onClose }: Props) {
  const inLab = roomOf(location.hash) === 'lab'
  const state = useApp(linkOf)
  const link = inLab ? new URL(state, location.href).href : location.href
  // An address on a disk is of use to nobody else.
  const isShared = location.protocol !== 'file:'
  const [figures] = useState(shownFigures)
  const names = [...figures.keys()]
  const [name, setName] = useState(names.find((each) => each === USUAL) ?? names[0] ?? '')
  const [trouble, setTrouble] = useState('')
  const save = async (kind: 'svg' | 'png') => {
    try {
      const picture = await pictureOf(figures.get(name)!, link)
      saveAs(kind === 'svg' ? asSvgFile(picture) : await asPngFile(picture), `${fileNameOf(name)}.${kind}`)
      setTrouble('')
    } catch (error) {
      setTrouble(`This browser could not draw it (${error instanceof Error ? error.message : String(error)}).`)
    }
  }
  return (
    <Dialog title="Take away" open onClose={onClose}>
      <div className={`grid gap-4 ${isShared ? 'sm:grid-cols-[14rem_minmax(0,1fr)]' : ''}`}>
        {isShared && <Code text={link} />}
        <div className="grid content-start gap-3 text-label">
          <p className="font-mono wrap-anywhere">{link}</p>
          {!isShared && (
            <p className="text-ink-2">
              This page was opened from a file, so the link leads nowhere on another machine, and there is no code of
              it.
            </p>
          )}
          {names.length > 0 && (
            <div role="group" aria-label="Pictures" className="grid justify-items-start gap-2">
              <OneOf
                as="menu"
                label="Picture"
                options={names.map((each) => ({ value: each, label: each }))}
                value={name}
                onChange={setName}
              />
              <div className="flex flex-wrap gap-2">
                <Button small onPress={() => void save('svg')}>
                  {name} as SVG
                </Button>
                <Button small onPress={() => void save('png')}>
                  {name} as PNG
                </Button>
              </div>
            </div>
          )}
          <p role="status">{trouble}</p>
        </div>
      </div>
      {isShared && inLab && <Frame link={link} />}
    </Dialog>
  )
}

/** The code that shows this state in another page. */
function Frame({ link }: { readonly link: string }) {
  const { title } = useApp(scenarioOf)
  const [spoiler, setSpoiler] = useState(false)
  const [said, setSaid] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const code = embedCode(link, `One Bit, Two Names: ${title}`, spoiler)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code)
      setSaid('Copied.')
    } catch {
      field.current?.select()
      setSaid('This browser does not let the page copy. The code is selected: press Ctrl C (Cmd C on a Mac).')
    }
  }
  return (
    <section aria-label="For a page of your own" className="grid gap-3 border-t border-rule pt-4 text-label">
      <p>For a page of your own: a frame with this state, without the header.</p>
      <Checkbox checked={spoiler} onChange={setSpoiler}>
        It tells nothing before the reader presses its button
      </Checkbox>
      <textarea
        ref={field}
        readOnly
        aria-label="Code of the frame"
        value={code}
        rows={4}
        className="w-full resize-y border border-line bg-bg-2 p-2 font-mono text-label text-ink"
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button small onPress={() => void copy()}>
          Copy the code
        </Button>
        <p role="status">{said}</p>
      </div>
    </section>
  )
}

/** Black on white in every theme, for cameras. */
function Code({ text }: { readonly text: string }) {
  const code = qrCode(text)
  if (!code) return <p className="text-label">The link is too long for a code that a camera could read.</p>
  const { size, path } = code
  return (
    <svg role="img" aria-label="QR code of the link" viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
