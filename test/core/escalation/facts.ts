import type { ClockPlan } from '../../../core/clock/plan.ts'
import { CLOCK_KINDS, type ClockName, targetFor } from '../../../core/clock/targets.ts'
import type { Decision } from '../../../core/decide/decision.ts'
import type { Author, CommandFact, EffectFact, Means, TicketFact } from '../../../core/escalation/facts.ts'
import { emptyNote } from '../../../core/note/note.ts'
import type { Minutes } from '../../../core/units.ts'
import { calendarOf } from '../clock/clocks.ts'

export const TICKET_ID = 7
export const DIGEST = 'd'.repeat(43)
export const NINE = Date.parse('2026-03-06T09:00:00Z')

export function anAuthor(overrides: Partial<Author> = {}): Author {
  return { id: 11, name: 'Ana Lindqvist', role: 'agent', isLightAgent: false, groupIds: [1], ...overrides }
}

export function aDecision(overrides: Partial<Decision> = {}): Decision {
  return {
    tier: 2,
    tierName: 'Specialists',
    queue: 'identity',
    queueName: 'Identity',
    group: 'Identity specialists',
    severity: 'P2',
    urgency: { score: 62, points: [{ id: 'enterprise', title: 'Enterprise customer', points: 62 }], missed: [] },
    priority: 'high',
    tags: ['baton_tier_2', 'baton_queue_identity'],
    targets: { firstResponse: 60, resolution: 480 },
    notification: null,
    stakeholders: [],
    reasons: ['Component sso belongs to Identity'],
    policyVersion: 'v1',
    trace: [],
    ...overrides,
  }
}

/** Targets in minutes, counted every hour unless a schedule is named, with a warning at 75 %. */
export function clocksIn(
  minutes: Partial<Record<ClockName, Minutes>>,
  schedule: string | null = null,
  policyVersion = 'v1',
): ClockPlan['clocks'] {
  return Object.fromEntries(
    Object.entries(minutes).map(([name, span]) => {
      const target = targetFor(CLOCK_KINDS[name as ClockName], span, policyVersion)
      return [name, { target, schedule }]
    }),
  )
}

/** For tier 2: an hour to respond, eight to resolve, a day for the customer; every hour counts, nothing is automatic. */
export function aPlan(overrides: Partial<ClockPlan> = {}): ClockPlan {
  return {
    policyVersion: 'v1',
    tier: 2,
    severity: 'P2',
    customerTier: null,
    clocks: clocksIn({ customer: 24 * 60, 'first-response': 60, resolution: 8 * 60 }),
    timers: [],
    autoEscalation: { at: [], clocks: [] },
    noticeHours: null,
    onCall: [],
    at: NINE,
    ...overrides,
  }
}

/** Allots ESC-2026-000001 and so on; knows the schedules of the clocks' tests. */
export function means(): Means {
  let count = 0
  return { allot: () => ({ escalationId: `ESC-2026-00000${++count}` }), calendarOf }
}

/** For facts from which no escalation may begin. */
export const NO_MORE: Means = {
  allot: () => {
    throw new Error('no escalation begins')
  },
  calendarOf,
}

/** A command id from one letter or digit. */
export function commandId(mark: string): string {
  return mark.repeat(26)
}

export function aCommand(
  overrides: Partial<CommandFact> & { verb?: 'escalate' | 'amend'; id?: string } = {},
): CommandFact {
  const { verb = 'escalate', id = commandId('A'), ...fact } = overrides
  return {
    kind: 'command',
    auditId: 100,
    part: 0,
    at: NINE,
    author: anAuthor(),
    envelope: { v: 1, verb, id, ticket: TICKET_ID, digest: DIGEST },
    reading: { ok: true, note: { ...emptyNote(), escalation_reason: 'Needs SAML logs' }, digest: DIGEST },
    decision: aDecision(),
    completeness: { score: 80, bar: 60, missing: [{ field: 'issue.customer_impact', points: 20 }] },
    plan: aPlan({ at: fact.at ?? NINE }),
    sentAtOnce: false,
    allowedGroupIds: [],
    ticket: { groupName: 'Support', tier: 1, priority: 'normal', tags: [] },
    ...fact,
  }
}

export function aChange(change: TicketFact['change'], overrides: Partial<TicketFact> = {}): TicketFact {
  return { kind: 'ticket', auditId: 200, part: 0, at: NINE, author: anAuthor(), change, ...overrides }
}

export function anOutcome(
  outcome: EffectFact['outcome'],
  effectId = `${commandId('A')}.route.${TICKET_ID}`,
): EffectFact {
  return { kind: 'effect', effectId, at: NINE, outcome }
}

export const BELOW_BAR = {
  score: 30,
  bar: 60,
  missing: [
    { field: 'issue.customer_impact', points: 20 },
    { field: 'diagnostics.reproduction_steps', points: 15 },
  ],
}
