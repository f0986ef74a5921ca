import type { CommandFact, Fact, ReadFact, TicketFact } from '../../core/escalation/facts.ts'
import type { TicketMoment, TicketState } from '../../core/escalation/state.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { type Instant, MINUTE_MS } from '../../core/units.ts'
import type { Audit } from '../zendesk/audit.ts'
import type { TicketWithPeople, ZendeskClient } from '../zendesk/client.ts'
import { beginningOf } from './beginning.ts'
import { judge } from './judge.ts'
import { findCommand, isOurs } from './read-audits.ts'
import { createPeople } from './read-author.ts'
import { requesterAsOf } from './requester-as-of.ts'
import { changesOf } from './ticket-facts.ts'

export type Sources = {
  zendesk: ZendeskClient
  /** When the reading began. */
  now: Instant
  /** The policy in force, or the one an escalation that is under way began with. */
  policyOf(version: string | null): Promise<Policy>
  /** The user our own updates are made as. */
  integrationUserId: number | null
  /** Everything that moved the clocks of another ticket; nothing when that is gone. */
  momentsOf(ticketId: number): Promise<TicketMoment[]>
}

/**
 * Stamps of Zendesk's have whole seconds, and its clock is not ours: so soon after an update, another one that bears the
 * same stamp may yet come.
 */
const SETTLED_AFTER_MS = MINUTE_MS

/**
 * Reads what happened to a ticket since we last looked, as facts, each command with the policy's answer to it. The first
 * look reads all of its history. When nothing happened that matters, it costs one call.
 */
export async function readFacts(state: TicketState, sources: Sources): Promise<Fact[]> {
  const { zendesk, integrationUserId, now } = sources
  const { audits, authors } = await zendesk.readHistory(state.ticketId, state.lastAuditId)
  const newest = audits.at(-1)
  if (!newest) return []

  let asked: Promise<TicketWithPeople> | null = null
  const people = () => (asked ??= zendesk.getTicket(state.ticketId))
  const who = createPeople(zendesk, authors)
  const facts: (CommandFact | TicketFact)[] = []
  if (state.lastAuditId === 0) facts.push(await beginningOf((await people()).ticket, audits, sources.momentsOf))
  for (const [index, audit] of audits.entries()) {
    const ours = isOurs(audit, integrationUserId)
    const command = ours ? null : findCommand(audit)
    if (command) facts.push(await judge(command, state, await people(), who, sources))
    const requesterId = async () => requesterAsOf(audits, index) ?? (await people()).ticket.requesterId
    for (const told of await changesOf(audit, { who, isOurs: ours, requesterId })) facts.push(ticketFact(audit, told))
  }
  const seenAt = now - newest.at >= SETTLED_AFTER_MS ? newest.at : newest.at - 1
  const read: ReadFact = { kind: 'read', auditId: newest.id, at: seenAt }
  return [...numbered(facts), read]
}

function ticketFact({ id, at }: Audit, told: Pick<TicketFact, 'change' | 'author'>): TicketFact {
  return { kind: 'ticket', auditId: id, part: 0, at, ...told }
}

/** Counts the facts of each audit. */
function numbered<F extends CommandFact | TicketFact>(facts: readonly F[]): F[] {
  const counts = new Map<number, number>()
  return facts.map((fact) => {
    const part = counts.get(fact.auditId) ?? 0
    counts.set(fact.auditId, part + 1)
    return { ...fact, part }
  })
}
