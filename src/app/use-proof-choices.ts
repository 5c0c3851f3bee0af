import { useEffect, useState } from 'react'
import { parseProofHref, proofHref, type ProofChoices } from '../store/proof-link'
import { roomOf } from '../store/rooms'
import { useCommands } from '../store/use-app'

/** What the reader chose in the room of the proof, as the address says it; a choice replaces the address. */
export function useProofChoices(usual: ProofChoices): readonly [ProofChoices, (choices: ProofChoices) => void] {
  const commands = useCommands()
  const [choices, setChoices] = useState(() => parseProofHref(location.hash, usual).choices)
  useEffect(() => {
    const follow = () => {
      if (roomOf(location.hash) !== 'proof') return
      const parsed = parseProofHref(location.hash, usual)
      parsed.messages.forEach(commands.say)
      setChoices(parsed.choices)
    }
    follow()
    addEventListener('popstate', follow)
    return () => removeEventListener('popstate', follow)
  }, [commands, usual])
  const choose = (chosen: ProofChoices) => {
    setChoices(chosen)
    history.replaceState(null, '', proofHref(chosen, usual))
  }
  return [choices, choose]
}
