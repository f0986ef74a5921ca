import { openEscalation, type TicketState } from '../../core/escalation/state.ts'
import { type PacketInput, packetOf } from '../../core/packet/packet.ts'
import type { Packet } from '../../core/packet/shape.ts'
import { problemOf } from '../../core/similar/past-case.ts'
import type { Clock } from '../../core/units.ts'
import type { Accounts } from '../accounts.ts'
import { clockViewsOf } from '../api/clock-view.ts'
import { readTimeline } from '../api/timeline.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { readTicketState } from '../engine/ticket-row.ts'
import { policyFor } from '../observe/policy-for.ts'
import type { Calendars } from '../schedules/calendars.ts'
import type { Similar } from '../similar/similar.ts'
import type { TicketWithPeople, ZendeskClient } from '../zendesk/client.ts'
import { readComments } from './read-comments.ts'
import { similarCaseOf } from './similar-case.ts'

export type PacketDeps = {
  db: Database
  clock: Clock
  accounts: Pick<Accounts, 'get'>
  calendars: Calendars
  similar: Similar
  zendeskOf(accountId: number): ZendeskClient | Promise<ZendeskClient>
}

export type Wanted = Pick<PacketInput, 'audience' | 'withInternal'> & { accountId: number; ticketId: number }

const WHOLE_TIMELINE = 100_000
const SIMILAR = 3

/**
 * The packet of the open escalation, or of the last one; null for a ticket that nobody escalated.
 *
 * @throws {ZendeskError} when Zendesk does not show the ticket
 */
export async function gatherPacket(wanted: Wanted, deps: PacketDeps): Promise<Packet | null> {
  const { accountId, ticketId, audience, withInternal } = wanted
  const { db, clock, accounts, calendars, similar, zendeskOf } = deps
  const { state, timeline } = await inAccount(db, accountId, async (tx) => ({
    state: await readTicketState(tx, ticketId),
    timeline: await readTimeline(tx, ticketId, WHOLE_TIMELINE),
  }))
  const escalation = shownEscalation(state)
  if (!escalation) return null

  const zendesk = await zendeskOf(accountId)
  const people = await zendesk.getTicket(ticketId)
  const comments = audience === 'executives' ? [] : await readComments(zendesk, ticketId)
  const { zendeskUrl } = await accounts.get(accountId)
  const now = clock.now()
  const policy = await policyFor(db, accountId, null, now)
  const asked = { problem: problemOf(escalation.note), limit: SIMILAR, ticketId, policy }
  const { cases } = await similar.find(accountId, asked)
  return packetOf({
    ...{ audience, withInternal, asOf: now, escalation, comments, timeline },
    ...standingOf(people, `${zendeskUrl}/agent/tickets/${ticketId}`),
    similar: cases.map((one) => similarCaseOf(one, zendeskUrl)),
    clocks: clockViewsOf(state, await calendars.of(accountId), now),
  })
}

function shownEscalation(state: TicketState) {
  return openEscalation(state) ?? state.escalations.at(-1) ?? null
}

function standingOf({ ticket, users, organizations }: TicketWithPeople, url: string) {
  const { id, subject, status, priority, createdAt } = ticket
  const requester = users.find((user) => user.id === ticket.requesterId)
  const organization = organizations.find((one) => one.id === ticket.organizationId)
  return {
    ticket: { id, subject, status, priority, createdAt, url },
    requester: requester ? { name: requester.name, email: requester.email, locale: requester.locale } : null,
    organization: organization ? { name: organization.name } : null,
  }
}
