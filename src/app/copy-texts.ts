import { toHex } from '../arch/pte'
import type { AppState } from '../store/app-store'
import { playbackOf, scenarioOf, sceneOf } from '../store/derived'
import { linkOf } from '../store/url'
import { entryAt } from '../trace/scene'
import { sentenceOf } from '../trace/sentence'
import type { CopyKind } from './copy-kinds'

/** The text itself, of the state as it is. */
export async function copyText(kind: CopyKind, state: AppState): Promise<string> {
  switch (kind) {
    case 'link':
      return new URL(linkOf(state), location.href).href
    case 'word':
      return `0x${toHex(entryAt(sceneOf(state), state.process, state.page))}`
    case 'sentence': {
      const { look, opening } = scenarioOf(state)
      return sentenceOf(sceneOf(state), { look, opening: opening.length }).text
    }
    case 'tape': {
      const { asText } = await import('../trace/as-text')
      return asText(playbackOf(state), state.process, state.page)
    }
  }
}
