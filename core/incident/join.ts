import type { EscalationEvent } from '../escalation/events.ts'
import { type Escalation, isOpen } from '../escalation/state.ts'
import type { MajorIncidentSettings } from '../policy/review-policy.ts'
import { type Instant, MINUTE_MS } from '../units.ts'

/** An incident that others may join. */
export type OpenIncident = { id: string; component: string; openedAt: Instant }

/** What an escalation does to major incidents: it is the next ticket of one, or begins one. */
export type Joining = { what: 'join'; incidentId: string } | { what: 'open'; component: string; title: string }

/** Events after which an escalation may have become part of a major incident. */
const MAY_BEGIN: readonly EscalationEvent['kind'][] = ['requested', 'registered', 'amended', 'raised', 'approved']

export function mayBegin({ kind }: Pick<EscalationEvent, 'kind'>): boolean {
  return MAY_BEGIN.includes(kind)
}

/** What an escalation is about, for finding others of the same: its component, else the queue that has it. */
export function componentOf({ note, decision }: Escalation): string {
  return note.triage.component || `queue:${decision.queue}`
}

/**
 * Whether an escalation belongs to a major incident: of a severity the policy names, and one incident for all of a
 * component that come soon after the first.
 *
 * @param open no two of one component within that span, which the caller sees to
 */
export function joiningOf(
  escalation: Escalation,
  open: readonly OpenIncident[],
  settings: MajorIncidentSettings,
  now: Instant,
): Joining | null {
  if (!isOpen(escalation) || !settings.severities.includes(escalation.decision.severity)) return null
  const component = componentOf(escalation)
  const known = open
    .filter((one) => one.component === component && now - one.openedAt <= settings.joinWithin * MINUTE_MS)
    .toSorted((a, b) => b.openedAt - a.openedAt)[0]
  if (known) return { what: 'join', incidentId: known.id }
  return { what: 'open', component, title: titleOf(escalation) }
}

const LONGEST_TITLE = 120

/** For people who work here: it names what the first note said. */
export function titleOf({ id, note, decision }: Escalation): string {
  const summary = note.issue.summary.replace(/\s+/g, ' ').trim()
  const text = summary === '' ? `${decision.severity} in ${decision.queueName} (${id})` : summary
  return text.length > LONGEST_TITLE ? `${text.slice(0, LONGEST_TITLE - 1)}…` : text
}
