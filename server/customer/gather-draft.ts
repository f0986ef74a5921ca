import { type Draft, draftMessage, nextMessage } from '../../core/customer/draft.ts'
import type { MessageKind, Sending } from '../../core/customer/words.ts'
import { openEscalation } from '../../core/escalation/state.ts'
import type { Clock, Instant } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { readTicketState } from '../engine/ticket-row.ts'
import { policyFor } from '../observe/policy-for.ts'
import type { Calendars } from '../schedules/calendars.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { readCustomer } from './read-customer.ts'

export type DraftDeps = {
  db: Database
  clock: Clock
  calendars: Calendars
  zendeskOf(accountId: number): ZendeskClient | Promise<ZendeskClient>
}

/** A draft, and how messages of its kind go out. */
export type GatheredDraft = Draft & { ticketId: number; escalationId: string; send: Sending; asOf: Instant }

/** @returns null when the ticket was never escalated */
export async function gatherDraft(
  { accountId, ticketId, kind: asked }: { accountId: number; ticketId: number; kind: MessageKind | null },
  { db, clock, calendars, zendeskOf }: DraftDeps,
): Promise<GatheredDraft | null> {
  const at = clock.now()
  const state = await inAccount(db, accountId, (tx) => readTicketState(tx, ticketId))
  const escalation = openEscalation(state) ?? state.escalations.at(-1)
  if (!escalation) return null
  const policy = await policyFor(db, accountId, escalation.decision.policyVersion, at)
  const zendesk = await zendeskOf(accountId)
  const { ticket } = await zendesk.getTicket(ticketId)
  const customer = await readCustomer(zendesk, ticket.requesterId)
  const { calendarOf } = await calendars.of(accountId)
  const kind = asked ?? nextMessage(escalation)
  const draft = draftMessage(kind, escalation, policy, { ticketId, customer, at, calendarOf })
  return { ...draft, ticketId, escalationId: escalation.id, send: policy.customer.send[kind], asOf: at }
}
