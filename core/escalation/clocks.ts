import type { ClockEvent } from '../clock/clock-event.ts'
import { CLOCK_KINDS, type ClockKind, type ClockName } from '../clock/targets.ts'
import { customerClock } from './customer-clock.ts'
import { compareMoments } from './moments.ts'
import { plannedEvents, stampOf } from './planned-events.ts'
import { type Escalation, isOpen, type Moment, type TicketState } from './state.ts'
import { ticketEvents } from './ticket-events.ts'

/** A clock of a ticket and all that happened to it. `foldClock(events, …)` makes a state of it. */
export type TicketClock = {
  /** `customer`, else `ESC-2026-000123/1/resolution`: escalation, index of the hand-over, name. */
  id: string
  name: ClockName
  /** Null, like hand-over and tier, for the customer's clock: it belongs to the ticket. */
  escalationId: string | null
  handOver: number | null
  tier: number | null
  /** What it counts by at present; null where every hour counts. */
  schedule: string | null
  events: ClockEvent[]
}

/**
 * Every clock of a ticket: the customer's, then those of each tier that had it, in order. Derived anew whenever somebody
 * asks, so that they never disagree with what is known.
 */
export function clocksOf(state: TicketState): TicketClock[] {
  return clocksAround(state, state.escalations)
}

/** The customer's clock and those of some escalations. */
export function clocksAround(state: TicketState, escalations: readonly Escalation[]): TicketClock[] {
  const customer = customerClock(state)
  const ofTiers = escalations.flatMap((escalation) =>
    escalation.handOvers.flatMap((_, index) =>
      TIER_CLOCKS.flatMap((kind) => tierClock(state, escalation, index, kind) ?? []),
    ),
  )
  return customer ? [customer, ...ofTiers] : ofTiers
}

const TIER_CLOCKS = Object.values(CLOCK_KINDS).filter(({ name }) => name !== 'customer')

/** Null when no plan has a target for it, or nothing has started it. */
function tierClock(state: TicketState, escalation: Escalation, index: number, kind: ClockKind): TicketClock | null {
  const handOver = escalation.handOvers[index]!
  const begin = beginOf(escalation, index, kind)
  if (!begin) return null
  const plans = handOver.plans.map(({ plan, ...since }) => ({ ...since, planned: plan.clocks[kind.name] ?? null }))
  const planned = plannedEvents(plans, begin)
  if (!planned) return null
  return {
    id: `${escalation.id}/${index}/${kind.name}`,
    name: kind.name,
    escalationId: escalation.id,
    handOver: index,
    tier: handOver.tier,
    schedule: planned.schedule,
    events: [
      ...planned.events,
      ...ticketEvents(state.moments, kind),
      ...stopsBySignal(escalation, kind),
      ...rests(escalation),
      ...endOf(escalation, index),
    ],
  }
}

/** What starts this kind of clock while the tier has the ticket. */
function beginOf({ handOvers, signals }: Escalation, index: number, kind: ClockKind): Moment | null {
  const handOver = handOvers[index]!
  if (kind.startsOn === 'handed-over') return handOver
  const next = handOvers[index + 1]
  return (
    signals
      .toSorted(compareMoments)
      .find(
        (one) =>
          one.signal === kind.startsOn &&
          compareMoments(one, handOver) >= 0 &&
          (!next || compareMoments(one, next) < 0),
      ) ?? null
  )
}

/** What is resolved needs no answer any more; only telling the customer is still owed. */
function stopsBySignal({ signals }: Escalation, { stopsOn, stopsIn }: ClockKind): ClockEvent[] {
  return signals
    .filter(({ signal }) => stopsOn.includes(signal) || (signal === 'resolved' && stopsIn.length > 0))
    .map((one) => ({ ...stampOf(one), kind: 'stop', why: one.signal }))
}

/** What was sent back waits for the other side. */
function rests({ returns }: Escalation): ClockEvent[] {
  return returns.flatMap(({ reason, cameBack, ...moment }): ClockEvent[] => [
    { ...stampOf(moment), kind: 'pause', why: `returned: ${reason.replaceAll('_', ' ')}` },
    ...(cameBack ? [{ ...stampOf(cameBack), kind: 'resume' as const }] : []),
  ])
}

/** The tier's clocks end when the next tier takes over, and all of them when the escalation is over. */
function endOf(escalation: Escalation, index: number): ClockEvent[] {
  const next = escalation.handOvers[index + 1]
  const ends: ClockEvent[] = next ? [{ ...stampOf(next), kind: 'cancel', why: 'handed-on' }] : []
  if (isOpen(escalation)) return ends
  // Last of its instant: a ticket that was closed or merged then says so itself.
  return [...ends, { at: escalation.stageSince, order: Number.MAX_SAFE_INTEGER, kind: 'cancel', why: 'de-escalated' }]
}
