/** What can be copied, as it is called on buttons and in the help. */
export const COPIES = {
  link: 'the link',
  word: 'the word',
  sentence: 'the sentence',
  tape: 'the tape as text',
} as const
export type CopyKind = keyof typeof COPIES
