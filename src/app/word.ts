import { useState } from 'react'
import { fromHex, has, PRESENT, PROTNONE } from '../arch/pte'
import { sceneOf } from '../store/derived'
import { useApp, useCommands } from '../store/use-app'
import { switchReply, switchState } from '../trace/remarks'
import { entryAt } from '../trace/scene'
import type { BitSwitchName } from '../views/bit-grid/bit-switches'
import { useReadNow } from './read-now'
import { strataOf } from './strata'

/** The selected word, and what the reader can do to it. `onReply` hears what a switch by name answers. */
export function useWord(onReply: (text: string) => void) {
  const scene = useApp(sceneOf)
  const recorded = useApp((state) => state.recorded.has(state.scenario))
  const process = useApp((state) => state.process)
  const page = useApp((state) => state.page)
  const selectedBit = useApp((state) => state.why)
  const animate = useApp((state) => state.forward)
  const commands = useCommands()
  const [hexProblem, setHexProblem] = useState<string | null>(null)
  const entry = entryAt(scene, process, page)
  const readNow = useReadNow(scene, process, page)

  const onFlip = (bit: number) => commands.choose({ do: 'flip', process, page, bit })
  const onHex = (text: string) => {
    const word = fromHex(text)
    setHexProblem(word ? null : `“${text.slice(0, 20)}” is no entry. Type 1 to 16 hexadecimal digits.`)
    if (word) commands.choose({ do: 'poke', process, page, word })
  }
  const onSwitch = (name: BitSwitchName) => {
    const answer = switchReply(entry, name)
    for (const bit of answer.flips) onFlip(bit)
    onReply(answer.text)
  }
  return {
    names: { present: has(entry, PRESENT), bit8: has(entry, PROTNONE) },
    switches: { ...switchState(entry), onSwitch },
    strata: {
      strata: strataOf(scene, process, page, recorded),
      readNow,
      selectedBit,
      onFlip,
      onWhy: commands.explain,
      onHex,
      onStore: () => commands.choose({ do: 'store', process, page }),
      hexProblem,
      animate,
    },
  }
}
