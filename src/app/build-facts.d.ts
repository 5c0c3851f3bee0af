/** What scripts/build-facts.mjs knows of the build. */
declare module 'virtual:build-facts' {
  export const version: string
  /** Of the newest commit, as year-month-day; null where it is not known. */
  export const date: string | null
  export const commit: string | null
  /** Is all of the app in one file, with nothing to fetch? */
  export const isOneFile: boolean
}
