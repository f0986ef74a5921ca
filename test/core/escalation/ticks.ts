import type { ClockPlan, PlannedTimer } from '../../../core/clock/plan.ts'
import { foldClock } from '../../../core/clock/sla.ts'
import type { ClockState } from '../../../core/clock/sla-state.ts'
import { clocksOf } from '../../../core/escalation/clocks.ts'
import { countdownsOf } from '../../../core/escalation/countdowns.ts'
import type { Effect } from '../../../core/escalation/effects.ts'
import type { EscalationEvent } from '../../../core/escalation/events.ts'
import { evolve } from '../../../core/escalation/evolve.ts'
import type { CommandFact, Fact, Raise, TicketFact, TickFact } from '../../../core/escalation/facts.ts'
import { newTicketState, type TicketState } from '../../../core/escalation/state.ts'
import type { Step } from '../../../core/escalation/step.ts'
import { unchanged } from '../../../core/escalation/step.ts'
import type { StepOutcome } from '../../../core/oncall/steps.ts'
import { type Instant, MINUTE_MS } from '../../../core/units.ts'
import { calendarOf } from '../clock/clocks.ts'
import { aChange, aCommand, aDecision, anOutcome, aPlan, clocksIn, means, NINE, TICKET_ID } from './facts.ts'

/** So many minutes after nine. */
export function minute(minutes: number): Instant {
  return NINE + minutes * MINUTE_MS
}

export function tick(minutes: number, raise: Raise | null = null): TickFact {
  return { kind: 'tick', at: minute(minutes), raise }
}

/** A change of the ticket so many minutes after nine. Audits are numbered by their minute. */
export function changed(
  minutes: number,
  change: TicketFact['change'],
  overrides: Partial<TicketFact> = {},
): TicketFact {
  return aChange(change, { auditId: 1000 + minutes, at: minute(minutes), ...overrides })
}

export function created(minutes = -600): TicketFact {
  return changed(minutes, { what: 'created', status: 'new' }, { auditId: 1 })
}

export const ARRIVED = anOutcome({ state: 'done', differences: [], wasPublic: false })

/** The tier above: half an hour to respond, four hours to resolve. */
export function aRaise(minutes = 0, overrides: Partial<Raise['plan']> = {}): Raise {
  return {
    decision: aDecision({
      tier: 3,
      tierName: 'Engineering',
      queue: 'platform',
      queueName: 'Platform',
      group: 'Platform engineering',
      tags: ['baton_tier_3', 'baton_queue_platform'],
      targets: { firstResponse: 30, resolution: 240 },
      reasons: ['Tier 3 takes over'],
    }),
    plan: aPlan({
      tier: 3,
      clocks: clocksIn({ customer: 24 * 60, 'first-response': 30, resolution: 240 }),
      at: minute(minutes),
      ...overrides,
    }),
  }
}

/** Folds one after the other, as they arrive. */
export function fold(...facts: readonly Fact[]): Step {
  return foldFrom(newTicketState(TICKET_ID), facts)
}

export function foldFrom(state: TicketState, facts: readonly Fact[]): Step {
  const given = means()
  const total = unchanged(state)
  for (const fact of facts) {
    const step = evolve(total.state, fact, given)
    total.state = step.state
    total.events.push(...step.events)
    total.effects.push(...step.effects)
  }
  return total
}

/** A clock so many minutes after nine. */
export function clockAt(state: TicketState, id: string, minutes: number): ClockState {
  const clock = clocksOf(state).find((one) => one.id === id)
  if (!clock) throw new Error(`No clock ${id}; there are ${clocksOf(state).map((one) => one.id)}`)
  return foldClock(clock.events, calendarOf, minute(minutes))
}

/** Ids of the countdowns, each with its minute after nine. */
export function countdowns(state: TicketState, minutes: number): [string, number][] {
  return countdownsOf(state, calendarOf, minute(minutes)).map(({ id, at }) => [id, minuteOf(at)])
}

export function minuteOf(at: Instant): number {
  return (at - NINE) / MINUTE_MS
}

const TOLD = ['clock-warned', 'clock-breached', 'timer-fired', 'on-call-told', 'nobody-notified']

/** What was told: each with its minute after nine, and what it is about. */
export function toldIn(events: readonly EscalationEvent[]): [string, string, number][] {
  return events.flatMap((event) =>
    TOLD.includes(event.kind) ? [[event.kind, subjectOf(event), minuteOf(event.at)] as [string, string, number]] : [],
  )
}

function subjectOf(event: EscalationEvent): string {
  switch (event.kind) {
    case 'clock-warned':
      return `${event.clockId} ${event.percent}`
    case 'clock-breached':
      return event.clockId
    case 'timer-fired':
      return event.timer
    case 'on-call-told':
    case 'nobody-notified':
      return `${event.queue} ${event.step}`
    default:
      return ''
  }
}

export const E = 'ESC-2026-000001'

/** A ticket ten hours old, escalated at nine. */
export function begun(plan: Partial<ClockPlan> = {}): [TicketFact, CommandFact] {
  return [created(), aCommand({ auditId: 1000, plan: aPlan(plan) })]
}

/** The comments that told people what fell due. */
export function commentsIn(effects: readonly Effect[]): string[] {
  return effects.flatMap((effect) => (effect.kind === 'tell-ticket' ? [effect.comment] : []))
}

export function aTimer(overrides: Partial<PlannedTimer> = {}, then: PlannedTimer['then'] = 'remind'): PlannedTimer {
  return {
    id: 'waiting',
    title: 'Nobody has accepted it for two hours.',
    of: 'queue',
    after: 120,
    every: null,
    schedule: null,
    then,
    ...overrides,
  }
}

export function aStep(step: number, minutes: number, told: string[] = ['ivo@northwind.example']): StepOutcome {
  const people = told.map((person) => ({ person, schedule: null }))
  return {
    event: told.length > 0 ? 'notified' : 'nobody-notified',
    step,
    at: minute(minutes),
    told: people,
    uncovered: told.length > 0 ? [] : ['database'],
  }
}
