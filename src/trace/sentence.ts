import type { Step } from '../arch/step'
import type { KernelCx } from '../kernel/context'
import type { Kernel } from '../kernel/variants'
import { ACCESS_SENTENCES } from './access-sentences'
import { ADVICE_SENTENCES } from './advice-sentences'
import { FAULT_SENTENCES, hugeQuestion } from './fault-sentences'
import { momentOf, type Moment } from './moment'
import type { Scene } from './scene'
import { STORE_SENTENCES } from './store-sentences'
import { WALK_SENTENCES } from './walk-sentences'

/** What happened, and the step that did it, where one is told. */
export interface Sentence {
  readonly text: string
  readonly step?: Step<KernelCx>
}

/** Where a scenario begins: what to look for, and how many choices at the beginning of the tape are its own. */
export interface Beginning {
  readonly look: string
  readonly opening: number
}

/** One sentence for each step, by the name of the step. */
export const SENTENCES: Readonly<Record<string, (at: Moment) => string>> = {
  ...ACCESS_SENTENCES,
  ...FAULT_SENTENCES,
  ...STORE_SENTENCES,
  ...WALK_SENTENCES,
  ...ADVICE_SENTENCES,
}

/** Steps that go from page to page, and so follow themselves without waiting. */
const WALKS = ['change_pte_range, hint', 'copy_one_pte', 'clear_refs_pte_range']

/** Say what the last tick did, with the numbers it did it to; where the scenario begins, say what to look for. */
export function sentenceOf(scene: Scene, beginning?: Beginning): Sentence {
  const at = momentOf(scene)
  if (beginning && standsAtBeginning(scene, beginning.opening)) return { text: beginning.look }
  if (!at) return { text: 'Nothing has happened yet. Choose an access and take a step.' }
  const { step } = at.tick
  const { name } = step
  const waits = at.next === name && !WALKS.includes(name)
  const text = waits ? 'Another CPU holds the page-table lock, so Linux waits.' : SENTENCES[name]!(at)
  return { text, step }
}

function standsAtBeginning({ tape, cursor, tick }: Scene, opening: number): boolean {
  if (!tick) return true
  const next = tape.ticks[cursor]
  return tick.choice < opening && (!next || next.choice >= opening)
}

/** The name a step goes by on screen: the question on the fault path carries its kernel's name. */
export function stepTitle({ name }: { readonly name: string }, kernel: Kernel): string {
  if (name === 'hint?') return `${kernel.hint.name}?`
  return name === 'huge hint?' ? `${hugeQuestion(kernel).name}?` : name
}
