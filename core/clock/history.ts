import type { Instant } from '../units.ts'
import type { Schedule, ScheduleProblem } from './schedule.ts'

/**
 * Versions of one schedule in the order they came into force, at least one. Each counts from its `effectiveFrom` until
 * the next one's; before the first one's instant the first one counts, as nothing older is known.
 */
export type ScheduleHistory = { versions: readonly Schedule[] }

export type ScheduleHistoryResult = { ok: true; history: ScheduleHistory } | { ok: false; problems: ScheduleProblem[] }

/** A history of valid schedules, given in any order. Two that begin at one instant are refused: neither is the later. */
export function createScheduleHistory(schedules: readonly Schedule[]): ScheduleHistoryResult {
  if (schedules.length === 0) return { ok: false, problems: [{ path: '', message: 'Give at least one schedule' }] }
  const versions = schedules.toSorted((a, b) => beginOf(a) - beginOf(b) || 0)
  const problems = versions.flatMap((version, index) => {
    const before = versions[index - 1]
    if (!before || beginOf(before) !== beginOf(version)) return []
    return [{ path: `[${schedules.indexOf(version)}].effective_from`, message: sameBegin(version) }]
  })
  return problems.length > 0 ? { ok: false, problems } : { ok: true, history: { versions } }
}

/** A version and the stretch [from, to) in which it counts. */
export type VersionSpan = { schedule: Schedule; from: Instant; to: Instant }

/** The versions that count in [from, to), in order, without holes. */
export function versionSpans({ versions }: ScheduleHistory, from: Instant, to: Instant): VersionSpan[] {
  return versions.flatMap((schedule, index) => {
    const next = versions[index + 1]
    const begins = Math.max(from, index === 0 ? from : beginOf(schedule))
    const ends = Math.min(to, next ? beginOf(next) : to)
    return begins < ends ? [{ schedule, from: begins, to: ends }] : []
  })
}

function beginOf(schedule: Schedule): number {
  return schedule.effectiveFrom ?? Number.NEGATIVE_INFINITY
}

function sameBegin({ effectiveFrom }: Schedule): string {
  return effectiveFrom === null
    ? 'Two versions have no effective_from; say from when the later one counts'
    : `Two versions begin at ${new Date(effectiveFrom).toISOString()}; keep one`
}
