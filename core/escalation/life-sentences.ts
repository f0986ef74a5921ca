import { formatDuration, MINUTE_MS } from '../units.ts'
import type { EscalationEvent } from './events.ts'
import type { LifeEvent } from './life-events.ts'
import { fieldName } from './shortfall.ts'
import { writeInstant } from './write-instant.ts'

export type EventOfLife = Extract<EscalationEvent, { kind: LifeEvent['kind'] }>

/** What people did, as one line of the story each; whoever did it is named beside it. */
export function tellOfLife(event: EventOfLife): string {
  return (TELL[event.kind] as (one: EventOfLife) => string)(event)
}

export function isOfLife(event: EscalationEvent): event is EventOfLife {
  return Object.hasOwn(TELL, event.kind)
}

const TELL: { [K in LifeEvent['kind']]: (event: Extract<LifeEvent, { kind: K }>) => string } = {
  registered: ({ tier, queue, owed }) =>
    `Moved to tier ${tier}, queue ${queue}, without a note; still missing: ${owed.map(fieldName).join(', ')}`,
  accepted: ({ owner, comment }) => `Accepted${owner ? ` by ${owner}` : ''}${said(comment)}`,
  'owner-changed': ({ from, to }) => `Went from ${from ?? 'nobody'} to ${to ?? 'nobody'}`,
  returned: ({ reason, missing, explanation }) =>
    `Returned: ${words(reason)}${missing.length > 0 ? ` (${missing.join(', ')})` : ''}${said(explanation)}`,
  'came-back': ({ via, tier, queue }) =>
    `Came back to tier ${tier}, queue ${queue}, ${via === 'note' ? 'with its note completed' : 'without a note'}`,
  'help-asked': ({ helpers, skill, question }) =>
    `Asked for help from ${[...helpers.map(({ name }) => name), skill].filter(Boolean).join(', ')}${said(question)}`,
  'same-problem': ({ pastId, stopped, comment }) =>
    `Same problem as ${pastId}${stopped ? '; not escalated' : ''}${said(comment)}`,
  'had-to-ask': ({ sections, explanation }) => `Had to ask about ${sections.join(', ')}${said(explanation)}`,
  progressed: ({ status, actions, nextSteps, cause, estimate }) =>
    [
      status ? `Progress, ${status}` : 'Progress',
      ...actions,
      ...(nextSteps ? [`Next: ${nextSteps}`] : []),
      ...(cause ? [`Cause found: ${cause}`] : []),
      ...(estimate === null ? [] : [`Expected by ${writeInstant(estimate)}`]),
    ].join('. '),
  'handed-on': ({ via, fromQueue, tier, queue, reason }) =>
    `Handed on from ${fromQueue} to tier ${tier}, queue ${queue}${via === 'move' ? ', by moving the ticket' : ''}${said(reason)}`,
  bounced: ({ queue, times, costMs }) =>
    `Bounced to ${queue}, which had it before (${times === 1 ? 'once' : `${times} times`}; ${formatDuration(Math.round(costMs / MINUTE_MS))} since it began)`,
  'third-touch': ({ touches }) =>
    `Changed hands ${touches} times: work on it together, or let the lead of the tier decide`,
  'issue-linked': ({ key, title }) => `Linked to ${key}${said(title)}`,
  'issue-changed': ({ key, to, who }) => `${key} is ${words(to)} now${who ? `, says ${who}` : ''}`,
  'release-decided': ({ release, date, reason }) =>
    `The fix goes out ${release === 'hotfix' ? 'as a hotfix' : 'with the next release'}, by ${writeInstant(date)}${said(reason)}`,
  'fix-available': ({ version, what }) => `Fix available${version ? ` in ${version}` : ''}${said(what)}`,
  resolved: ({ rootCause, resolution, fix, monitoringUntil }) =>
    `Resolved (${words(resolution)}). Root cause: ${rootCause}. Fix: ${fix}${
      monitoringUntil === null ? '' : `. Watched until ${writeInstant(monitoringUntil)}`
    }`,
  'monitoring-ended': ({ missing }) =>
    missing.length === 0
      ? 'The fix was watched long enough: it can be de-escalated'
      : `The fix was watched long enough; still missing: ${missing.map(words).join(', ')}`,
  deescalated: ({ rationale, missing, toGroup }) =>
    `De-escalated${toGroup ? ` to ${toGroup}` : ''}${said(rationale)}${
      missing.length > 0 ? ` (without: ${missing.map(words).join(', ')})` : ''
    }`,
  withdrawn: ({ rationale }) => `Withdrawn${said(rationale)}`,
  'approval-asked': ({ title, of }) => `"${title}" waits for the approval of ${of}`,
  approved: ({ title, comment }) => `"${title}" is approved${said(comment)}`,
  rejected: ({ title, reason, ends }) =>
    `"${title}" is not approved${ends ? '; the escalation ended' : ''}${said(reason)}`,
  'promise-moved': ({ to, why }) =>
    to === null
      ? `Nothing is promised to the customer any more (${why})`
      : `The customer is to hear from us by ${writeInstant(to)} (${why})`,
  'promise-overdue': ({ lateMs }) =>
    `The customer has not heard from us in time${
      lateMs > MINUTE_MS ? ` (noticed ${formatDuration(Math.floor(lateMs / MINUTE_MS))} late)` : ''
    }`,
  'customer-told': () => 'The customer was told of the fix',
}

function said(text: string | undefined): string {
  return text ? `: ${text}` : ''
}

/** `wrong_queue` → `wrong queue`. */
function words(code: string): string {
  return code.replaceAll(/[_-]/g, ' ')
}
