import type { Instant } from '../units.ts'
import type { Due } from './countdowns.ts'
import { deadlineMoves } from './deadlines.ts'
import { lateMsOf } from './due-event.ts'
import type { Means, Raise } from './facts.ts'
import { handOverTo } from './hand-over.ts'
import { momentAfter } from './moments.ts'
import { respondByOf } from './respond-by.ts'
import { newRouting, routeTicket } from './route.ts'
import { becauseOf } from './sentences.ts'
import {
  type Escalation,
  hasResolutionPath,
  presentHandOver,
  presentPlan,
  type TicketState,
  withEscalation,
} from './state.ts'
import type { Step } from './step.ts'
import { isResting } from './timers.ts'

/**
 * What takes an escalation to the next tier by itself, if anything that fell due does: the first that the policy says
 * so of, that happened while the present tier had it, and that nobody has dealt with since.
 */
export function causeOf(dues: readonly Due[], open: Escalation, state: TicketState, now: Instant): Due | null {
  // What was returned waits for the side it came from, and no tier above changes that.
  if (open.stage === 'returned' || isResting(state, open, now)) return null
  const before = new Set(open.handOvers.map(({ raisedFor }) => raisedFor))
  const { at: since } = presentHandOver(open)
  return dues.find((due) => due.at > since && !before.has(due.id) && isCause(due, open)) ?? null
}

function isCause(due: Due, open: Escalation): boolean {
  if (due.what === 'on-call' || due.what === 'promise' || due.what === 'monitoring') return false
  if (due.what === 'timer') return due.timer.then === 'escalate'
  const { at, clocks } = presentPlan(open).autoEscalation
  if (!at.includes(due.what) || !clocks.includes(due.clock.name)) return false
  if (due.what === 'warning' && hasResolutionPath(open)) return false
  return due.folded.phase === 'running' || due.folded.phase === 'paused'
}

/** The next tier takes over now, whenever the cause was, and has yet to accept. */
export function raise(
  state: TicketState,
  open: Escalation,
  { next, cause, at }: { next: Raise; cause: Due; at: Instant },
  means: Means,
): Step {
  const { decision, plan } = next
  const handOver = handOverTo(decision, plan, momentAfter(state, at, null), cause.id)
  const raised: Escalation = {
    ...open,
    stage: 'requested',
    stageSince: at,
    owner: null,
    estimate: null,
    decision,
    respondBy: respondByOf(plan, at, means.calendarOf),
    handOvers: [...open.handOvers, handOver],
    routing: newRouting(`${open.id}.raise.${open.handOvers.length}`, state.ticketId, decision.group),
  }
  const after = withEscalation(state, raised)
  const because = becauseOf(cause)
  const common = { at, escalationId: open.id, by: null, auditId: null }
  return {
    state: after,
    events: [
      {
        ...common,
        kind: 'raised',
        because,
        fromTier: presentHandOver(open).tier,
        tier: decision.tier,
        queue: decision.queue,
        reasons: decision.reasons,
        lateMs: lateMsOf(cause, open, at),
      },
      ...deadlineMoves(state, after, at, means.calendarOf, `Raised to tier ${decision.tier}`),
    ],
    effects: [routeTicket(state, raised, { afterAuditId: state.lastAuditId, before: open, because })],
  }
}
