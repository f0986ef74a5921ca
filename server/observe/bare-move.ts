import { toQueue } from '../../core/decide/raise.ts'
import type { BareMove, Raise } from '../../core/escalation/facts.ts'
import { openEscalation, presentPlan, type TicketState } from '../../core/escalation/state.ts'
import { completeness } from '../../core/note/completeness.ts'
import { emptyNote } from '../../core/note/note.ts'
import { type Policy, type Queue, queueOfGroup, specialistGroupsOf } from '../../core/policy/policy.ts'
import type { Instant } from '../../core/units.ts'
import { gatherInput, standingAsOf } from './gather.ts'
import { answerTo } from './judge.ts'
import type { Sources } from './read-facts.ts'
import type { TicketAsOf } from './ticket-as-of.ts'

/**
 * Where a change of group without a word took the ticket, and what the policy says to that: to every queue of an
 * escalation that is open, and to those of specialists when none is. Null for a move that means nothing to Baton.
 *
 * @param groupName of the group it came to; null for none
 */
export async function bareMove(
  groupName: string | null,
  at: Instant,
  state: TicketState,
  ticketAsOf: () => Promise<TicketAsOf>,
  { policyOf }: Sources,
): Promise<BareMove | null> {
  const open = openEscalation(state)
  const policy = await policyOf(open ? presentPlan(open).policyVersion : null, at)
  if (!open && !(groupName !== null && specialistGroupsOf(policy).includes(groupName))) return null

  const ticket = await ticketAsOf()
  const from = await standingAsOf(ticket, policy)
  const queue = queueFor(policy, groupName, open?.decision.queue ?? null)
  return {
    groupName,
    target: queue && answer(queue),
    completeness: completeness(emptyNote(), policy.note),
    from,
  }

  function answer(queue: Queue): Raise {
    const because = `The ticket was moved to ${groupName} by hand`
    const present = open
      ? { decision: open.decision, plan: presentPlan(open) }
      : answerTo(policy, gatherInput(ticket, emptyNote(), from, state, at))
    return toQueue(policy, present, queue, { because, at })
  }
}

/** The queue of a group; of several that share it, the one that has the ticket. */
function queueFor(policy: Policy, groupName: string | null, present: string | null): Queue | null {
  const queue = present === null ? undefined : policy.queueById[present]
  return queue && queue.group === groupName ? queue : queueOfGroup(policy, groupName)
}
