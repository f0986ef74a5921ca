import { type FormField, valueAt, withValueAt } from '../form/form.ts'
import { Note } from './note.ts'

export { type FieldKind, type FieldValue, isEmptyValue } from '../form/form.ts'

/**
 * What the note form shows together. The first three are open from the start; the others are folded; `handover` is
 * filled in by the app and not shown as a form group.
 */
export const NOTE_GROUPS = [
  'happening',
  'tried',
  'needed',
  'triage',
  'customer-impact',
  'business-impact',
  'environment',
  'reproduction',
  'evidence',
  'customer-context',
  'handover',
] as const
export type NoteGroup = (typeof NOTE_GROUPS)[number]

type FieldEntry = FormField & { group: NoteGroup }

/** The choices of a `choice` field, in order. */
export const SEVERITY_CHOICES = Note.shape.triage.unwrap().shape.severity.unwrap().unwrap().options

/** Every field of the note, in the order in which forms and comments show them. */
export const NOTE_FIELDS = [
  { path: 'issue.summary', group: 'happening', kind: 'text', heading: 'Summary' },
  { path: 'issue.symptoms', group: 'happening', kind: 'lines', heading: 'Symptoms' },
  { path: 'steps_taken', group: 'tried', kind: 'lines', heading: 'Steps taken', shown: 'numbered' },
  { path: 'escalation_reason', group: 'needed', kind: 'long', heading: 'Reason for escalation' },
  { path: 'suggested_next_step', group: 'needed', kind: 'long', heading: 'Suggested next step' },
  { path: 'triage.severity', group: 'triage', kind: 'choice', heading: 'Severity', choices: SEVERITY_CHOICES },
  { path: 'triage.component', group: 'triage', kind: 'text', heading: 'Component' },
  { path: 'triage.category', group: 'triage', kind: 'text', heading: 'Category' },
  { path: 'triage.affected_customers', group: 'triage', kind: 'number', heading: 'Affected customers' },
  { path: 'triage.duration_hours', group: 'triage', kind: 'number', heading: 'Duration in hours' },
  { path: 'triage.needs_code', group: 'triage', kind: 'boolean', heading: 'Needs a code change' },
  { path: 'issue.customer_impact', group: 'customer-impact', kind: 'long', heading: 'Customer impact' },
  { path: 'issue.business_impact', group: 'business-impact', kind: 'long', heading: 'Business impact' },
  { path: 'diagnostics.environment', group: 'environment', kind: 'long', heading: 'Environment' },
  {
    path: 'diagnostics.reproduction_steps',
    group: 'reproduction',
    kind: 'lines',
    heading: 'Steps to reproduce',
    shown: 'numbered',
  },
  { path: 'diagnostics.reproduction_rate', group: 'reproduction', kind: 'percent', heading: 'Reproduction rate' },
  { path: 'diagnostics.log_excerpts', group: 'evidence', kind: 'long', heading: 'Log excerpts', shown: 'code' },
  { path: 'diagnostics.evidence', group: 'evidence', kind: 'lines', heading: 'Evidence' },
  { path: 'customer_context.account', group: 'customer-context', kind: 'text', heading: 'Account' },
  { path: 'customer_context.tier', group: 'customer-context', kind: 'text', heading: 'Customer tier' },
  { path: 'customer_context.health_score', group: 'customer-context', kind: 'number', heading: 'Health score' },
  { path: 'customer_context.arr', group: 'customer-context', kind: 'text', heading: 'ARR' },
  { path: 'customer_context.primary_contact', group: 'customer-context', kind: 'text', heading: 'Primary contact' },
  { path: 'ticket_id', group: 'handover', kind: 'text', heading: 'Ticket' },
  { path: 'escalated_from', group: 'handover', kind: 'text', heading: 'Escalated from' },
  { path: 'escalated_to', group: 'handover', kind: 'text', heading: 'Escalated to' },
  { path: 'escalated_by', group: 'handover', kind: 'text', heading: 'Escalated by' },
  { path: 'timestamp', group: 'handover', kind: 'text', heading: 'Escalated at' },
] as const satisfies readonly FieldEntry[]

/** Dotted path of a field: `issue.summary`. */
export type FieldPath = (typeof NOTE_FIELDS)[number]['path']
export type NoteField = FieldEntry & { path: FieldPath }

type At<T, P> = P extends `${infer Head}.${infer Rest}`
  ? Head extends keyof T
    ? At<T[Head], Rest>
    : never
  : P extends keyof T
    ? T[P]
    : never

/** The type of the value at a path. */
export type ValueAt<P extends FieldPath> = At<Note, P>

const byPath = new Map<string, NoteField>(NOTE_FIELDS.map((field) => [field.path, field]))

export function isFieldPath(path: string): path is FieldPath {
  return byPath.has(path)
}

export function fieldAt(path: FieldPath): NoteField {
  return byPath.get(path)!
}

export function readField<P extends FieldPath>(note: Note, path: P): ValueAt<P> {
  return valueAt(note, path) as ValueAt<P>
}

/** A copy of the note with one field changed; the note itself stays as it is. */
export function writeField<P extends FieldPath>(note: Note, path: P, value: ValueAt<P>): Note {
  return withValueAt(note, path, value)
}
