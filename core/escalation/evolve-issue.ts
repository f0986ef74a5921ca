import type { IssueFact } from '../engineering/issue-fact.ts'
import { isNewer } from '../engineering/issue-state.ts'
import { isSameIssue } from '../engineering/tracker.ts'
import { enterStage, withSignal } from './enter-stage.ts'
import type { EscalationEvent } from './events.ts'
import type { Means } from './facts.ts'
import type { LinkedIssue } from './life-state.ts'
import { momentAfter } from './moments.ts'
import { noticeAt } from './notice-hours.ts'
import { showStage } from './route.ts'
import type { EventBody } from './said.ts'
import {
  type Escalation,
  isWorkedOn,
  openEscalation,
  presentHandOver,
  presentPlan,
  type TicketState,
  withEscalation,
} from './state.ts'
import { type Step, unchanged } from './step.ts'

/**
 * The tracker of a linked issue told of it. What is older than what it told before changes nothing, so deliveries may
 * come twice and in any order. A fix that is released is to be told to the customer.
 */
export function evolveIssue(state: TicketState, fact: IssueFact, means: Means): Step {
  const open = openEscalation(state)
  const linked = open?.issues.find((issue) => isSameIssue(issue, fact.issue))
  if (!open || !linked || (linked.told && !isNewer(fact, linked.told))) return unchanged(state)

  const { state: to, by: who } = fact
  // What happened before the tier had it, or before it was linked, counts from then.
  const at = Math.max(fact.at, linked.at, presentHandOver(open).at)
  const told: LinkedIssue = {
    ...linked,
    title: fact.issue.title || linked.title,
    told: { state: to, at: fact.at, by: who },
  }
  const updated: Escalation = { ...open, issues: open.issues.map((one) => (one === linked ? told : one)) }
  const isFix = to === 'released' && isWorkedOn(open) && open.fix === null
  const after = isFix ? withFix(updated, told, at, momentAfter(state, at, null)) : updated
  const { key, url } = told
  const bodies: EventBody[] = [
    { kind: 'issue-changed', key, url, from: linked.told?.state ?? null, to, who },
    ...(isFix ? [{ kind: 'fix-available' as const, version: '', what: told.title, via: 'issue' as const }] : []),
  ]
  const words = wordsFor(after, told)
  return {
    state: withEscalation(state, after),
    events: bodies.map((body) => ({ at, escalationId: open.id, by: null, auditId: null, ...body }) as EscalationEvent),
    effects: [
      ...(words === null
        ? []
        : [
            {
              kind: 'tell-ticket' as const,
              id: `${open.id}.issue.${fact.deliveryId}`,
              escalationId: open.id,
              ticketId: state.ticketId,
              afterAuditId: state.lastAuditId,
              comment: words,
              notBefore: noticeAt(presentPlan(open), [], at, means.calendarOf),
            },
          ]),
      ...(after.stage === open.stage
        ? []
        : [
            showStage(state, after, { source: `${open.id}.issue.${fact.deliveryId}`, afterAuditId: state.lastAuditId }),
          ]),
    ],
  }
}

function withFix(
  open: Escalation,
  { title }: LinkedIssue,
  at: number,
  moment: Parameters<typeof withSignal>[1],
): Escalation {
  const fixing = withSignal(enterStage(open, 'fixing', at), moment, 'fix-available')
  return { ...fixing, fix: { at, by: null, version: '', what: title } }
}

/** What the tracker's news asks of people; null when it asks nothing. */
function wordsFor({ owner, decision }: Escalation, { key, url, told }: LinkedIssue): string | null {
  const who = owner?.name ?? decision.queueName
  switch (told!.state) {
    case 'released':
      return `The fix of ${key} is released (${url}).\n\n${who}, please tell the customer and resolve the escalation.`
    case 'closed-unfixed':
      return `${key} was closed without a fix (${url}).\n\n${who}, please say how it goes on.`
    default:
      return null
  }
}
