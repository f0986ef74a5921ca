import type { Criterion } from '../escalation/criteria.ts'
import { type Minutes, parseDuration } from '../units.ts'
import type { LifeSettings } from './life-policy.ts'
import type { SpanBySeverity } from './life-schema.ts'
import type { Report } from './report.ts'
import type { EscalationEntry } from './schema.ts'

/** A comment more often than this is noise, whoever asks for it. */
const LEAST_EVERY: Minutes = 5

export function resolveLife({ ageing = {}, approval, customer }: EscalationEntry, report: Report): LifeSettings {
  const path = ['escalation', 'ageing']
  const stalledAfter = ageing.stalled_after ?? null
  if (stalledAfter !== null && Object.keys(customer?.cadence ?? {}).length === 0) {
    report.warn([...path, 'stalled_after'], 'Not used: "customer" has no "cadence" to count by')
  }
  const remindEvery = ageing.remind_every === undefined ? null : parseDuration(ageing.remind_every)
  if (remindEvery !== null && remindEvery < LEAST_EVERY) {
    report.refuse([...path, 'remind_every'], `It may come again after ${LEAST_EVERY} minutes at the earliest`)
  }
  if (remindEvery !== null && ageing.aged_after === undefined) {
    report.warn([...path, 'remind_every'], 'Not used: there is no "aged_after"')
  }
  return {
    ageing: { stalledAfter, agedAfter: minutesBySeverity(ageing.aged_after), remindEvery },
    onRejected: approval?.rejected ?? 'stays',
  }
}

const USUAL: readonly Criterion[] = ['root_cause', 'fix_applied']

/** What a tier says of the end of an escalation. */
export function lifeOfTier({ monitoring, deescalation }: EscalationEntry['tiers'][number]): {
  monitoring: Minutes | null
  deescalation: readonly Criterion[]
} {
  const isWatched = monitoring !== undefined
  return {
    monitoring: isWatched ? parseDuration(monitoring) : null,
    deescalation: [...new Set(deescalation ?? [...USUAL, ...(isWatched ? ['monitoring_complete' as const] : [])])],
  }
}

function minutesBySeverity(spans: SpanBySeverity = {}): LifeSettings['ageing']['agedAfter'] {
  const written = Object.entries(spans).filter(([, span]) => span !== undefined)
  return Object.fromEntries(written.map(([severity, span]) => [severity, parseDuration(span!)]))
}
