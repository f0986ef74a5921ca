import { evolve } from '../../core/escalation/evolve.ts'
import type { Fact } from '../../core/escalation/facts.ts'
import { newTicketState, type TicketState } from '../../core/escalation/state.ts'
import type { Update } from '../../core/verify/check-events.ts'
import { Installation } from '../admin/installation.ts'
import type { Context } from '../context.ts'
import { inAccount } from '../db/in-account.ts'
import { readTicketState } from '../engine/ticket-row.ts'
import { type ClosedTickets, momentsOf } from '../observe/moments-of.ts'
import { policyFor } from '../observe/policy-for.ts'
import { readFacts } from '../observe/read-facts.ts'
import { labelOfCommand } from '../skill/api-commands.ts'

/** A ticket as it comes out of Zendesk's updates alone, up to the last one that the record has read. */
export type Reread = {
  state: TicketState
  updates: Update[]
  /** Updates that the record has not read yet. */
  newer: number
}

/**
 * Reads every update of a ticket afresh and folds them into an empty record. Nothing is kept of it.
 *
 * What is judged by the policy is judged by the one that the record says was asked then, since today's may answer otherwise.
 *
 * @throws {ZendeskError} `not-found` for a ticket that is gone
 */
export async function reread(context: Context, recorded: TicketState): Promise<Reread> {
  const { db, clock, account, calendars, config } = context
  const { ticketId, lastAuditId } = recorded
  const { calendarOf } = await calendars.of(account.id)
  const { installation, createdAt } = await context.accounts.get(account.id)
  const zendesk = await context.zendeskFor(account.id)
  const sources: ClosedTickets = {
    ...{ zendesk, now: clock.now(), calendarOf, watchedSince: createdAt, trackerHosts: config.engineering.hosts },
    policyOf: (version, at) => policyFor(db, account.id, version ?? versionAt(recorded, at), at ?? clock.now()),
    integrationUserId: Installation.parse(installation).integrationUserId,
    programOf: (envelope) => inAccount(db, account.id, (tx) => labelOfCommand(tx, envelope)),
    stateOf: (id) => inAccount(db, account.id, (tx) => readTicketState(tx, id)),
  }
  const [facts, audits] = await Promise.all([
    readFacts(newTicketState(ticketId), { ...sources, momentsOf: (id) => momentsOf(id, sources) }),
    zendesk.listAuditsSince(ticketId, 0),
  ])

  let state = newTicketState(ticketId)
  for (const fact of facts.filter((one) => isRead(one, lastAuditId))) {
    const allot = () => ({ escalationId: recorded.escalations[state.escalations.length]?.id ?? 'unrecorded' })
    state = evolve(state, fact, { allot, calendarOf }).state
  }
  return {
    state,
    updates: audits.map(({ id, at, authorId }) => ({ id, at, authorId })),
    newer: audits.filter(({ id }) => id > lastAuditId).length,
  }
}

function isRead(fact: Fact, lastAuditId: number): boolean {
  return !('auditId' in fact) || fact.auditId <= lastAuditId
}

/** The version of the policy that answered at that instant, by the record. */
function versionAt({ escalations }: TicketState, at: number | undefined): string | null {
  return escalations.find(({ requestedAt }) => requestedAt === at)?.decision.policyVersion ?? null
}
