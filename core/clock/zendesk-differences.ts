import { type Instant, MINUTE_MS, SECOND_MS } from '../units.ts'
import { budgetMs } from './sla.ts'
import { type ClockState, scheduleOf, targetOf } from './sla-state.ts'
import type { ClockName } from './targets.ts'
import type { ZendeskMetric } from './zendesk-metric-event.ts'
import type { ZendeskClock } from './zendesk-sla.ts'

/** A reason for which Zendesk's figure is another than ours. The words are stable. */
export type ZendeskDifference =
  /** Zendesk counts from the creation of the ticket or its first word, a tier's clock from the hand-over. */
  | { what: 'start'; ours: Instant; theirs: Instant }
  /** No SLA policy of Zendesk's fits: it measures, and promises nothing. */
  | { what: 'no-target' }
  /** Zendesk's first target came after it had begun to count; its reports do not agree whether to count from then. */
  | { what: 'applied-later'; startedAt: Instant; appliedAt: Instant }
  | { what: 'target'; oursMs: number; theirsMs: number }
  | { what: 'counts'; ours: 'business' | 'calendar'; theirs: 'business' | 'calendar' }
  /** Zendesk counts all business time by the last schedule of the ticket, we by each while it was in force. */
  | { what: 'schedules'; count: number }
  | { what: 'pauses'; ours: string[]; theirs: string[] }
  /** Ours was stopped by what is no status and no word to the customer. */
  | { what: 'end'; ours: string }
  /** None of these, and still another figure. */
  | { what: 'unexplained' }

/** A clock of ours beside Zendesk's. `agrees` when both are used up in the same minute, or neither is ever. */
export type Comparison = { agrees: boolean; differences: ZendeskDifference[] }

/** The statuses in which Zendesk's clocks rest. Source: api.md 4.3 */
const RESTS_IN: Partial<Record<ZendeskMetric, readonly string[]>> = {
  resolution_time: [],
  requester_wait_time: ['pending'],
  agent_work_time: ['hold', 'pending'],
  reply_time: [],
}

/** Which of Zendesk's clocks comes closest to one of ours; null when Zendesk has none like it. */
export function counterpartOf(name: ClockName, clock: ClockState): { metric: ZendeskMetric; instance: number } | null {
  if (name === 'first-response') return { metric: 'reply_time', instance: 1 }
  if (name !== 'customer' && name !== 'resolution') return null
  const rests = targetOf(clock)?.pausedIn ?? []
  if (!rests.includes('pending')) return { metric: 'resolution_time', instance: 1 }
  return { metric: rests.includes('hold') ? 'agent_work_time' : 'requester_wait_time', instance: 1 }
}

/**
 * Holds a clock of ours against Zendesk's and says why their figures differ, as far as they do.
 *
 * @param schedules versions of schedules that ours was counted by
 */
export function compareWithZendesk(ours: ClockState, theirs: ZendeskClock, schedules: number): Comparison {
  const target = targetOf(ours)
  if (!target || ours.startedAt === null) return { agrees: true, differences: [] }
  if (sameMinute(ours.breachedAt ?? ours.deadline, theirs.breachedAt ?? theirs.breachesAt) && theirs.target) {
    return { agrees: true, differences: [] }
  }
  const differences = [
    ...startDifference(ours.startedAt, theirs),
    ...targetDifferences(budgetMs(target), theirs),
    ...countDifferences(scheduleOf(ours) === null ? 'calendar' : 'business', theirs, schedules),
    ...restDifference(target.pausedIn, theirs.metric),
    ...endDifference(ours),
  ]
  return { agrees: false, differences: differences.length > 0 ? differences : [{ what: 'unexplained' }] }
}

function startDifference(startedAt: Instant, { activatedAt }: ZendeskClock): ZendeskDifference[] {
  // Zendesk tells whole seconds.
  if (activatedAt === null || Math.abs(activatedAt - startedAt) <= SECOND_MS) return []
  return [{ what: 'start', ours: startedAt, theirs: activatedAt }]
}

function targetDifferences(oursMs: number, { target, heldSince, activatedAt }: ZendeskClock): ZendeskDifference[] {
  if (!target || heldSince === null) return [{ what: 'no-target' }]
  const { targetMs } = target
  const isLater = activatedAt !== null && heldSince > activatedAt
  return [
    ...(oursMs === targetMs ? [] : [{ what: 'target' as const, oursMs, theirsMs: targetMs }]),
    ...(isLater ? [{ what: 'applied-later' as const, startedAt: activatedAt, appliedAt: heldSince }] : []),
  ]
}

function countDifferences(
  ours: 'business' | 'calendar',
  { target }: ZendeskClock,
  schedules: number,
): ZendeskDifference[] {
  if (!target) return []
  if (target.counts !== ours) return [{ what: 'counts', ours, theirs: target.counts }]
  return ours === 'business' && schedules > 1 ? [{ what: 'schedules', count: schedules }] : []
}

function restDifference(pausedIn: readonly string[], metric: ZendeskMetric): ZendeskDifference[] {
  const ours = [...new Set(pausedIn)].toSorted()
  const theirs = [...(RESTS_IN[metric] ?? [])]
  return ours.join() === theirs.join() ? [] : [{ what: 'pauses', ours, theirs }]
}

function endDifference({ phase, stoppedBy }: ClockState): ZendeskDifference[] {
  const isOurs = phase === 'stopped' && (stoppedBy === 'accepted' || stoppedBy === 'resolved')
  return isOurs ? [{ what: 'end', ours: stoppedBy }] : []
}

function sameMinute(ours: Instant | null, theirs: Instant | null): boolean {
  if (ours === null || theirs === null) return ours === theirs
  return Math.abs(ours - theirs) < MINUTE_MS
}
