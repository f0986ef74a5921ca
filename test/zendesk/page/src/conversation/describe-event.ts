import type { ApiAuditEvent } from '../api/shapes.ts'
import type { Session } from '../session/session.ts'
import { capitalised } from '../theme/text.ts'
import type { TicketSnapshot } from '../ticket/ticket-snapshot.ts'

export type EventLine = { label: string; after: string; before: string | null }

/** An audit event in words, null for what the conversation shows anyway. */
export function describeEvent(event: ApiAuditEvent, session: Session, snapshot: TicketSnapshot): EventLine | null {
  if (event.type === 'Comment' || event.type === 'VoiceComment') return null
  if (event.type === 'Create' || event.type === 'Change') {
    const field = String(event.field_name)
    if (UNSAID.has(field)) return null
    const before = event.type === 'Change' ? valueText(field, event.previous_value, session, snapshot) : ''
    const after = valueText(field, event.value, session, snapshot)
    if (after === '' && before === '') return null
    return { label: fieldLabel(field, session), after: after || '–', before: before || null }
  }
  const name = event.type.replace(/([a-z])([A-Z])/g, '$1 $2')
  const detail = event.subject ?? event.resource ?? event.macro_title ?? event.body ?? ''
  return { label: capitalised(name.toLowerCase()), after: String(detail).slice(0, 140), before: null }
}

/** Follows from other fields, or is the same on every ticket here. */
const UNSAID = new Set(['custom_status_id', 'brand_id', 'ticket_form_id'])

/** The trigger or automation that made an event, when it was not the update's author. */
export function ruleOf(event: ApiAuditEvent): string | null {
  if (event.via?.channel !== 'rule') return null
  const { title } = (event.via.source?.from ?? {}) as { title?: string }
  return `${capitalised(event.via.source?.rel ?? 'rule')}${title ? `: ${title}` : ''}`
}

function fieldLabel(field: string, { fields }: Session): string {
  return fields.find((one) => String(one.id) === field)?.title ?? capitalised(field.replace(/_id$/, ''))
}

function valueText(field: string, value: unknown, session: Session, { people, organization }: TicketSnapshot): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.join(', ')
  const id = Number(value)
  if (field === 'group_id') return session.groups.find((group) => group.id === id)?.name ?? String(value)
  if (field === 'organization_id') return organization?.id === id ? organization.name : String(value)
  if (/^(assignee|requester|submitter)_id$/.test(field)) {
    return people[id]?.name ?? session.agents.find((agent) => agent.id === id)?.name ?? String(value)
  }
  const custom = session.fields.find((one) => String(one.id) === field)
  return custom?.custom_field_options?.find((option) => option.value === value)?.name ?? String(value)
}
