import type { ClockPlan } from '../clock/plan.ts'
import type { Urgency } from '../decide/decision.ts'
import { formatDuration } from '../units.ts'
import { listMissing } from './shortfall.ts'
import { type Escalation, presentPlan, type Refusal } from './state.ts'
import { writeInstant } from './write-instant.ts'

/** What the receiving tier reads first: where the ticket went, how fast, and why. Plain text. */
export function routingComment(escalation: Escalation, isMoved: boolean, because?: string): string {
  const { id, decision, owed, requestedBy, respondBy } = escalation
  const place = `L${decision.tier} ${decision.tierName}, ${decision.queueName}`
  return [
    isMoved ? `Escalated to ${place} (group ${decision.group}).` : `Escalation updated; it stays with ${place}.`,
    because === undefined
      ? `${id}, asked for by ${requestedBy.name}.`
      : `${id}, raised by Baton because ${because}. Asked for by ${requestedBy.name}.`,
    '',
    `Severity: ${decision.severity}`,
    `Urgency: ${writeUrgency(decision.urgency)}`,
    respondBy === null
      ? 'Respond by: no target for this tier'
      : `Respond by: ${writeRespondBy(respondBy, presentPlan(escalation))}`,
    '',
    'Why:',
    ...(decision.reasons.length > 0 ? decision.reasons : ['No rule matched; the default of the policy applies']).map(
      (reason) => `- ${reason}`,
    ),
    ...(owed.length > 0
      ? ['', `${requestedBy.name}, the note went at once because of its severity. Please add: ${listMissing(owed)}.`]
      : []),
    '',
    `Decided by policy ${decision.policyVersion}.`,
  ].join('\n')
}

/** Tells the person who gave a command why it was not carried out and what to do. Plain text. */
export function refusalComment(verb: Refusal['verb'], name: string, detail: string): string {
  const what = verb === 'amend' ? 'The escalation note was not changed' : 'This ticket was not escalated'
  return `${what}, ${name}.\n\n${detail}`
}

function writeRespondBy(respondBy: number, { clocks }: ClockPlan): string {
  const planned = clocks['first-response']
  if (!planned) return writeInstant(respondBy)
  const { schedule, target } = planned
  const counted = schedule === null || target.counts === 'calendar' ? '' : `, counted by schedule ${schedule}`
  return `${writeInstant(respondBy)} (${formatDuration(target.minutes)} from the hand-over${counted})`
}

function writeUrgency({ score, points }: Urgency): string {
  if (points.length === 0) return String(score)
  return `${score} (${points.map((point) => `${point.title} ${signed(point.points)}`).join(', ')})`
}

function signed(points: number): string {
  return points < 0 ? `−${-points}` : `+${points}`
}
