import { Severity } from '../severity.ts'
import { type Minutes, parseDuration } from '../units.ts'
import type { Report } from './report.ts'
import type { MajorIncidentSettings, ReviewSettings } from './review-policy.ts'
import type { EscalationEntry } from './schema.ts'

const HOUR: Minutes = 60
const DAY = 24 * HOUR

const DEFAULT_AGED: ReviewSettings['aged'] = { P0: DAY, P1: 3 * DAY, P2: 14 * DAY, P3: 30 * DAY }
const DEFAULT_PROGRESS: ReviewSettings['progressEvery'] = { P0: 4 * HOUR, P1: DAY, P2: 3 * DAY, P3: 7 * DAY }

export function resolveReviews(entry: EscalationEntry, report: Report): ReviewSettings {
  const { aged, progress_every, stalled_after = 2, least = 5, post = {} } = entry.reviews ?? {}
  const levels = entry.tiers.map(({ level }) => level)
  post.tiers?.forEach((level, index) => {
    if (levels.includes(level)) return
    const path = ['escalation', 'reviews', 'post', 'tiers', index]
    report.refuse(path, `There is no tier ${level}; there are ${levels.join(', ')}`)
  })
  return {
    aged: bySeverity(aged, DEFAULT_AGED),
    progressEvery: bySeverity(progress_every, DEFAULT_PROGRESS),
    stalledAfter: stalled_after,
    least,
    post: { tiers: post.tiers ?? levels.filter((level) => level >= 3), due: parseDuration(post.due ?? '5d')! },
  }
}

/** Null unless the policy speaks of it: nobody's tickets become problems and incidents unasked. */
export function resolveMajorIncident({ major_incident: given }: EscalationEntry): MajorIncidentSettings | null {
  if (!given) return null
  return {
    severities: given.severities ?? ['P0', 'P1'],
    bridgeUrl: given.bridge_url ?? null,
    problemGroup: given.problem_group ?? null,
    joinWithin: parseDuration(given.join_within ?? '4h')!,
  }
}

function bySeverity(
  given: Partial<Record<Severity, string>> = {},
  defaults: Readonly<Record<Severity, Minutes>>,
): Record<Severity, Minutes> {
  const spans = Severity.options.map((severity) => {
    const span = given[severity]
    return [severity, span === undefined ? defaults[severity] : parseDuration(span)!]
  })
  return Object.fromEntries(spans) as Record<Severity, Minutes>
}
