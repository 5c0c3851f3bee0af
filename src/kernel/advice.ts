/** What madvise can be told of a page: it may go; it may go when memory is short; write it to swap now. */
export type Advice = 'dontneed' | 'free' | 'pageout'
export const ADVICE: readonly Advice[] = ['dontneed', 'free', 'pageout']
