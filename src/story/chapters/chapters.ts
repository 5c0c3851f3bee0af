import { bind, type Chapter } from '../beat'
import { cases } from './cases'
import { copy } from './copy'
import { elsewhere } from './elsewhere'
import { hint } from './hint'
import { names } from './names'
import { stuck } from './stuck'
import { tape } from './tape'
import { test } from './test'
import { word } from './word'
import { xen } from './xen'

/** The story, in the order of reading. */
export const CHAPTERS: readonly Chapter[] = bind([stuck, word, names, hint, copy, xen, test, tape, cases, elsewhere])
