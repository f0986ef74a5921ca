import { MESSAGE_PLACEHOLDERS } from '../customer/words.ts'
import type { NoticeKind } from './words.ts'

/** What a template of people who work here may name: `{{escalation}}`. */
export const PLACEHOLDERS = [
  'escalation',
  'ticket',
  'ticket_url',
  'tier',
  'tier_name',
  'queue',
  'severity',
  'urgency',
  'stage',
  'summary',
  'account',
  'customer_tier',
  'arr',
  'health_score',
  'customer_impact',
  'business_impact',
  'requested_by',
  'requested_at',
  'respond_by',
  'reason',
  'what',
] as const
export type Placeholder = (typeof PLACEHOLDERS)[number]

/** A text for the customer may name nothing that was written for ourselves. */
export function placeholdersOf(kind: NoticeKind): readonly string[] {
  return kind === 'customer-confirmation' ? MESSAGE_PLACEHOLDERS.escalated : PLACEHOLDERS
}

const PLACE = /\{\{\s*([^{}]*?)\s*\}\}/g

/** The names a template mentions, in order. */
export function namesIn(template: string): string[] {
  return [...template.matchAll(PLACE)].map(([, name]) => name!)
}

/** The template with its placeholders filled in; a value that is not known is a dash. What values say stays as it is. */
export function fillIn(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(PLACE, (_, name: string) => (Object.hasOwn(values, name) && values[name]) || '–')
}
