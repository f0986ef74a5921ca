import type { Condition, ConditionValue, Operator } from '../policy/schema.ts'
import { DAY_MS } from '../units.ts'
import type { DecisionFacts, Observed } from './decision.ts'
import { type FieldKind, fieldNamed, PRIORITY_ORDER, SEVERITY_ORDER, STATUS_ORDER } from './fields.ts'
import { wordPattern } from './words.ts'

/** A condition made ready once, when the policy is loaded, so that a decision only calls a function. */
export type CompiledCondition = {
  readonly field: string
  /** Place of the field among the policy's fields. */
  readonly slot: number
  readonly operator: Operator
  readonly value: Observed
  /** Whether it holds for what was observed; the facts are there for `now`. */
  readonly test: (observed: Observed, facts: DecisionFacts) => boolean
}

type Test = CompiledCondition['test']

/** The fields that a policy's conditions look at, each once; a condition knows its field by the place in this list. */
export type FieldSlots = string[]

/**
 * Makes a condition ready. Total: whatever the facts hold, its test answers and never throws.
 *
 * What is not known (`null`, `''`, an empty list) is equal only to an empty value, is not `present`, includes nothing
 * and is neither less nor greater than anything, so that `is_not`, `not_includes` and `not_present` hold for it. One
 * exception is Zendesk's: a priority that is not set is less than `low`. Texts compare without regard to case.
 *
 * @param slots grows by the field, when no condition before looked at it
 */
export function compileCondition({ field, operator, value = null }: Condition, slots: FieldSlots): CompiledCondition {
  if (!slots.includes(field)) slots.push(field)
  const asTraced: Observed = Array.isArray(value) ? value.map(String) : value
  const test = testFor(fieldNamed(field)?.kind ?? 'any', operator, value)
  return { field, slot: slots.indexOf(field), operator, value: asTraced, test }
}

function testFor(kind: FieldKind, operator: Operator, value: ConditionValue): Test {
  switch (operator) {
    case 'is':
      return equals(kind, value)
    case 'is_not':
      return not(equals(kind, value))
    case 'less_than':
    case 'less_than_equal':
    case 'greater_than':
    case 'greater_than_equal':
      return compares(kind, operator, value)
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

/** Both sides as numbers; whatever is not comparable is NaN, which no comparison holds for. */
function compares(kind: FieldKind, operator: Operator, value: ConditionValue): Test {
  const rank = RANKS[kind] ?? (Number.isNaN(numberIn(value)) ? instantIn : numberIn)
  const wanted = rank(value)
  switch (operator) {
    case 'less_than':
      return (observed) => rank(observed) < wanted
    case 'less_than_equal':
      return (observed) => rank(observed) <= wanted
    case 'greater_than':
      return (observed) => rank(observed) > wanted
    default:
      return (observed) => rank(observed) >= wanted
  }
}

/** How the kinds with an order of their own become numbers. */
const RANKS: Partial<Record<FieldKind, (value: Observed | ConditionValue) => number>> = {
  status: rankIn(STATUS_ORDER),
  severity: rankIn(SEVERITY_ORDER),
  priority: rankIn(PRIORITY_ORDER),
  number: numberIn,
  date: instantIn,
}

function rankIn(order: readonly string[]): (value: Observed | ConditionValue) => number {
  const ranks = new Map(order.map((name, index) => [name, index]))
  const ranksOfAnyCase = new Map(order.map((name, index) => [name.toLowerCase(), index]))
  return (value) => ranks.get(value as string) ?? ranksOfAnyCase.get(lower(value)) ?? Number.NaN
}

function includesAny(kind: FieldKind, value: ConditionValue): Test {
  const words = wordsIn(value)
  const wanted = new Set(words)
  const pattern = wordPattern(words)
  const isText = kind === 'text' || kind === 'words' || kind === 'any'
  return (observed) => {
    if (Array.isArray(observed)) {
      const seen = asSet(observed)
      for (const word of wanted) if (seen.has(word)) return true
      return false
    }
    if (!isPresent(observed)) return false
    if (isText && typeof observed === 'string') return pattern?.test(observed) ?? false
    return wanted.has(lower(observed))
  }
}

/** One set for a list of tags, however many conditions look at it. */
const sets = new WeakMap<readonly string[], ReadonlySet<string>>()

function asSet(items: readonly string[]): ReadonlySet<string> {
  let set = sets.get(items)
  if (!set) {
    set = new Set(items.map(lower))
    sets.set(items, set)
  }
  return set
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
