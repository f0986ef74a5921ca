import type { Condition, ConditionValue, Operator } from '../policy/schema.ts'
import { DAY_MS } from '../units.ts'
import type { DecisionFacts, Observed } from './decision.ts'
import { type FieldKind, fieldNamed, PRIORITY_ORDER, SEVERITY_ORDER, STATUS_ORDER } from './fields.ts'
import { wordPattern } from './words.ts'

/** A condition made ready once, when the policy is loaded, so that a decision only calls a function. */
export type CompiledCondition = {
  readonly field: string
  readonly operator: Operator
  readonly value: Observed
  readonly holds: (facts: DecisionFacts) => boolean
}

type Test = (observed: Observed, facts: DecisionFacts) => boolean

/**
 * Makes a condition ready. Total: whatever the facts hold, `holds` answers and never throws.
 *
 * What is not known (`null`, `''`, an empty list) is equal only to an empty value, is not `present`, includes nothing
 * and is neither less nor greater than anything, so that `is_not`, `not_includes` and `not_present` hold for it. One
 * exception is Zendesk's: a priority that is not set is less than `low`. Texts compare without regard to case.
 */
export function compileCondition({ field, operator, value = null }: Condition): CompiledCondition {
  const test = testFor(fieldNamed(field)?.kind ?? 'any', operator, value)
  const asTraced: Observed = Array.isArray(value) ? value.map(String) : value
  return { field, operator, value: asTraced, holds: (facts) => test(facts[field] ?? null, facts) }
}

function testFor(kind: FieldKind, operator: Operator, value: ConditionValue): Test {
  switch (operator) {
    case 'is':
      return equals(kind, value)
    case 'is_not':
      return not(equals(kind, value))
    case 'less_than':
      return compares(kind, value, (order) => order < 0)
    case 'less_than_equal':
      return compares(kind, value, (order) => order <= 0)
    case 'greater_than':
      return compares(kind, value, (order) => order > 0)
    case 'greater_than_equal':
      return compares(kind, value, (order) => order >= 0)
    case 'includes':
      return includesAny(kind, value)
    case 'not_includes':
      return not(includesAny(kind, value))
    case 'includes_words':
      return findsWord(value)
    case 'not_includes_words':
      return not(findsWord(value))
    case 'includes_string':
      return findsText(value)
    case 'not_includes_string':
      return not(findsText(value))
    case 'present':
      return isPresent
    case 'not_present':
      return not(isPresent)
    case 'within_previous_n_days':
      return isWithin(value, -1)
    case 'within_next_n_days':
      return isWithin(value, 1)
  }
}

function not(test: Test): Test {
  return (observed, facts) => !test(observed, facts)
}

function isPresent(observed: Observed): boolean {
  return observed !== null && observed !== '' && !(Array.isArray(observed) && observed.length === 0)
}

function equals(kind: FieldKind, value: ConditionValue): Test {
  if (kind === 'words') return findsText(value)
  const wanted = Array.isArray(value) ? value.map(lower).sort().join(' ') : lower(value)
  if (wanted === '') return (observed) => !isPresent(observed)
  const number = numberIn(value)
  const instant = kind === 'date' ? instantIn(value) : Number.NaN
  return (observed) => {
    if (!isPresent(observed)) return false
    if (kind === 'date') return instantIn(observed) === instant
    if (typeof observed === 'number') return observed === number
    if (Array.isArray(observed)) return observed.map(lower).sort().join(' ') === wanted
    return lower(observed) === wanted
  }
}

function compares(kind: FieldKind, value: ConditionValue, holds: (order: number) => boolean): Test {
  const rank = RANKS[kind]
  if (rank) {
    const wanted = rank(value)
    return (observed) => holds(rank(observed) - wanted)
  }
  const number = numberIn(value)
  const instant = instantIn(value)
  return (observed) => {
    const seen = numberIn(observed)
    return holds(Number.isNaN(seen) || Number.isNaN(number) ? instantIn(observed) - instant : seen - number)
  }
}

/** Position in an ordered list; NaN for what is not in it, which no comparison holds for. */
const RANKS: Partial<Record<FieldKind, (value: Observed | ConditionValue) => number>> = {
  status: rankIn(STATUS_ORDER),
  severity: rankIn(SEVERITY_ORDER),
  priority: rankIn(PRIORITY_ORDER),
  number: numberIn,
  date: instantIn,
}

function rankIn(order: readonly string[]): (value: Observed | ConditionValue) => number {
  const ranks = new Map(order.map((name, index) => [name.toLowerCase(), index]))
  return (value) => ranks.get(lower(value)) ?? Number.NaN
}

function includesAny(kind: FieldKind, value: ConditionValue): Test {
  const words = wordsIn(value)
  const wanted = new Set(words)
  const pattern = wordPattern(words)
  const isText = kind === 'text' || kind === 'words' || kind === 'any'
  return (observed) => {
    if (Array.isArray(observed)) return observed.some((item) => wanted.has(lower(item)))
    if (!isPresent(observed)) return false
    if (isText && typeof observed === 'string') return pattern?.test(observed) ?? false
    return wanted.has(lower(observed))
  }
}

function findsWord(value: ConditionValue): Test {
  const pattern = wordPattern(wordsIn(value))
  return (observed) => pattern !== null && textsIn(observed).some((text) => pattern.test(text))
}

function findsText(value: ConditionValue): Test {
  const wanted = lower(value)
  return (observed) => wanted !== '' && textsIn(observed).some((text) => text.toLowerCase().includes(wanted))
}

function isWithin(value: ConditionValue, direction: 1 | -1): Test {
  const span = numberIn(value) * DAY_MS
  return (observed, facts) => {
    const away = (instantIn(observed) - instantIn(facts.now ?? null)) * direction
    return away >= 0 && away <= span
  }
}

function textsIn(observed: Observed): readonly string[] {
  if (Array.isArray(observed)) return observed
  return observed === null ? [] : [String(observed)]
}

/** Words as Zendesk writes them in one value: a list, or a text with spaces between. */
function wordsIn(value: ConditionValue): string[] {
  if (Array.isArray(value)) return value.map(lower).filter((word) => word !== '')
  return lower(value)
    .split(/\s+/)
    .filter((word) => word !== '')
}

function lower(value: Observed | ConditionValue): string {
  return value === null ? '' : String(value).toLowerCase()
}

function numberIn(value: Observed | ConditionValue): number {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value.trim() === '') return Number.NaN
  return Number(value)
}

/** Milliseconds; a number is taken as such already, a text as ISO 8601. */
export function instantIn(value: Observed | ConditionValue): number {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN
}
