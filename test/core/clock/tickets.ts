import type { ClockTarget } from '../../../core/clock/clock-event.ts'
import type { ClockPlan } from '../../../core/clock/plan.ts'
import { foldClock } from '../../../core/clock/sla.ts'
import type { ClockState } from '../../../core/clock/sla-state.ts'
import type { ClockName } from '../../../core/clock/targets.ts'
import { CLOCK_KINDS, targetFor } from '../../../core/clock/targets.ts'
import type { Stage } from '../../../core/contract/api.ts'
import { clocksOf } from '../../../core/escalation/clocks.ts'
import { newLife } from '../../../core/escalation/life-state.ts'
import {
  type Escalation,
  type HandOver,
  newTicketState,
  type TicketMoment,
  type TicketState,
} from '../../../core/escalation/state.ts'
import { emptyNote } from '../../../core/note/note.ts'
import type { Instant } from '../../../core/units.ts'
import { aDecision, TICKET_ID } from '../escalation/facts.ts'
import { at, calendarOf } from './clocks.ts'

type Minutes = Partial<Record<ClockName, number>>

/** What the policy says of a hand-over: these targets, by the hours of Berlin. */
export function aPlan(
  minutes: Minutes,
  overrides: Partial<ClockPlan> & { target?: Partial<ClockTarget> } = {},
): ClockPlan {
  const { target, ...plan } = overrides
  const policyVersion = plan.policyVersion ?? 'v1'
  const clocks = Object.entries(minutes).map(([name, span]) => {
    const kind = CLOCK_KINDS[name as ClockName]
    return [
      name,
      { target: { ...targetFor(kind, span, policyVersion, { warnAt: [50, 75] }), ...target }, schedule: 'berlin' },
    ]
  })
  return {
    ...{ policyVersion, tier: 2, severity: 'P2', customerTier: null, timers: [], onCall: [], at: 0 },
    ...{ autoEscalation: { at: [], clocks: [] }, noticeHours: null },
    ...plan,
    clocks: Object.fromEntries(clocks),
  }
}

export function aHandOver(text: string, tier: number, ...plans: (ClockPlan | [string, ClockPlan])[]): HandOver {
  const since = (when: string, order: number) => ({ at: at(when), order, by: 'Ana Lindqvist' })
  return {
    ...{ ...since(text, tier * 100), tier, queue: tier === 2 ? 'identity' : 'platform', raisedFor: null },
    plans: plans.map((one, index) =>
      Array.isArray(one)
        ? { ...since(one[0], tier * 100 + index), plan: one[1] }
        : { ...since(text, tier * 100), plan: one },
    ),
  }
}

/** Moments of a ticket, with when they were. */
export type TicketHistory = [string, Happening][]

type Happening = TicketMoment extends infer M
  ? M extends TicketMoment
    ? Omit<M, 'at' | 'order' | 'by'>
    : never
  : never

/** A ticket, its moments in the order they are written, and one escalation with these hand-overs. */
export function aTicketState(
  moments: TicketHistory,
  handOvers: HandOver[],
  escalation: Partial<Escalation> & { stage?: Stage } = {},
): TicketState {
  return {
    ...newTicketState(TICKET_ID),
    moments: moments.map(([text, what], order) => ({ ...what, at: at(text), order, by: null }) as TicketMoment),
    escalations: [
      {
        ...newLife(),
        ...{ id: 'ESC-2026-000001', commandId: 'A'.repeat(26), stage: 'requested', note: emptyNote(), owed: [] },
        ...{ decision: aDecision(), requestedBy: { id: 11, name: 'Ana Lindqvist' }, requestedAt: handOvers[0]!.at },
        ...{ respondBy: null, handOvers, signals: [], stageSince: handOvers[0]!.at },
        from: { groupName: 'Support', tier: 1, priority: 'normal', tags: [] },
        routing: { effectId: 'x', state: 'done', reason: null, detail: null, attempts: 1, differences: [] },
        ...escalation,
      },
    ],
  }
}

/** Every clock of a ticket at an instant, by its id without the escalation's. */
export function ticketClocksAt(now: string | Instant, state: TicketState): Record<string, ClockState> {
  const instant = typeof now === 'string' ? at(now) : now
  return Object.fromEntries(
    clocksOf(state).map(({ id, events }) => [
      id.replace('ESC-2026-000001/', ''),
      foldClock(events, calendarOf, instant),
    ]),
  )
}
