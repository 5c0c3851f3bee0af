import { EXPLORED } from '../machine/scenario'
import { decodeRun } from '../trace/codec'
import type { Model } from './model'
import type { Beginning } from './move'

const [onePage, threePages] = EXPLORED as [(typeof EXPLORED)[0], (typeof EXPLORED)[0]]

/** A menu in the notation of links (docs/url.md). */
const menu = (text: string): readonly Beginning[] =>
  decodeRun(text).choices.filter((choice): choice is Beginning => choice.do !== 'hold')

/** What is explored. Each begins with a page that parent and child share after fork, so that one write can go wrong. */
export const MODELS: readonly Model[] = [
  {
    id: 'test',
    says: 'One page, one CPU: the parent reads and writes, the scanner passes.',
    scenario: onePage,
    menu: menu('r0.w0.s0'),
  },
  {
    id: 'page',
    says: 'One page, one CPU: parent and child read and write, the child ends and is forked again, the scanner passes.',
    scenario: onePage,
    menu: menu('r0.w0.cr0.cw0.f.q.s0'),
  },
  {
    id: 'rights',
    says: 'The same, and mprotect takes all rights away and gives them back.',
    scenario: onePage,
    menu: menu('r0.w0.cr0.cw0.f.q.s0.m0n.m0w'),
  },
  {
    id: 'swap',
    says: 'As “page”, and the page goes to swap.',
    scenario: onePage,
    menu: menu('r0.w0.cr0.cw0.f.q.s0.o0'),
  },
  {
    id: 'pin',
    says: 'As “page”, one process, and the kernel pins the page.',
    scenario: onePage,
    menu: menu('r0.w0.s0.g0r.g0w'),
  },
  {
    id: 'quiet',
    says: 'As “page”, without the scanner.',
    scenario: onePage,
    menu: menu('r0.w0.cr0.cw0.f.q'),
  },
  {
    id: 'race',
    says: 'One page, two CPUs: two threads read and write while the scanner passes and the page goes to swap, in any order, step by step.',
    scenario: onePage,
    menu: menu('r0.w0.s0.o0.tr0.tw0'),
  },
  {
    id: 'pages',
    says: 'Three pages, two CPUs, two processes: reads and writes race with the scanner.',
    scenario: threePages,
    menu: menu('w0.r1.w2.cw0.s0.tw0.tr1.tw2'),
  },
]

/** Those that the page meets when it opens, and those that are met on demand, the largest first. */
const AT_ONCE: readonly string[] = ['rights', 'page', 'pin', 'quiet']
export const PAGE_MODELS = MODELS.filter(({ id }) => AT_ONCE.includes(id))
export const BIG_MODELS = MODELS.filter(({ id }) => !AT_ONCE.includes(id) && id !== 'test').toReversed()

/** The model with this id; the first for an unknown one. */
export const modelById = (id: string): Model => MODELS.find((model) => model.id === id) ?? MODELS[0]!
