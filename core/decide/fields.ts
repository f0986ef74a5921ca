import type { Operator } from '../policy/schema.ts'
import { PRIORITIES } from '../severity.ts'

/** How the values of a field compare. `any` is for custom fields, whose type the policy cannot know. */
export type FieldKind =
  | 'status'
  | 'priority'
  | 'severity'
  | 'choice'
  | 'tags'
  | 'number'
  | 'boolean'
  | 'text'
  | 'words'
  | 'date'
  | 'any'

/** Lowest first. Source: Zendesk's conditions reference; a priority that is not set stands below `low`. */
export const STATUS_ORDER = ['new', 'open', 'pending', 'hold', 'solved', 'closed'] as const
export const PRIORITY_ORDER = ['', ...PRIORITIES] as const
/** By gravity: P3 is the least severe, so `greater_than_equal P1` means P1 or P0. */
export const SEVERITY_ORDER = ['P3', 'P2', 'P1', 'P0'] as const

export const IMPACTS = [
  'single_user',
  'multiple_users',
  'single_customer',
  'multiple_customers',
  'all_customers',
] as const
export const SENTIMENTS = ['positive', 'satisfied', 'neutral', 'concerned', 'negative', 'frustrated', 'angry'] as const

type Field = { kind: FieldKind; title: string; values?: readonly string[] }

/** Every fact a condition may look at by name. Custom fields come on top, see `fieldNamed`. */
export const FIELDS: Readonly<Record<string, Field>> = {
  status: { kind: 'status', title: 'Ticket status', values: STATUS_ORDER },
  priority: { kind: 'priority', title: 'Ticket priority', values: PRIORITY_ORDER },
  type: { kind: 'choice', title: 'Ticket type', values: ['question', 'incident', 'problem', 'task', ''] },
  group: { kind: 'choice', title: 'Name of the ticket’s group' },
  current_tags: { kind: 'tags', title: 'Ticket tags' },
  subject_includes_word: { kind: 'words', title: 'Words of the subject' },
  description_includes_word: { kind: 'words', title: 'Words of the first message' },
  'ticket.channel': { kind: 'choice', title: 'Channel the ticket came by' },
  'ticket.created_at': { kind: 'date', title: 'When the ticket was created' },
  'ticket.age_hours': { kind: 'number', title: 'Hours since the ticket was created' },
  organization: { kind: 'choice', title: 'Name of the organisation' },
  'organization.tags': { kind: 'tags', title: 'Tags of the organisation' },
  'requester.email': { kind: 'text', title: 'Requester’s address' },
  'requester.locale': { kind: 'choice', title: 'Requester’s language' },
  'requester.tags': { kind: 'tags', title: 'Tags of the requester' },
  'customer.tier': { kind: 'choice', title: 'Customer tier' },
  'customer.segment': { kind: 'choice', title: 'Customer segment' },
  'customer.arr': { kind: 'number', title: 'Yearly revenue from the customer' },
  'customer.health_score': { kind: 'number', title: 'Health score of the customer' },
  sentiment: { kind: 'choice', title: 'Mood of the customer', values: SENTIMENTS },
  impact: { kind: 'choice', title: 'How far it reaches', values: IMPACTS },
  severity: { kind: 'severity', title: 'Severity, after the category was considered', values: SEVERITY_ORDER },
  component: { kind: 'choice', title: 'Component named by the note, else guessed' },
  current_tier: { kind: 'number', title: 'Tier the ticket is in' },
  'history.previous_escalations': { kind: 'number', title: 'Earlier escalations of this ticket' },
  'note.severity': { kind: 'severity', title: 'Severity the note names', values: SEVERITY_ORDER },
  'note.component': { kind: 'choice', title: 'Component the note names' },
  'note.component_guess': { kind: 'choice', title: 'Component guessed from the words' },
  'note.category': { kind: 'choice', title: 'Category the note names' },
  'note.affected_customers': { kind: 'number', title: 'Customers affected' },
  'note.duration_hours': { kind: 'number', title: 'Hours it has lasted' },
  'note.needs_code': { kind: 'boolean', title: 'Needs a change of code' },
  'note.reproduction_rate': { kind: 'number', title: 'How often it can be reproduced, in percent' },
  'note.steps_taken_count': { kind: 'number', title: 'How many steps were tried' },
  'note.summary': { kind: 'text', title: 'Summary' },
  'note.symptoms': { kind: 'text', title: 'Symptoms' },
  'note.customer_impact': { kind: 'text', title: 'Customer impact' },
  'note.business_impact': { kind: 'text', title: 'Business impact' },
  'note.steps_taken': { kind: 'text', title: 'Steps taken' },
  'note.escalation_reason': { kind: 'text', title: 'Why it is escalated' },
  'note.suggested_next_step': { kind: 'text', title: 'Suggested next step' },
  'note.environment': { kind: 'text', title: 'Environment' },
  'note.log_excerpts': { kind: 'text', title: 'Log excerpts' },
}

const CUSTOM = /^(custom_fields_\d+|ticket_fields_\d+|(organization|requester)\.custom_fields\.[A-Za-z0-9_]+)$/

/** The field of that name, custom fields included; null for a name no fact goes by. */
export function fieldNamed(name: string): Field | null {
  if (Object.hasOwn(FIELDS, name)) return FIELDS[name]!
  return CUSTOM.test(name) ? { kind: 'any', title: name } : null
}

const EQUAL: Operator[] = ['is', 'is_not']
const ORDER: Operator[] = ['less_than', 'less_than_equal', 'greater_than', 'greater_than_equal']
const AMONG: Operator[] = ['includes', 'not_includes']
const TEXT: Operator[] = ['includes_words', 'not_includes_words', 'includes_string', 'not_includes_string']
const GIVEN: Operator[] = ['present', 'not_present']
const NEAR: Operator[] = ['within_previous_n_days', 'within_next_n_days']

/** Which operators make sense for which kind of field. */
export const OPERATORS_OF: Readonly<Record<FieldKind, readonly Operator[]>> = {
  status: [...EQUAL, ...ORDER, ...AMONG, ...GIVEN],
  priority: [...EQUAL, ...ORDER, ...AMONG, ...GIVEN],
  severity: [...EQUAL, ...ORDER, ...AMONG, ...GIVEN],
  choice: [...EQUAL, ...AMONG, ...GIVEN],
  tags: [...AMONG, ...GIVEN],
  number: [...EQUAL, ...ORDER, ...GIVEN],
  boolean: [...EQUAL, ...GIVEN],
  text: [...EQUAL, ...AMONG, ...TEXT, ...GIVEN],
  words: [...EQUAL, ...AMONG, ...GIVEN],
  date: [...EQUAL, ...ORDER, ...NEAR, ...GIVEN],
  any: [...EQUAL, ...ORDER, ...AMONG, ...TEXT, ...GIVEN, ...NEAR],
}
