/** What stands for the name of a file where there is none. */
export const PASTED = 'Pasted words'

/** A file, or what was pasted, on its way into the dialog. */
export interface Wanted {
  /** Under which this browser has kept it already. */
  readonly id?: string
  readonly title: string
  readonly file: Blob
}
