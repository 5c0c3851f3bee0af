import { useState } from 'react'
import { otherSceneOf, sceneOf } from '../store/derived'
import { useApp, useCommands } from '../store/use-app'
import { wordAsked } from '../trace/scene'
import { Button } from '../views/ui/button'
import { Dialog } from '../views/ui/dialog'
import { RadioGroup } from '../views/ui/radio-group'
import { WordInRows } from '../views/compare/word-in-rows'
import { AboutRecording } from './about-recording'
import { CompareDifference } from './compare-difference'
import { WorldChoice } from './compare-line'
import { CompareSaid } from './compare-said'
import { CompareTape } from './compare-tape'
import { useWords } from './compare-words'
import { CompareWorlds } from './compare-worlds'
import { PartOfOwn } from './part-of-own'
import { PhonePathOf } from './phone-path'
import { ScenarioMenu } from './scenario-menu'
import { useSwipe } from './swipe'
import { useTravel } from './travel'
import { AccessChoice, Operations, PageMenu, ProcessMenu, SeldomOperations, ToucherMenu } from './world-controls'
import './phone.css'

type Place = 'a' | 'b'

/** Two worlds on a small screen: one at a time, a swipe or a tap away from each other, on the same playhead. */
export function ComparePhone() {
  const [shown, setShown] = useState<Place>('a')
  return (
    <>
      <Summary />
      <PartOfOwn />
      <div className="compare-phone">
        <SwipedWorlds shown={shown} onShow={setShown} />
        <CompareDifference />
        <CompareSaid brief />
        <PathOfWorld place={shown} />
        <CompareWorlds />
      </div>
      <CompareTape phone />
    </>
  )
}

interface WorldsProps {
  readonly shown: Place
  readonly onShow: (place: Place) => void
}

/** The word of one world; what differs in the other is framed. */
function SwipedWorlds({ shown, onShow }: WorldsProps) {
  const { a, b, caption, animate } = useWords()
  const [word, other] = shown === 'a' ? [a, b] : [b, a]
  const options = [
    { value: 'a', label: `A: ${a.title}` },
    { value: 'b', label: `B: ${b.title}` },
  ] as const
  // What a swipe does can be done by a tap too.
  const swap = () => onShow(shown === 'a' ? 'b' : 'a')
  return (
    <div className="grid gap-2" {...useSwipe({ left: swap, right: swap })}>
      <RadioGroup label="World shown" hidesLabel options={options} value={shown} onChange={onShow} />
      <p className="text-label text-ink-2">{caption}</p>
      <WordInRows word={word} other={other} animate={animate} />
    </div>
  )
}

/** The path of the fault in the world that is shown. */
function PathOfWorld({ place }: { readonly place: Place }) {
  const scene = useApp(place === 'a' ? sceneOf : otherSceneOf)
  const page = useApp((state) => state.page)
  const process = useApp((state) => state.process)
  const chosen = useApp((state) => state.access)
  const by = useApp((state) => state.by)
  const travel = useTravel()
  const word = wordAsked(scene, process, page).lo
  return <PhonePathOf {...{ scene, chosen, by, travel, word }} predicate={scene.machine.kernel.hint} />
}

/** The way back, and the sheet that changes the worlds and what is done in both. */
function Summary() {
  const commands = useCommands()
  const [open, setOpen] = useState(false)
  return (
    <section aria-label="The worlds" className="world-summary">
      <p className="font-semibold">Two worlds</p>
      <div className="flex flex-wrap gap-2">
        <Button small onPress={() => setOpen(true)}>
          Change
        </Button>
        <Button small onPress={() => commands.show('one')}>
          One world again
        </Button>
      </div>
      <div className="col-span-2 flex flex-wrap gap-2">
        <PageMenu />
        <AboutRecording />
      </div>
      <Dialog title="The worlds" open={open} onClose={() => setOpen(false)}>
        <div className="grid gap-3">
          <WorldChoice letter="A" />
          <WorldChoice letter="B" />
          <p className="border-t border-rule pt-3 text-label text-ink-2">In both</p>
          <ScenarioMenu most="100%" />
          <AccessChoice as="radios" />
          <div className="flex flex-wrap gap-3">
            <ToucherMenu />
            <ProcessMenu />
          </div>
          <Operations />
          <SeldomOperations />
        </div>
      </Dialog>
    </section>
  )
}
