// `npm run story`: how long the story is and how hard its prose is to read, chapter by chapter.
import { CHAPTERS } from '../src/story/chapters/chapters'
import { beatsOf } from '../src/story/place'
import { grade, laterTexts, length, LOOK_SECONDS, minutes, shownTexts, WORDS_A_MINUTE, wordsRead } from './story-prose'

const row = (name: string, cells: readonly (string | number)[]): void =>
  console.log(`${name.padEnd(32)}${cells.map((cell) => String(cell).padStart(9)).join('')}`)

row('', ['beats', 'longest', 'words', 'grade', 'of more', 'minutes'])
for (const { number, title, beats } of CHAPTERS) {
  const said = beats.flatMap(({ words }) => shownTexts(words))
  row(`${number} ${title}`, [
    beats.length,
    Math.max(...beats.map(({ words }) => length(words))),
    wordsRead(beats),
    grade(said).toFixed(1),
    grade(beats.flatMap(({ words }) => laterTexts(words))).toFixed(1),
    minutes(beats).toFixed(1),
  ])
}
const all = beatsOf(CHAPTERS)
row('the story', [
  all.length,
  Math.max(...all.map(({ words }) => length(words))),
  wordsRead(all),
  grade(all.flatMap(({ words }) => shownTexts(words))).toFixed(1),
  grade(all.flatMap(({ words }) => laterTexts(words))).toFixed(1),
  minutes(all).toFixed(1),
])
console.log(`
longest: words of lead and body on one beat. grade: Flesch–Kincaid, identifiers as words of one syllable; “of more”: of what
stands behind the key M and beside an answer. minutes: ${WORDS_A_MINUTE} words a minute, and ${LOOK_SECONDS} seconds to look at each beat's figure.`)
