import type { TellCustomer } from '../../core/customer/effect.ts'
import { tellCustomer } from '../../core/customer/tell.ts'
import type { EscalationEvent } from '../../core/escalation/events.ts'
import type { TicketState } from '../../core/escalation/state.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { keepEffects } from '../engine/record.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { AccountCalendars } from '../schedules/calendars.ts'

export type Told = {
  state: TicketState
  events: readonly EscalationEvent[]
  /** That of the escalation. */
  policy: Policy
}

/**
 * Keeps what the policy has Baton tell customers by itself because of events, in the transaction that records those, and
 * queues the telling. What is kept already stays as it is.
 */
export async function keepTellings(
  tx: AccountTransaction,
  jobs: Pick<Jobs, 'enqueueAll'>,
  told: readonly Told[],
  { accountId, now, calendars }: { accountId: number; now: Instant; calendars: AccountCalendars },
): Promise<void> {
  const tellings = told.flatMap((one) => tellingsOf(one, now, calendars))
  if (tellings.length === 0) return
  await keepEffects(tx, tellings, { accountId, now })
  await jobs.enqueueAll(
    tx,
    'act',
    tellings.map(({ id }) => ({ accountId, effectId: id })),
  )
}

function tellingsOf({ state, events, policy }: Told, at: Instant, { calendarOf }: AccountCalendars): TellCustomer[] {
  const { ticketId, lastAuditId: afterAuditId } = state
  return events.flatMap((event) => {
    const escalation = state.escalations.find(({ id }) => id === event.escalationId)
    if (!escalation) return []
    return tellCustomer(event, escalation, policy, { ticketId, afterAuditId, at, calendarOf }) ?? []
  })
}
