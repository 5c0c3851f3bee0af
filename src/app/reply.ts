import { useState } from 'react'
import { useApp } from '../store/use-app'

/** What a switch by name answered: it holds until anything changes, in time or in the run. */
export function useReply(): readonly [string, (text: string) => void] {
  const choices = useApp((state) => state.choices)
  const cursor = useApp((state) => state.cursor)
  const page = useApp((state) => state.page)
  const [reply, setReply] = useState<{ text: string; at: readonly unknown[] | null }>({ text: '', at: null })
  const now = [choices, cursor, page]
  // The answer is given together with the change that it speaks of: what it holds for is known one render later.
  if (reply.text && !reply.at) setReply({ text: reply.text, at: now })
  const holds = !reply.at || now.every((value, index) => value === reply.at?.[index])
  return [holds ? reply.text : '', (text) => setReply({ text, at: null })]
}
