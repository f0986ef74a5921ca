import { iso } from '../http/times.ts'
import type { AuditEvent, Ticket, Via } from '../state/model.ts'
import type { World } from '../world.ts'
import { customStatusId } from './statuses.ts'

/** Columns that leave an audit event when they change, in the order a new ticket's audit lists them. */
const COLUMNS = [
  'subject',
  'requester_id',
  'priority',
  'type',
  'status',
  'organization_id',
  'brand_id',
  'ticket_form_id',
  'custom_status_id',
  'assignee_id',
  'group_id',
  'tags',
  'external_id',
  'problem_id',
  'due_at',
] as const

/** Written at creation even when they are null; the rest only when set. Source: recorded audits of new tickets. */
const ALWAYS_CREATED = new Set<string>(COLUMNS.slice(0, 9))

/** One `Create` event for each initial value. */
export function createEvents(world: World, ticket: Ticket): AuditEvent[] {
  const values = valuesOf(world, ticket)
  return [...values]
    .filter(([field, value]) => ALWAYS_CREATED.has(field) || !isUnset(value))
    .map(([field_name, value]) => ({ id: world.nextId('audit'), type: 'Create', value, field_name }))
}

/** One `Change` event for each difference, every one under `via` when it is not the audit's own. */
export function changeEvents(world: World, before: Ticket, after: Ticket, via?: Via): AuditEvent[] {
  const events: AuditEvent[] = []
  const old = valuesOf(world, before)
  const now = valuesOf(world, after)
  for (const field_name of new Set([...old.keys(), ...now.keys()])) {
    const previous_value = old.get(field_name) ?? null
    const value = now.get(field_name) ?? null
    if (value === previous_value || JSON.stringify(value) === JSON.stringify(previous_value)) continue
    events.push({
      id: world.nextId('audit'),
      type: 'Change',
      value,
      field_name,
      previous_value,
      ...(via ? { via } : {}),
    })
  }
  events.push(...peopleEvents(world, before, after, via))
  return events
}

/** Ids are strings inside events. Source: recorded audits. */
function valuesOf(world: World, ticket: Ticket): Map<string, unknown> {
  const values = new Map<string, unknown>()
  for (const column of COLUMNS) {
    if (column === 'custom_status_id') values.set(column, asText(customStatusId(world.state, ticket)))
    else if (column === 'due_at') values.set(column, ticket.due_at === null ? null : iso(ticket.due_at))
    else if (column.endsWith('_id')) values.set(column, asText(ticket[column]))
    else values.set(column, ticket[column])
  }
  for (const [id, value] of Object.entries(ticket.custom_fields)) values.set(id, customValue(value))
  return values
}

function customValue(value: unknown): unknown {
  if (value === true) return '1'
  if (value === false || value === null) return value === null ? null : '0'
  return Array.isArray(value) ? value : String(value)
}

function asText(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}

function isUnset(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0)
}

function peopleEvents(world: World, before: Ticket, after: Ticket, via?: Via): AuditEvent[] {
  const events: AuditEvent[] = []
  const lists = [
    ['FollowersChange', before.follower_ids, after.follower_ids],
    ['EmailCcChange', before.email_cc_ids, after.email_cc_ids],
  ] as const
  for (const [type, old, now] of lists) {
    if (String(old) === String(now)) continue
    events.push({
      id: world.nextId('audit'),
      type,
      ...{ previous_value: emailsOf(world, old), value: emailsOf(world, now) },
      ...(via ? { via } : {}),
    } as AuditEvent)
  }
  return events
}

function emailsOf(world: World, ids: readonly number[]): string[] {
  return ids.map((id) => world.state.users[id]?.email ?? String(id))
}
