import type { Choice } from '../../machine/choice'
import type { Witness } from '../../explore/verdict'
import { decodeRun } from '../../trace/codec'

/** What is begun on the way, in words: “one write”, “a scan, then a read by the child”. */
export function beginningsText(witness: Witness): string {
  const begun = decodeRun(witness.run).choices.filter(({ do: what }) => what !== 'hold')
  if (begun.length === 0) return 'It is so from the start.'
  if (begun.length === 1) return `It takes one ${nounOf(begun[0]!)}.`
  const rest = begun.slice(0, -1).map((choice) => `a ${nounOf(choice)}`)
  return `It takes ${rest.join(', ')}, then a ${nounOf(begun.at(-1)!)}.`
}

/** A beginning as a noun. */
export function nounOf(choice: Choice): string {
  switch (choice.do) {
    case 'access':
      return `${choice.access}${choice.process === 1 ? ' by the child' : choice.second ? ' on the other CPU' : ''}`
    case 'pin':
      return `pin to ${choice.access}`
    case 'scan':
      return 'scan'
    case 'exit':
      return 'child’s end'
    case 'reclaim':
      return 'page’s way to swap'
    case 'mprotect':
      return choice.rights === 'none' ? 'PROT_NONE' : 'mprotect'
    default:
      return choice.do
  }
}
