import { openMsBetween } from '../../../core/clock/business-time.ts'
import { type Calendar, calendarTime } from '../../../core/clock/calendar.ts'
import { HOUR_MS, type Instant } from '../../../core/units.ts'
import { clocksOf } from '../metric-events/derive.ts'
import { METRICS } from '../metric-events/metric-event.ts'
import { calendarAt } from '../schedules/calendar.ts'
import { scheduleOf } from '../schedules/find.ts'
import type { AuditEvent, Condition, State, Ticket, TicketStatus } from '../state/model.ts'
import type { World } from '../world.ts'

/** The instant a condition measures from or to; null when there is none, and then the condition does not hold. */
type Reader = (state: State, ticket: Ticket, now: Instant) => Instant | null

export type TimeField = { title: string; direction: 'since' | 'until'; read: Reader }

/** Names as recorded from rules of real accounts. */
export const TIME_FIELDS: ReadonlyMap<string, TimeField> = new Map<string, TimeField>([
  ['NEW', { title: 'Hours since created', direction: 'since', read: (_state, ticket) => ticket.created_at }],
  ['OPEN', inStatus('Hours since open', 'open')],
  ['PENDING', inStatus('Hours since pending', 'pending')],
  ['HOLD', inStatus('Hours since on-hold', 'hold')],
  ['SOLVED', inStatus('Hours since solved', 'solved')],
  ['CLOSED', inStatus('Hours since closed', 'closed')],
  ['assigned_at', since('Hours since assigned', (state, { id }) => lastChange(state, id, 'assignee_id'))],
  ['updated_at', since('Hours since update', (_state, ticket) => ticket.updated_at)],
  [
    'requester_updated_at',
    since('Hours since requester update', (state, one) => lastBy(state, one.id, one.requester_id)),
  ],
  ['assignee_updated_at', since('Hours since assignee update', (state, one) => lastBy(state, one.id, one.assignee_id))],
  ['due_date', since('Hours since due date', (_state, ticket) => ticket.due_at)],
  ['until_due_date', { title: 'Hours until due date', direction: 'until', read: (_state, ticket) => ticket.due_at }],
  ['sla_next_breach_at', since('Hours since last SLA breach', lastBreach)],
  ['until_sla_next_breach_at', { title: 'Hours until next SLA breach', direction: 'until', read: nextBreach }],
])

const IN_BUSINESS_HOURS = '_business_hours'

/** Each also counts business hours, of the ticket's schedule. */
export const TIME_OPERATORS = ['is', 'less_than', 'greater_than'].flatMap((operator) => [
  operator,
  operator + IN_BUSINESS_HOURS,
])

/** `is` is true in one hourly run; the others compare exactly. */
export function timeConditionHolds(world: World, ticket: Ticket, condition: Condition): boolean {
  const field = TIME_FIELDS.get(condition.field)
  const now = world.clock.now()
  const at = field?.read(world.state, ticket, now) ?? null
  if (!field || at === null) return false
  const isBusiness = condition.operator.endsWith(IN_BUSINESS_HOURS)
  const calendar = isBusiness ? calendarAt(scheduleOf(world.state, ticket), now) : calendarTime
  const hours = hoursBetween(calendar, field.direction === 'since' ? [at, now] : [now, at])
  if (hours < 0) return false
  const wanted = Number(condition.value)
  switch (condition.operator.replace(IN_BUSINESS_HOURS, '')) {
    case 'is':
      return Math.floor(hours) === wanted
    case 'less_than':
      return hours < wanted
    default:
      return hours > wanted
  }
}

/** Below zero when it is the other way round: a due date that has passed is not ahead. */
function hoursBetween(calendar: Calendar, [from, to]: [Instant, Instant]): number {
  return from > to ? -1 : openMsBetween(calendar, from, to) / HOUR_MS
}

function since(title: string, read: Reader): TimeField {
  return { title, direction: 'since', read }
}

/** Counts only while the ticket is in the status; the cheap question comes first. */
function inStatus(title: string, status: TicketStatus): TimeField {
  return since(title, (state, ticket) => (ticket.status === status ? lastChange(state, ticket.id, 'status') : null))
}

function lastChange(state: State, id: number, field: string): Instant | null {
  const isChange = (event: AuditEvent) => event.field_name === field && event.value !== null
  return (state.audits[id] ?? []).findLast((audit) => audit.events.some(isChange))?.created_at ?? null
}

function lastBy(state: State, id: number, userId: number | null): Instant | null {
  return (state.audits[id] ?? []).findLast((audit) => audit.author_id === userId)?.created_at ?? null
}

function nextBreach(state: State, ticket: Ticket, now: Instant): Instant | null {
  const ahead = breachesOf(state, ticket).filter((at) => at > now)
  return ahead.length === 0 ? null : Math.min(...ahead)
}

function lastBreach(state: State, ticket: Ticket, now: Instant): Instant | null {
  const past = breachesOf(state, ticket).filter((at) => at <= now)
  return past.length === 0 ? null : Math.max(...past)
}

/** Breaches of clocks that still run; a ticket without targets has none, which is known without looking. */
function breachesOf(state: State, ticket: Ticket): Instant[] {
  if (!ticket.sla || Object.keys(ticket.sla.targets).length === 0) return []
  const { recorders } = clocksOf(state, ticket.id)
  return METRICS.flatMap((metric) =>
    recorders[metric].phase() === 'running' ? (recorders[metric].standingBreach()?.at ?? []) : [],
  )
}
