import { openMsBetween } from '../../../core/clock/business-time.ts'
import { type Calendar, calendarTime } from '../../../core/clock/calendar.ts'
import { type Instant, MINUTE_MS } from '../../../core/units.ts'
import { isoOrNull } from '../http/times.ts'
import type { Minutes } from '../metric-events/metric-event.ts'
import { isSolved, type Moment, momentsOf } from '../metric-events/moments.ts'
import { calendarAt } from '../schedules/calendar.ts'
import { scheduleOf } from '../schedules/find.ts'
import type { Ticket, TicketStatus } from '../state/model.ts'
import type { World } from '../world.ts'
import { datesOf } from './dates.ts'

/**
 * Zendesk's own figures about a ticket. A time is null until it was measured, which is when what it measures ends:
 * requester wait when the ticket leaves new, open and on-hold. Business time is of the ticket's last schedule only.
 * Source: "About native Support time duration metrics"; recorded answers.
 */
export function ticketMetricOf(world: World, ticket: Ticket) {
  const moments = momentsOf(world.state, ticket.id)
  const now = world.clock.now()
  const calendar = calendarAt(scheduleOf(world.state, ticket), now)
  const spans = statusSpans(moments)
  const minutes = (list: { from: Instant; to: Instant }[]): Minutes => ({
    calendar: minutesIn(calendarTime, list),
    business: minutesIn(calendar, list),
  })
  const measured = (statuses: TicketStatus[]) => {
    const list = spans.filter(({ status }) => statuses.includes(status))
    return list.length === 0 ? null : minutes(list)
  }
  const until = (to: Instant | undefined) => (to === undefined ? null : minutes([{ from: ticket.created_at, to }]))

  const replies = moments.filter(({ publicComment }) => publicComment === 'agent')
  const solved = moments.filter((moment, index) => isSolved(moment) && !isSolvedAt(moments, index - 1))
  const reopened = moments.filter((moment, index) => !isSolved(moment) && isSolvedAt(moments, index - 1))
  return {
    ...{ url: `${world.url}/api/v2/ticket_metrics/${ticket.id}.json`, id: ticket.id, ticket_id: ticket.id },
    ...{ created_at: isoOrNull(ticket.created_at), updated_at: isoOrNull(ticket.updated_at) },
    group_stations: stations(moments.map(({ groupId }) => groupId)),
    assignee_stations: stations(moments.map(({ assigneeId }) => assigneeId)),
    ...{ reopens: reopened.length, replies: replies.length },
    ...datesOf(world, ticket),
    // What an agent opened with is no reply.
    reply_time_in_minutes: until(replies.find(({ isCreate }) => !isCreate)?.at),
    first_resolution_time_in_minutes: until(solved[0]?.at),
    full_resolution_time_in_minutes: until(solved.at(-1)?.at),
    agent_wait_time_in_minutes: measured(['pending']),
    requester_wait_time_in_minutes: measured(['new', 'open', 'hold']),
    on_hold_time_in_minutes: measured(['hold']),
  }
}

/** Stretches in one status that ended. */
function statusSpans(moments: Moment[]): { status: TicketStatus; from: Instant; to: Instant }[] {
  const changes = moments.filter(({ status }, index) => status !== moments[index - 1]?.status)
  return changes.flatMap(({ status, at }, index) => {
    const next = changes[index + 1]
    return next ? [{ status, from: at, to: next.at }] : []
  })
}

function isSolvedAt(moments: Moment[], index: number): boolean {
  const moment = moments[index]
  return moment !== undefined && isSolved(moment)
}

/** How many groups or people had it, one after the other. */
function stations(ids: (string | null)[]): number {
  return ids.filter((id, index) => id !== null && id !== ids[index - 1]).length
}

function minutesIn(calendar: Calendar, spans: { from: Instant; to: Instant }[]): number {
  const ms = spans.reduce((sum, { from, to }) => sum + openMsBetween(calendar, from, to), 0)
  return Math.floor(ms / MINUTE_MS)
}
