import { z } from 'zod'
import { type FieldPath, type FieldValue, isFieldPath, NOTE_FIELDS, readField } from './fields.ts'
import type { Note } from './note.ts'

/** Something the note still lacks: the dotted path of the field and how many of the 100 points it is worth. */
export const MissingItem = z.strictObject({ field: z.string(), points: z.number() })
export type MissingItem = z.infer<typeof MissingItem>

export const Completeness = z.strictObject({
  /** 0 to 100. */
  score: z.number(),
  /** The policy's bar: below it a note is not sent, except at once for P0 and P1. */
  bar: z.number(),
  /** Most valuable first. */
  missing: z.array(MissingItem),
})
export type Completeness = z.infer<typeof Completeness>

/** What each field is worth when the policy does not say. The three open groups alone reach the bar. */
export const DEFAULT_WEIGHTS: Readonly<Partial<Record<FieldPath, number>>> = {
  'issue.summary': 12,
  'issue.symptoms': 10,
  steps_taken: 16,
  escalation_reason: 14,
  suggested_next_step: 8,
  'issue.customer_impact': 10,
  'issue.business_impact': 6,
  'triage.severity': 5,
  'triage.component': 3,
  'diagnostics.environment': 4,
  'diagnostics.reproduction_steps': 5,
  'diagnostics.log_excerpts': 2,
  'diagnostics.evidence': 2,
  'customer_context.account': 1,
  'customer_context.tier': 1,
  'customer_context.primary_contact': 1,
}

export const DEFAULT_BAR = 60

/**
 * How much of what the policy values the note says.
 *
 * Weights are scaled to whole points that add up to exactly 100 (largest remainder first), so the score and the
 * missing points are whole numbers and always add up to 100. Weights that already add up to 100 stay as they are;
 * a field that ends with no point is never missing. With no weight at all, every note is complete.
 *
 * @param weights field path → weight; paths that are no field and weights that are not positive count for nothing
 */
export function completeness(
  note: Note,
  { weights, bar }: { weights: Readonly<Record<string, number | undefined>>; bar: number },
): Completeness {
  const allotted = allotPoints(weights)
  const missing = allotted
    .filter(({ field, points }) => points > 0 && !saysSomething(readField(note, field)))
    .sort((a, b) => b.points - a.points)
  return { score: missing.reduce((score, { points }) => score - points, 100), bar, missing }
}

const PLACEHOLDERS = new Set(
  ['n/a', 'na', 'n.a.', 'none', 'nil', 'null', 'nothing', 'unknown', 'not known', 'tbd', 'tba', 'tbc', 'todo', 'to do']
    .concat(['to be done', 'x', 'xx', 'xxx', 'asdf', 'test', 'k.a.', 'ka', 'keine', 'nichts', 'unbekannt', 'offen'])
    .map(bare),
)

/**
 * Whether a value tells the receiver anything: not blank, not only punctuation, not a filler such as `n/a` or `tbd`;
 * a list needs one such entry. A number, a yes or a no always does.
 */
export function saysSomething(value: FieldValue): boolean {
  if (value === null) return false
  if (Array.isArray(value)) return value.some(saysSomething)
  if (typeof value !== 'string') return true
  return /[\p{L}\p{N}]/u.test(value) && !PLACEHOLDERS.has(bare(value))
}

/** Letters and digits only, lower case; long text is no filler and is not looked at. */
function bare(text: string): string {
  return text.length > 200 ? text : text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

function allotPoints(weights: Readonly<Record<string, number | undefined>>): { field: FieldPath; points: number }[] {
  const shares = NOTE_FIELDS.map(({ path }) => path)
    .filter((path) => Object.hasOwn(weights, path) && isFieldPath(path) && Number.isFinite(weights[path]))
    .map((field) => ({ field, weight: Math.max(0, weights[field]!) }))
    .filter(({ weight }) => weight > 0)
  const heaviest = Math.max(...shares.map(({ weight }) => weight), 0)
  if (heaviest === 0) return []

  const total = shares.reduce((sum, { weight }) => sum + weight / heaviest, 0)
  const allotted = shares.map(({ field, weight }) => {
    const exact = (weight / heaviest / total) * 100
    const points = Math.floor(exact + 1e-9)
    return { field, points, rest: exact - points }
  })
  let left = 100 - allotted.reduce((sum, { points }) => sum + points, 0)
  for (const share of allotted.toSorted((a, b) => b.rest - a.rest)) {
    if (left <= 0) break
    share.points += 1
    left -= 1
  }
  return allotted.map(({ field, points }) => ({ field, points }))
}
