import type { Customer } from '../../core/customer/customer.ts'
import type { EscalationEvent } from '../../core/escalation/events.ts'
import type { TicketState } from '../../core/escalation/state.ts'
import { noticesOf, type Opened } from '../../core/notice/follow-ups.ts'
import type { Notice } from '../../core/notice/notice.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { AccountCalendars } from '../schedules/calendars.ts'
import { openedFor, storeNotices } from './store.ts'

/** What happened to one ticket, and how it stands after. */
export type Happened = { state: TicketState; events: readonly EscalationEvent[] }

export type NoticeMeans = {
  accountId: number
  now: Instant
  calendars: AccountCalendars
  /** In force now, whichever an escalation began with: people and channels are those of today. */
  policy: Policy
  /** Without a slash at the end. */
  zendeskUrl: string
}

/** Nothing is known of the customer here; a text for them is in the policy's language then, without a name. */
const SOMEBODY: Customer = { name: null, locale: null, timezone: null }

/**
 * Keeps what people are told of events, in the transaction that records those, and queues its sending. Events that were
 * told before lead to the same notices again, which stay as they are.
 */
export async function keepNotices(
  tx: AccountTransaction,
  jobs: Pick<Jobs, 'enqueueAll'>,
  happened: readonly Happened[],
  { accountId, now, ...means }: NoticeMeans,
): Promise<void> {
  const ids = new Set(happened.flatMap(({ events }) => events.map(({ escalationId }) => escalationId)))
  const opened = await openedFor(
    tx,
    [...ids].filter((id) => id !== null),
  )
  const notices = happened.flatMap((one) => noticesOfTicket(one, opened, { now, ...means }))
  if (notices.length > 0) await storeNotices(tx, jobs, notices, { accountId, now })
}

function noticesOfTicket(
  { state, events }: Happened,
  opened: ReadonlyMap<string, readonly Opened[]>,
  { now, calendars, policy, zendeskUrl }: Omit<NoticeMeans, 'accountId'>,
): Notice[] {
  const { ticketId } = state
  const setting = {
    ...{ now, ticketId, calendarOf: calendars.calendarOf, customer: SOMEBODY },
    ticketUrl: `${zendeskUrl}/agent/tickets/${ticketId}`,
  }
  const begun = new Map(opened)
  return events.flatMap((event) => {
    const escalation = state.escalations.find(({ id }) => id === event.escalationId)
    if (!escalation) return []
    const notices = noticesOf(event, escalation, policy, setting, begun.get(escalation.id) ?? [])
    // What the first of several events begins, the next one keeps up to date.
    begun.set(escalation.id, [...(begun.get(escalation.id) ?? []), ...notices.filter(isBeginning)])
    return notices
  })
}

function isBeginning({ channel, page, isThreaded, kind, suppressed }: Notice): boolean {
  return suppressed === null && kind !== 'state' && (channel === 'pagerduty' ? page === 'trigger' : isThreaded)
}
