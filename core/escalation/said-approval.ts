import { lifeOf } from '../clock/plan.ts'
import { approvalAfter, approvalAsked } from './approvals.ts'
import { finish } from './finish.ts'
import { finishComment } from './finish-comment.ts'
import { handedOn } from './hand-on.ts'
import type { Approval } from './life-state.ts'
import { type CarryOut, recordedAs } from './said.ts'
import type { Objection } from './standing.ts'
import { type Escalation, presentHandOver, presentPlan, withEscalation } from './state.ts'

/** What waited takes effect: where it means another tier or queue, that takes over. */
export const approve: CarryOut<'approve'> = (state, said) => {
  const { id, answer, open, by, fact, means } = said
  const pending = pendingIn(open)
  if ('detail' in pending) return pending
  const { comment } = answer
  const { rule, title } = pending
  const approved: Approval = { ...pending, state: 'approved', at: fact.at, by, comment }
  const { target } = fact
  // Another rule may wait for somebody else.
  const approval = target ? approvalAfter(target.decision, approved, fact.at) : approved
  const agreed: Escalation = { ...open, approval }
  const events = [{ kind: 'approved' as const, rule, title, comment }, ...approvalAsked(approval, approved)]
  const step = {
    state: withEscalation(state, agreed),
    events: events.map((body) => recordedAs(said, body)),
    effects: [],
  }
  const present = presentHandOver(open)
  const goesOn = target && (target.decision.tier !== present.tier || target.decision.queue !== present.queue)
  if (!goesOn) return step
  const reason = `${title}, approved`
  const handed = handedOn(step.state, { ...said, open: agreed }, { id, to: target, via: 'approval', reason }, means)
  return { ...handed, events: [...step.events, ...handed.events] }
}

/** What waited is off. The policy says whether the escalation ends with it, or goes on where it is. */
export const reject: CarryOut<'reject'> = (state, said) => {
  const { id, answer, open, by, fact, means } = said
  const pending = pendingIn(open)
  if ('detail' in pending) return pending
  const { reason } = answer
  if (reason.trim() === '') {
    return { reason: 'no-reason', detail: 'Say why it is not approved, so that whoever asked knows what to do.' }
  }
  const { rule, title } = pending
  const approval: Approval = { ...pending, state: 'rejected', at: fact.at, by, comment: reason }
  const refused: Escalation = { ...open, approval }
  const ends = lifeOf(presentPlan(open)).onRejected === 'ends'
  const body = { kind: 'rejected' as const, rule, title, reason, ends }
  if (!ends) return { state: withEscalation(state, refused), events: [recordedAs(said, body)], effects: [] }
  return finish(
    state,
    { ...said, open: refused },
    {
      id,
      how: 'rejected',
      ending: { rationale: reason, customerConfirmed: null, missing: [] },
      body,
      isThere: open.stage === 'returned',
      comment: finishComment(open, { how: 'rejected', name: by.name, missing: [], reason }),
    },
    means,
  )
}

function pendingIn({ id, approval }: Escalation): Approval | Objection {
  if (approval?.state === 'pending') return approval
  const detail = approval
    ? `${approval.by?.name ?? 'Somebody'} has answered already: “${approval.title}” is ${approval.state}.`
    : `${id} waits for nobody’s approval.`
  return { reason: 'nothing-to-approve', detail }
}
