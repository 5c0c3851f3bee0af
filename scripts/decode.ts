// `npm run --silent decode -- WORD…`: what each reader makes of page-table entries. Without a word the text is read from stdin: an
// oops, a walk of Xen, crash's vtop, a list of words.
//   --json                 as JSON
//   --list                 all entries at once: counts and oddities
//   --level PTE|PMD|PUD|PGD  of words that do not say it
//   --machine bare|xen     where they were read
//   --linux ID             who wrote them: 3.7 3.14 3.19 8a05 rc0 4.0 4.19 6.1 6.13
//   --vma RIGHTS           of their mapping: rw, r, rwxp, rw-s … or none
import { readFileSync } from 'node:fs'
import { decode } from './decode-command'

const { status, text } = decode(process.argv.slice(2), () => readFileSync(0, 'utf8'))
if (status === 2) console.error(text)
else process.stdout.write(text)
process.exitCode = status
