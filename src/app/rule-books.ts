import { tests } from 'virtual:source-facts'
import type { Step } from '../arch/step'
import { allSteps } from '../arch/step'
import cpu from '../arch/RULES.md?raw'
import type { KernelCx } from '../kernel/context'
import linux from '../kernel/RULES.md?raw'
import { parseRuleBook, type Rule, type RuleBook } from '../trace/rule-book'
import xen from '../xen/RULES.md?raw'

/** The rules of the CPU, of Linux and of Xen, as they stand beside their code. */
export const BOOKS: readonly RuleBook[] = [cpu, linux, xen].map(parseRuleBook)

const RULES = new Map(
  BOOKS.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules)).map((rule) => [rule.id, rule] as const),
)

/** The rule with this number; undefined if there is none. */
export const ruleById = (id: string): Rule | undefined => RULES.get(id)

export const RULE_COUNT = RULES.size

/** The steps that carry a rule out. */
export const stepsOf = (id: string): readonly Step<KernelCx>[] => allSteps<KernelCx>().filter(({ rule }) => rule === id)

/** The files whose tests name the rule. */
export const testsOf = (id: string): readonly string[] => tests[id] ?? []
