import { decide } from '../../core/decide/decide.ts'
import { gatherFacts } from '../../core/decide/facts.ts'
import type { Author, CommandFact, Fact, TicketFact } from '../../core/escalation/facts.ts'
import { openEscalation, type TicketState } from '../../core/escalation/state.ts'
import { completeness } from '../../core/note/completeness.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { Audit } from '../zendesk/audit.ts'
import type { TicketWithPeople, ZendeskClient } from '../zendesk/client.ts'
import { gatherInput, standingOf } from './gather.ts'
import { type FoundCommand, findCommand, isOurs } from './read-audits.ts'
import { createPeople, type People } from './read-author.ts'
import { changesOf } from './ticket-facts.ts'

export type Sources = {
  zendesk: ZendeskClient
  /** The policy in force, or the one an escalation that is under way began with. */
  policyOf(version: string | null): Promise<Policy>
  /** The user our own updates are made as. */
  integrationUserId: number | null
}

/** Reads what happened to a ticket since we last looked, as facts, each command with the policy's answer to it. */
export async function readFacts(
  state: TicketState,
  { zendesk, policyOf, integrationUserId }: Sources,
): Promise<Fact[]> {
  const audits = await zendesk.listAuditsSince(state.ticketId, state.lastAuditId)
  const newest = audits.at(-1)
  if (!newest) return []
  const read: Fact = { kind: 'read', auditId: newest.id }

  const theirs = audits.filter((audit) => !isOurs(audit, integrationUserId))
  const commands = theirs.map(findCommand)
  if (!openEscalation(state) && commands.every((command) => command === null)) return [read]

  const people = await zendesk.getTicket(state.ticketId)
  const who = createPeople(zendesk, people.users)
  const facts: Fact[] = []
  for (const [index, audit] of theirs.entries()) {
    const command = commands[index]
    if (command) facts.push(await judge(command, state, people, who, zendesk, policyOf))
    facts.push(...(await tellChanges(audit, command ? 1 : 0, who)))
  }
  return [...facts, read]
}

async function judge(
  { audit, envelope, reading }: FoundCommand,
  state: TicketState,
  people: TicketWithPeople,
  who: People,
  zendesk: ZendeskClient,
  policyOf: Sources['policyOf'],
): Promise<CommandFact> {
  const open = envelope?.verb === 'amend' ? openEscalation(state) : null
  const policy = await policyOf(open?.decision.policyVersion ?? null)
  const from = open?.from ?? standingOf(people, policy)
  const note = reading.ok ? reading.note : null
  const decision = note && decide(policy, gatherFacts(gatherInput(people, note, from, state, audit.at), policy))
  const allowedGroupIds = await idsOf(policy.escalators, zendesk)
  return {
    kind: 'command',
    auditId: audit.id,
    part: 0,
    at: audit.at,
    author: await readCommander(audit.authorId, who, allowedGroupIds.length > 0),
    envelope,
    reading,
    decision,
    completeness: note && completeness(note, policy.note),
    sentAtOnce: decision !== null && policy.note.sentAtOnce.includes(decision.severity),
    allowedGroupIds,
    ticket: from,
  }
}

/** Somebody who is gone may not command, nor may Zendesk's system: both count as no agent. */
async function readCommander(userId: number, who: People, areGroupsAsked: boolean): Promise<Author> {
  const author = await who.authorOf(userId)
  if (!author) return { id: userId, name: 'somebody', role: 'end-user', isLightAgent: false, groupIds: [] }
  return areGroupsAsked && author.role !== 'end-user' ? { ...author, groupIds: await who.groupIdsOf(userId) } : author
}

/** Groups that no longer exist allow nobody, which is not the same as allowing everybody. */
async function idsOf(names: readonly string[], zendesk: ZendeskClient): Promise<number[]> {
  if (names.length === 0) return []
  const ids = (await zendesk.listGroups()).filter(({ name }) => names.includes(name)).map(({ id }) => id)
  return ids.length > 0 ? ids : [0]
}

async function tellChanges(audit: Audit, firstPart: number, who: People): Promise<TicketFact[]> {
  const changes = changesOf(audit)
  if (changes.length === 0) return []
  const author = await who.authorOf(audit.authorId)
  return changes.map((change, index) => ({
    kind: 'ticket',
    auditId: audit.id,
    part: firstPart + index,
    at: audit.at,
    author,
    change,
  }))
}
