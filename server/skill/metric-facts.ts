import { foldClock } from '../../core/clock/sla.ts'
import { verdictOf } from '../../core/clock/sla-state.ts'
import type { ClockName } from '../../core/clock/targets.ts'
import type { Dimension } from '../../core/contract/skill-metrics.ts'
import { clocksAround } from '../../core/escalation/clocks.ts'
import { type Escalation, isOpen, type TicketState } from '../../core/escalation/state.ts'
import type { CustomerTier, Policy } from '../../core/policy/policy.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountCalendars } from '../schedules/calendars.ts'

/** What an escalation, or a clock of it, says of each dimension; null for nothing. */
export type Places = Readonly<Record<Dimension, string | number | null>>

export type ClockFact = { name: ClockName; places: Places; verdict: 'met' | 'breached' | 'running' }

/** What metrics ask of one escalation. */
export type EscalationFact = {
  places: Places
  isOpen: boolean
  /** From the hand-off to the last time it was resolved; null when it is not. */
  resolvedMs: number | null
  /** Those of its tiers, and the customer's. What was cancelled before it was decided is left out. */
  clocks: ClockFact[]
}

export function factOf(
  state: TicketState,
  escalation: Escalation,
  policy: Pick<Policy, 'customerTiers'>,
  { calendarOf }: AccountCalendars,
  now: Instant,
): EscalationFact {
  const places = placesOf(escalation, policy.customerTiers)
  const resolvedAt = resolvedAtOf(state, escalation)
  const isLast = state.escalations.at(-1) === escalation
  const clocks = clocksAround(state, [escalation]).flatMap((clock): ClockFact[] => {
    // The customer's clock is the ticket's: it counts once, however often that was escalated.
    if (clock.escalationId === null && !isLast) return []
    const folded = foldClock(clock.events, calendarOf, now)
    const verdict = verdictOf(folded)
    if (verdict === null && (folded.phase === 'cancelled' || folded.phase === 'waiting')) return []
    // A tier answers for its own clocks, whichever tier has it now.
    const of = clock.tier === null ? places : { ...places, escalation_tier: clock.tier }
    return [{ name: clock.name, places: of, verdict: verdict ?? 'running' }]
  })
  return {
    places,
    isOpen: isOpen(escalation) && resolvedAt === null,
    resolvedMs: resolvedAt === null ? null : resolvedAt - escalation.requestedAt,
    clocks,
  }
}

function placesOf({ decision, note }: Escalation, tiers: readonly CustomerTier[]): Places {
  return {
    escalation_tier: decision.tier,
    issue_category: note.triage.category || null,
    customer_segment: segmentOf(note.customer_context.tier, tiers),
    severity: decision.severity,
    queue: decision.queue,
    component: note.triage.component || null,
  }
}

/** The customer's tier by the policy's id of it; as the note writes it where the policy has none of that name. */
function segmentOf(written: string, tiers: readonly CustomerTier[]): string | null {
  const word = written.trim().toLowerCase()
  const isNamed = ({ id, name, aliases }: CustomerTier) =>
    [id, name, ...aliases].some((one) => one.toLowerCase() === word)
  return tiers.find(isNamed)?.id ?? (word || null)
}

/** Somebody said so, or the ticket was solved and stayed so, before the next episode began. */
function resolvedAtOf({ moments, escalations }: TicketState, escalation: Escalation): Instant | null {
  const said = escalation.signals.findLast(({ signal }) => signal === 'resolved')
  if (said) return said.at
  const next = escalations[escalations.indexOf(escalation) + 1]
  const statuses = moments.filter(
    (moment) =>
      moment.what === 'status' && moment.at >= escalation.requestedAt && (!next || moment.at < next.requestedAt),
  )
  const isSolved = (moment: (typeof statuses)[number]) =>
    moment.what === 'status' && (moment.status === 'solved' || moment.status === 'closed')
  const last = statuses.findLastIndex((moment) => !isSolved(moment))
  return statuses[last + 1]?.at ?? null
}
