import { foldClock } from '../clock/sla.ts'
import { type ClockState, verdictOf } from '../clock/sla-state.ts'
import type { ClockName } from '../clock/targets.ts'
import { clocksAround, type TicketClock } from '../escalation/clocks.ts'
import type { TicketState } from '../escalation/state.ts'
import type { Instant } from '../units.ts'
import type { MeasureCase } from './case.ts'
import { caseOf, ownerIn, type Subject } from './subject.ts'

/** The clocks of engineering, which have an attainment of their own besides being part of their tier's. */
export const ENGINEERING: readonly ClockName[] = ['acknowledge', 'investigate', 'fix', 'fix-to-customer']

export type ClockCases = {
  cases: MeasureCase[]
  /** When a clock that runs will be breached if nothing changes: then it has to be measured again. */
  dueAt: Instant | null
}

/**
 * A case for each clock. One that is decided counts when that was: for the tier it is of, with the severity in force
 * then. The customer's clock is the ticket's and counts once, with the last escalation that was there.
 */
export function casesOfClocks(state: TicketState, subjects: readonly Subject[]): ClockCases {
  const cases: MeasureCase[] = []
  const dues: Instant[] = []
  const [first] = subjects
  if (!first) return { cases, dueAt: null }
  const { calendarOf, now } = first.setting
  clocksAround(state, state.escalations).forEach((clock, part) => {
    const folded = foldClock(clock.events, calendarOf, now)
    const counted = countedOf(folded)
    if (counted === null) return
    const subject = subjectOfClock(clock, subjects, counted.at)
    if (folded.phase === 'running' && folded.breachedAt === null && folded.deadline !== null) dues.push(folded.deadline)
    const chapter = clock.handOver === null ? null : subject.chapters[clock.handOver]!
    const places = chapter ? { tier: clock.tier, queue: chapter.handOver.queue, agent: ownerIn(subject, chapter) } : {}
    const note = `${clock.name} ${counted.note}`
    const measures =
      clock.name === 'customer'
        ? (['customer_clock_attainment'] as const)
        : ENGINEERING.includes(clock.name)
          ? (['sla_attainment', 'engineering_attainment'] as const)
          : (['sla_attainment'] as const)
    const { at, outcome } = counted
    cases.push(...measures.map((measure) => caseOf(subject, { measure, part, at, outcome, note, places })))
  })
  return { cases, dueAt: dues.length === 0 ? null : Math.min(...dues) }
}

type CountedClock = Pick<MeasureCase, 'at' | 'outcome' | 'note'>

/** Null for a clock that has not begun. */
function countedOf(folded: ClockState): CountedClock | null {
  const { startedAt, breachedAt, since, phase, cancelledFor } = folded
  if (startedAt === null) return null
  switch (verdictOf(folded)) {
    case 'breached':
      return { at: breachedAt!, outcome: 'miss', note: 'breached' }
    case 'met':
      return { at: since!, outcome: 'hit', note: 'met' }
  }
  if (phase === 'running' || phase === 'paused') return { at: startedAt, outcome: 'open', note: phase }
  if (phase !== 'cancelled') return null
  const why = cancelledFor === 'merged' || cancelledFor === 'deleted' ? cancelledFor : 'cancelled'
  return { at: since!, outcome: why, note: 'cancelled' }
}

function subjectOfClock({ escalationId }: TicketClock, subjects: readonly Subject[], at: Instant): Subject {
  const own = subjects.find(({ escalation }) => escalation.id === escalationId)
  return own ?? subjects.findLast(({ escalation }) => escalation.requestedAt <= at) ?? subjects[0]!
}
