import { deadlineAfter } from '../clock/business-time.ts'
import { ScheduleExhausted } from '../clock/calendar.ts'
import { lifeOf } from '../clock/plan.ts'
import { calendarFor } from '../clock/sla.ts'
import { type Instant, MINUTE_MS } from '../units.ts'
import type { MeasureCase } from './case.ts'
import { chapterAt } from './chapters.ts'
import { caseOf, type Subject } from './subject.ts'

/**
 * Updates that the cadence promised to the customer: each silence holds one promise. It was broken where it was told as
 * overdue, and kept where somebody wrote before that; what fell away because the ticket rested or ended is neither.
 */
export function casesOfPromises(subject: Subject): MeasureCase[] {
  const { state, escalation, ending } = subject
  const { requestedAt, id } = escalation
  const end = ending.resolvedAt ?? ending.overAt ?? Number.POSITIVE_INFINITY
  const words = state.moments
    .filter((one) => (one.what === 'replied' || one.what === 'told') && one.at > requestedAt && one.at <= end)
    .map(({ at }) => at)
  const silences = [...new Set([requestedAt, ...words])].toSorted((a, b) => a - b)
  return silences.flatMap((since, part): MeasureCase[] => {
    const dueAt = promisedBy(subject, since)
    if (dueAt === null) return []
    const spokenAt = silences[part + 1] ?? null
    const common = { measure: 'promises_kept', part } as const
    if (state.told.includes(`${id}/promise/${since}`)) {
      return [caseOf(subject, { ...common, at: dueAt, outcome: 'miss', note: 'overdue' })]
    }
    if (spokenAt !== null) return [caseOf(subject, { ...common, at: spokenAt, outcome: 'hit', note: 'kept' })]
    return ending.isOpen ? [caseOf(subject, { ...common, at: since, outcome: 'open', note: 'promised' })] : []
  })
}

function promisedBy({ chapters, setting }: Subject, since: Instant): Instant | null {
  if (chapters.length === 0) return null
  const { plans } = chapterAt(chapters, since).handOver
  const { plan } = plans.findLast(({ at }) => at <= since) ?? plans[0]!
  const { cadence } = lifeOf(plan)
  if (!cadence) return null
  try {
    return deadlineAfter(calendarFor(cadence.schedule, setting.calendarOf), since, cadence.every * MINUTE_MS)
  } catch (error) {
    if (error instanceof ScheduleExhausted) return null
    throw error
  }
}
