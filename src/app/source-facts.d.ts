/** What scripts/source-facts.mjs reads out of the source code while the app is built. */
declare module 'virtual:source-facts' {
  /** What the program leaves out, in the order of files. */
  export const cuts: readonly {
    readonly file: string
    /** The step or the declared name that the comment stands above. */
    readonly about: string
    readonly rule: string | null
    readonly text: string
  }[]
  /** Files with tests that name a rule, by the number of the rule. */
  export const tests: Readonly<Record<string, readonly string[]>>
}
