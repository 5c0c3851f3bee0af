/** A recorded piece of a log, as an example to be read. */
export interface Sample {
  /** `xen 2`: machine, and which of its five oopses; `walk 1`: what Xen printed. */
  readonly name: string
  /** Where it was recorded. */
  readonly about: string
  readonly text: string
}

/** The pieces of samples.txt: five oopses on each machine, and a walk of Xen. */
export const samplesIn = (text: string): readonly Sample[] =>
  text
    .split(/^## /m)
    .filter(Boolean)
    .map((part) => {
      const [head = '', ...lines] = part.split('\n')
      const [, name = '', about = ''] = /^(\S+ \d+) (.*)$/.exec(head) ?? []
      return { name, about, text: lines.join('\n') }
    })
