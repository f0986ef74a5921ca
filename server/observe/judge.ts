import { planFor } from '../../core/clock/plan-for.ts'
import { decide } from '../../core/decide/decide.ts'
import { gatherFacts } from '../../core/decide/facts.ts'
import type { DecisionInput } from '../../core/decide/input.ts'
import type { CommandFact, Raise } from '../../core/escalation/facts.ts'
import { openEscalation, type TicketState } from '../../core/escalation/state.ts'
import { completeness } from '../../core/note/completeness.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { gatherInput, standingAsOf } from './gather.ts'
import type { FoundNote } from './read-audits.ts'
import { type People, somebody } from './read-author.ts'
import type { Sources } from './read-facts.ts'
import type { TicketAsOf } from './ticket-as-of.ts'

/** A note with the policy's answer to it. */
export async function judge(
  { audit, envelope, reading }: FoundNote,
  state: TicketState,
  ticket: TicketAsOf,
  who: People,
  { zendesk, policyOf }: Sources,
): Promise<CommandFact> {
  // Whatever it is called, a note in an escalation that is open completes that, if anything.
  const open = openEscalation(state)
  const policy = await policyOf(open?.decision.policyVersion ?? null, audit.at)
  const from = open?.from ?? (await standingAsOf(ticket, policy))
  const note = reading.ok ? reading.note : null
  const answer = note && answerTo(policy, gatherInput(ticket, note, from, state, audit.at))
  const allowedGroupIds = await idsOf(policy.escalators, zendesk)
  const author = (await who.authorOf(audit.authorId)) ?? somebody(audit.authorId)
  const areGroupsAsked = allowedGroupIds.length > 0 && author.role !== 'end-user'
  return {
    kind: 'command',
    auditId: audit.id,
    part: 0,
    at: audit.at,
    author: areGroupsAsked ? { ...author, groupIds: await who.groupIdsOf(audit.authorId) } : author,
    envelope,
    reading,
    decision: answer?.decision ?? null,
    plan: answer?.plan ?? null,
    completeness: note && completeness(note, policy.note),
    sentAtOnce: answer !== null && policy.note.sentAtOnce.includes(answer.decision.severity),
    allowedGroupIds,
    ticket: from,
  }
}

/** What a policy says to all that is known of a ticket: where it goes, and what that means for its time. */
export function answerTo(policy: Policy, input: DecisionInput): Raise {
  const facts = gatherFacts(input, policy)
  const decision = decide(policy, facts)
  const customerTier = policy.customerTiers.find(({ id }) => id === facts['customer.tier'])?.id ?? null
  return { decision, plan: planFor(policy, { ...decision, customerTier }, input.now) }
}

/** Groups that no longer exist allow nobody, which is not the same as allowing everybody. */
async function idsOf(names: readonly string[], zendesk: ZendeskClient): Promise<number[]> {
  if (names.length === 0) return []
  const ids = (await zendesk.listGroups()).filter(({ name }) => names.includes(name)).map(({ id }) => id)
  return ids.length > 0 ? ids : [0]
}
