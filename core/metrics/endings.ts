import { type Escalation, isOpen, type TicketState } from '../escalation/state.ts'
import type { Instant } from '../units.ts'
import type { Exclusion } from './case.ts'

/** How an episode stands, as measures see it. */
export type Ending = {
  /** The last time it was resolved, as far as it stayed so. */
  resolvedAt: Instant | null
  /** When it was over, resolved or not; null while it is not. */
  overAt: Instant | null
  /** Neither resolved nor over. */
  isOpen: boolean
  /** Why it is in no duration and no share, if so. */
  excluded: Exclusion | null
}

export function endingOf(state: TicketState, escalation: Escalation): Ending {
  const resolvedAt = resolvedAtOf(state, escalation)
  const overAt = isOpen(escalation) ? null : escalation.stageSince
  const how = overAt === null || escalation.ending !== null ? null : endOfTicket(state, overAt)
  return {
    resolvedAt,
    overAt,
    isOpen: resolvedAt === null && overAt === null,
    excluded: how ?? (overAt !== null && resolvedAt === null ? 'unresolved' : null),
  }
}

function endOfTicket({ moments }: TicketState, at: Instant): 'merged' | 'deleted' | null {
  const ended = moments.find((moment) => moment.what === 'ended' && moment.at === at)
  return ended?.what === 'ended' && (ended.why === 'merged' || ended.why === 'deleted') ? ended.why : null
}

/** Somebody said so, or the ticket was solved and stayed so, before the next episode began. */
export function resolvedAtOf({ moments, escalations }: TicketState, escalation: Escalation): Instant | null {
  const said = escalation.signals.findLast(({ signal }) => signal === 'resolved')
  if (said) return said.at
  const next = escalations[escalations.indexOf(escalation) + 1]
  const statuses = moments.flatMap((moment) =>
    moment.what === 'status' && moment.at >= escalation.requestedAt && (!next || moment.at < next.requestedAt)
      ? [moment]
      : [],
  )
  const last = statuses.findLastIndex(({ status }) => status !== 'solved' && status !== 'closed')
  return statuses[last + 1]?.at ?? null
}
