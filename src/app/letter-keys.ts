import { useState } from 'react'
import { recall, remember } from './remembered'

const NAME = 'letter-keys'

/** Keys that are a single character, on or off: who dictates, or rests a hand on the keyboard, wants them off. */
export function useLetterKeys(onForgotten: () => void): readonly [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => recall(NAME) !== 'off')
  const choose = (next: boolean) => {
    setOn(next)
    if (!remember(NAME, next ? null : 'off')) onForgotten()
  }
  return [on, choose]
}
