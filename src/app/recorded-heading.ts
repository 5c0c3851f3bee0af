/** Where the panel of what was recorded begins: what leads there goes to this heading. */
export const RECORDED_HEADING = 'recorded'
