import type { ClockPlan } from '../clock/plan.ts'
import type { Urgency } from '../decide/decision.ts'
import { formatDuration } from '../units.ts'
import { listMissing } from './shortfall.ts'
import { type Escalation, presentPlan, type Refusal } from './state.ts'
import { writeInstant } from './write-instant.ts'

/** How a routing comment begins and ends, when it is not simply an escalation. */
export type RoutingWords = {
  /** Why Baton raised it by itself. */
  because?: string | undefined
  /** Instead of the first line. */
  opening?: string | undefined
  /** Whom to ask for what, at the end. */
  closing?: readonly string[] | undefined
}

/** What the receiving tier reads first: where the ticket went, how fast, and why. Plain text. */
export function routingComment(escalation: Escalation, isMoved: boolean, words: RoutingWords = {}): string {
  const { id, decision, owed, requestedBy, respondBy } = escalation
  const { because, opening, closing = [] } = words
  const place = placeOf(escalation)
  return [
    opening ??
      (isMoved ? `Escalated to ${place} (group ${decision.group}).` : `Escalation updated; it stays with ${place}.`),
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
    ...(owed.length > 0 ? ['', askForOwed(escalation)] : []),
    ...closing.flatMap((line) => ['', line]),
    '',
    `Decided by policy ${decision.policyVersion}.`,
  ].join('\n')
}

/** `L2 Specialists, Identity`. */
export function placeOf({ decision }: Pick<Escalation, 'decision'>): string {
  return `L${decision.tier} ${decision.tierName}, ${decision.queueName}`
}

function askForOwed({ owed, requestedBy, registeredBy }: Escalation): string {
  const missing = listMissing(owed)
  return registeredBy === 'move'
    ? `${requestedBy.name}, the ticket was moved here without a note; its clocks run all the same. Please write it: ${missing}.`
    : `${requestedBy.name}, the note went at once because of its severity. Please add: ${missing}.`
}

const NOT_DONE: Readonly<Record<Refusal['verb'], string>> = {
  escalate: 'This ticket was not escalated',
  amend: 'The escalation note was not changed',
  accept: 'The escalation was not accepted',
  return: 'The escalation was not returned',
  'ask-help': 'Nobody was asked for help',
  'had-to-ask': 'What you had to ask was not kept',
  progress: 'Your report was not kept',
  'hand-on': 'The escalation was not handed on',
  'link-issue': 'The issue was not linked',
  'decide-release': 'The release was not kept',
  'fix-available': 'The fix was not kept',
  resolve: 'The escalation was not resolved',
  deescalate: 'The escalation was not de-escalated',
  'same-problem': 'The same problem was not kept',
  approve: 'Your approval was not kept',
  reject: 'Your answer was not kept',
}

/** Tells the person who gave a command why it was not carried out and what to do. Plain text. */
export function refusalComment(verb: Refusal['verb'], name: string, detail: string): string {
  return `${NOT_DONE[verb]}, ${name}.\n\n${detail}`
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
