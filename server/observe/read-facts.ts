import type { CalendarOf } from '../../core/clock/sla.ts'
import type { TrackerHosts } from '../../core/engineering/tracker.ts'
import type { CommandFact, Fact, SaidFact, TicketFact } from '../../core/escalation/facts.ts'
import type { TicketMoment, TicketState } from '../../core/escalation/state.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { HOUR_MS, type Instant, MINUTE_MS } from '../../core/units.ts'
import { raiseFor } from '../policy/raise-for.ts'
import type { Audit } from '../zendesk/audit.ts'
import type { TicketWithPeople, ZendeskClient } from '../zendesk/client.ts'
import { bareMove } from './bare-move.ts'
import { beginningOf } from './beginning.ts'
import { asProgram, type Programs } from './by-program.ts'
import { hear } from './hear.ts'
import { judge } from './judge.ts'
import { findCommand, markOf } from './read-audits.ts'
import { createPeople } from './read-author.ts'
import { createReplay, outcomeIn } from './replay.ts'
import { requesterAsOf } from './requester-as-of.ts'
import { createScratch } from './scratch.ts'
import { type TicketAsOf, ticketAsOf } from './ticket-as-of.ts'
import { changesOf } from './ticket-facts.ts'

export type Sources = Programs & {
  zendesk: ZendeskClient
  /** When the reading began. */
  now: Instant
  /**
   * The policy in force, or the one an escalation that is under way began with. `at`: when what it is to answer happened,
   * for whoever reads a history again.
   */
  policyOf(version: string | null, at?: Instant): Promise<Policy>
  /** Since when a move to specialists counts without a word: what was done before Baton came is left alone. */
  watchedSince: Instant
  calendarOf: CalendarOf
  /** Where the company runs trackers of its own. */
  trackerHosts: TrackerHosts
  /** Everything that moved the clocks of another ticket; nothing when that is gone. */
  momentsOf(ticketId: number): Promise<TicketMoment[]>
}

type AuditedFact = CommandFact | SaidFact | TicketFact

/**
 * Stamps of Zendesk's have whole seconds, and its clock is not ours: so soon after an update, another one that bears the
 * same stamp may yet come.
 */
const SETTLED_AFTER_MS = MINUTE_MS

const LONG_AGO_MS = HOUR_MS
/** Whose groups they are now matters little to what was said long ago. */
const GROUPS_KEPT_MS = 10 * MINUTE_MS

/**
 * Reads what happened to a ticket since we last looked, as facts in their order, each with the policy's answer to it as
 * it stood then. The first look reads all of its history, and what our own marks in it tell of an earlier record. When
 * nothing happened that matters, it costs one call.
 */
export async function readFacts(state: TicketState, sources: Sources): Promise<Fact[]> {
  const { zendesk, integrationUserId, now } = sources
  const { audits, authors } = await zendesk.readHistory(state.ticketId, state.lastAuditId)
  const newest = audits.at(-1)
  if (!newest) return []

  let asked: Promise<TicketWithPeople> | null = null
  const people = () => (asked ??= zendesk.getTicket(state.ticketId))
  const replay = state.lastAuditId === 0 ? createReplay(audits, integrationUserId) : null
  // A whole account may be looked at for the first time, ticket after ticket, by the same few people.
  const isPast = now - newest.at > LONG_AGO_MS
  const who = createPeople(zendesk, authors, replay && isPast ? GROUPS_KEPT_MS : 0)
  const scratch = createScratch(state, sources.calendarOf, replay)
  const facts: Fact[] = []

  if (replay) take(await beginningOf((await people()).ticket, audits, sources.momentsOf), 0)
  for (const [index, audit] of audits.entries()) {
    await tellAgain(audit)
    const found = await factsOf(audit, index)
    const first = replay && index === 0 ? 1 : 0
    for (const [part, fact] of found.entries()) take(withoutOldMove(fact), first + part)
    const mark = replay && markOf(audit, integrationUserId)
    if (mark) {
      const outcome = await outcomeIn(audit, zendesk)
      facts.push(scratch.take({ kind: 'effect', effectId: mark.id, at: audit.at, outcome }))
    }
  }
  await tellAgain(null)
  const seenAt = now - newest.at >= SETTLED_AFTER_MS ? newest.at : newest.at - 1
  return [...facts, { kind: 'read', auditId: newest.id, at: seenAt }]

  function take(fact: AuditedFact, part: number): void {
    facts.push(scratch.take({ ...fact, part }))
  }

  async function factsOf(audit: Audit, index: number): Promise<AuditedFact[]> {
    const asOf = async (): Promise<TicketAsOf> => ticketAsOf(await people(), audits, index, zendesk)
    const isOurs = markOf(audit, integrationUserId) !== null
    const command = isOurs ? null : findCommand(audit)
    const found: AuditedFact[] = []
    if (command) {
      const { kind } = command
      const fact =
        kind === 'note'
          ? await judge(command, scratch.state(), await asOf(), who, sources)
          : await hear(command, scratch.state(), asOf, who, sources)
      found.push(await asProgram(fact, audit, sources, replay !== null))
    }

    const requesterId = async () => requesterAsOf(audits, index) ?? (await people()).ticket.requesterId
    const isOpening = audit.changes.some(({ isCreate }) => isCreate)
    for (const { change, author } of await changesOf(audit, { who, isOurs, requesterId })) {
      const isBare = change.what === 'group' && command === null && !isOpening
      const move = isBare ? await moveOf(change.to, audit, asOf) : null
      const told = move && change.what === 'group' ? { ...change, move } : change
      found.push({ kind: 'ticket', auditId: audit.id, part: 0, at: audit.at, author, change: told })
    }
    return found
  }

  async function moveOf(groupId: number | null, { at }: Audit, asOf: () => Promise<TicketAsOf>) {
    const groups = groupId === null ? [] : await zendesk.listGroups()
    const name = groups.find(({ id }) => id === groupId)?.name ?? null
    return bareMove(name, at, scratch.state(), asOf, sources)
  }

  /** A move from before our time counts only when our own marks show that it did. */
  function withoutOldMove(fact: AuditedFact): AuditedFact {
    if (fact.kind !== 'ticket' || fact.change.what !== 'group' || !fact.change.move) return fact
    if (fact.at >= sources.watchedSince) return fact
    const { state: after, effects } = scratch.trial(fact)
    const isBeginning = after.escalations.length > scratch.state().escalations.length
    if (!isBeginning || replay?.knows(effects.map(({ id }) => id))) return fact
    const { move: _, ...change } = fact.change
    return { ...fact, change }
  }

  /** What had fallen due before this update, as our marks say that it was told. */
  async function tellAgain(audit: Audit | null): Promise<void> {
    for (const { at, lastAuditId } of replay?.tellingsBefore(audit) ?? []) {
      facts.push(scratch.take({ kind: 'read', auditId: lastAuditId }))
      const raise = await raiseFor(scratch.state(), at, sources.policyOf)
      facts.push(scratch.take({ kind: 'tick', at, raise }))
    }
  }
}
