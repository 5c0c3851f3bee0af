/** Pages of one last-level table. */
const PAGES = 512
const TABLE = 0x20_0000
const FIRST = 0x7f00_0000_0000

/** The word of the `page`th page, as a real process has them: most present, some hinted, some empty. */
function wordOf(page: number): { readonly word: string; readonly frame: string } {
  const frame = 0x1_0000 + ((page * 7919) % 0x80_0000)
  if (page % 7 === 6) return { word: '0', frame: '-' }
  const inverted = page % 5 === 4
  const high = inverted ? 0xf_ffff - Math.floor(frame / 0x10_0000) : 0x8000_0000 + Math.floor(frame / 0x10_0000)
  const low = inverted ? 0xf_ffff - (frame % 0x10_0000) : frame % 0x10_0000
  const word = `${high.toString(16)}${low.toString(16).padStart(5, '0')}${inverted ? '962' : '967'}`
  return { word, frame: frame.toString(16) }
}

/** The text of a recording of so many pages, a line for each. The same number gives the same text. */
export function largeRecording(pages: number): string {
  const lines = ['one-bit-two-names capture 2', 'platform xen', 'name large']
  const end = FIRST + Math.ceil(pages / PAGES) * TABLE
  lines.push(`map ${FIRST.toString(16)} ${end.toString(16)} 8100073 8000000000000025 [anon]`)
  for (let page = 0; page < pages; page++) {
    const { word, frame } = wordOf(page)
    lines.push(`PTE ${(FIRST + page * 0x1000).toString(16)} ${word} ${frame} 1 1 0`)
  }
  return `${lines.join('\n')}\nend ${pages}\n`
}

/** The words alone. */
export function wordsOnly(pages: number): string {
  return Array.from({ length: pages }, (_, page) => wordOf(page).word.padStart(16, '0')).join('\n')
}
