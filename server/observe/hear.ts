import { handOnOf } from '../../core/decide/hand-on.ts'
import { readIssueUrl } from '../../core/engineering/issue-url.ts'
import type { Author, Raise, SaidFact, Standing } from '../../core/escalation/facts.ts'
import { type Escalation, openEscalation, presentPlan, type TicketState } from '../../core/escalation/state.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { findHelpers } from './find-helpers.ts'
import { gatherInput } from './gather.ts'
import { answerTo } from './judge.ts'
import type { FoundSaid } from './read-audits.ts'
import { type People, somebody } from './read-author.ts'
import type { Sources } from './read-facts.ts'
import { standingIn } from './standing.ts'
import type { TicketAsOf } from './ticket-as-of.ts'

/** What a person said in an escalation, with who they are to it and what the policy, Zendesk and trackers know of it. */
export async function hear(
  { audit, envelope, reading }: FoundSaid,
  state: TicketState,
  ticketAsOf: () => Promise<TicketAsOf>,
  who: People,
  sources: Sources,
): Promise<SaidFact> {
  const open = openEscalation(state)
  const policy = await sources.policyOf(open ? presentPlan(open).policyVersion : null)
  const { author, standing } = await whoSaid(audit.authorId, open, policy, who, sources)
  const said = reading.ok ? reading.said : null
  const fact: SaidFact = {
    kind: 'said',
    auditId: audit.id,
    part: 0,
    at: audit.at,
    ...{ author, envelope, reading, standing },
    target: null,
    helpers: said?.command === 'ask-help' ? await findHelpers(said.answer.people, sources.zendesk) : [],
    issue: said?.command === 'link-issue' ? readIssueUrl(said.answer.url, sources.trackerHosts) : null,
  }
  if (!open) return fact

  if (said?.command === 'hand-on') {
    const answer = handOnOf(policy, { decision: open.decision, plan: presentPlan(open) }, said.answer, audit.at)
    return answer.ok ? { ...fact, target: answer.target } : { ...fact, noTarget: answer.message }
  }
  if (said?.command === 'approve') return { ...fact, target: await approved(open, policy) }
  return fact

  /** What the policy answers once the rule that waits may set what it sets. */
  async function approved({ note, from, approval }: Escalation, by: Policy): Promise<Raise | null> {
    if (!approval) return null
    const input = gatherInput(await ticketAsOf(), note, from, state, audit.at)
    return answerTo(by, { ...input, approvals: [approval.rule] })
  }
}

async function whoSaid(
  userId: number,
  open: Escalation | null,
  policy: Policy,
  who: People,
  { zendesk }: Sources,
): Promise<{ author: Author; standing: Standing }> {
  const found = (await who.authorOf(userId)) ?? somebody(userId)
  const isOurs = found.role !== 'end-user'
  const author = isOurs && open ? { ...found, groupIds: await who.groupIdsOf(userId) } : found
  const groups = isOurs && open ? await zendesk.listGroups() : []
  return { author, standing: standingIn({ author, email: await who.emailOf(userId) }, open, groups, policy) }
}
