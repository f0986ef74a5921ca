import { planFor } from '../../core/clock/plan-for.ts'
import { decide } from '../../core/decide/decide.ts'
import { gatherFacts } from '../../core/decide/facts.ts'
import type { Author, CommandFact } from '../../core/escalation/facts.ts'
import { openEscalation, type TicketState } from '../../core/escalation/state.ts'
import { completeness } from '../../core/note/completeness.ts'
import type { Note } from '../../core/note/note.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { TicketWithPeople, ZendeskClient } from '../zendesk/client.ts'
import { gatherInput, standingOf } from './gather.ts'
import type { FoundCommand } from './read-audits.ts'
import type { People } from './read-author.ts'
import type { Sources } from './read-facts.ts'

/** A command with the policy's answer to it. */
export async function judge(
  { audit, envelope, reading }: FoundCommand,
  state: TicketState,
  people: TicketWithPeople,
  who: People,
  { zendesk, policyOf }: Sources,
): Promise<CommandFact> {
  const open = envelope?.verb === 'amend' ? openEscalation(state) : null
  const policy = await policyOf(open?.decision.policyVersion ?? null)
  const from = open?.from ?? standingOf(people, policy)
  const note = reading.ok ? reading.note : null
  const answer = note && answerTo(note, policy)
  const allowedGroupIds = await idsOf(policy.escalators, zendesk)
  return {
    kind: 'command',
    auditId: audit.id,
    part: 0,
    at: audit.at,
    author: await readCommander(audit.authorId, who, allowedGroupIds.length > 0),
    envelope,
    reading,
    decision: answer?.decision ?? null,
    plan: answer?.plan ?? null,
    completeness: note && completeness(note, policy.note),
    sentAtOnce: answer !== null && policy.note.sentAtOnce.includes(answer.decision.severity),
    allowedGroupIds,
    ticket: from,
  }

  function answerTo(said: Note, { customerTiers }: Policy) {
    const facts = gatherFacts(gatherInput(people, said, from, state, audit.at), policy)
    const decision = decide(policy, facts)
    const customerTier = customerTiers.find(({ id }) => id === facts['customer.tier'])?.id ?? null
    return { decision, plan: planFor(policy, { ...decision, customerTier }, audit.at) }
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
