import { iso, seconds } from '../http/times.ts'
import { VIAS } from '../rules/vocabulary.ts'
import type { Audit, AuditEvent, Via } from '../state/model.ts'

/**
 * An audit as a row of the ticket event export. Ids are numbers here, a field's name is a key, and where an update came
 * from is said in words. `metadata` is what the update itself carried.
 * Source: recorded rows; Zendesk's OpenAPI description shows another row by mistake.
 */
export function presentTicketEvent(audit: Audit, withComments: boolean) {
  const { id, ticket_id, created_at, author_id, via, metadata, events } = audit
  return {
    child_events: events.map((event) => presentChild(audit, event, withComments)),
    ...{ id, ticket_id, timestamp: seconds(created_at), created_at: iso(created_at), updater_id: author_id },
    ...{ via: titleOf(via), system: metadata.system, metadata: metadata.custom, event_type: 'Audit' },
  }
}

function presentChild(audit: Audit, event: AuditEvent, withComments: boolean): Record<string, unknown> {
  const { id, type, via = audit.via, ...rest } = event
  if (type === 'Comment' && withComments) {
    const created_at = iso(audit.created_at)
    return { id, via, via_reference_id: ruleOf(via), type, ...rest, created_at, event_type: type }
  }
  const base = { id, via: titleOf(via), via_reference_id: ruleOf(via) }
  if (type === 'Comment') return { ...base, comment_present: true, comment_public: event.public, event_type: type }
  if (typeof event.field_name !== 'string') return { ...base, ...rest, event_type: type }
  return { ...base, ...changeIn(event, event.field_name), event_type: type }
}

function changeIn({ type, value, previous_value }: AuditEvent, field: string): Record<string, unknown> {
  const previous = type === 'Change' ? { previous_value: asId(field, previous_value) } : {}
  if (/^\d+$/.test(field)) return { custom_ticket_fields: { [field]: value }, ...previous }
  if (field !== 'tags') return { [field]: asId(field, value), ...previous }
  const [now, before] = [asTags(value), asTags(previous_value)]
  const added_tags = now.filter((tag) => !before.includes(tag))
  const removed_tags = before.filter((tag) => !now.includes(tag))
  return { tags: now, added_tags, removed_tags, ...previous }
}

/** What a rule did names the rule. */
function ruleOf({ channel, source }: Via): number | null {
  return channel === 'rule' && typeof source.from.id === 'number' ? source.from.id : null
}

/** Shorter than in conditions, where the same channels are described. */
const TITLES: Record<string, string> = { api: 'Web service', rule: 'Rule', system: 'Rule' }

function titleOf({ channel }: Via): string {
  return TITLES[channel] ?? VIAS[channel]?.title ?? channel
}

/** `external_id` is the one id that is a text. */
function asId(field: string, value: unknown): unknown {
  return field.endsWith('_id') && field !== 'external_id' && typeof value === 'string' ? Number(value) : value
}

function asTags(value: unknown): string[] {
  return Array.isArray(value) ? value : []
}
