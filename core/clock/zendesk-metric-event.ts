import type { Instant } from '../units.ts'

/** What Zendesk measures a ticket by, in its own words. `reply_time` 1 is the first reply, 2 and on are the next ones. */
export const ZENDESK_METRICS = [
  'reply_time',
  'requester_wait_time',
  'agent_work_time',
  'pausable_update_time',
  'periodic_update_time',
  'resolution_time',
  'group_ownership_time',
] as const
export type ZendeskMetric = (typeof ZENDESK_METRICS)[number]

/** A promise of an SLA policy of Zendesk's, as it was when it was applied to the ticket. */
export type ZendeskTarget = {
  targetMs: number
  counts: 'business' | 'calendar'
  policy: { id: string; title: string } | null
}

/**
 * Something that happened to one of Zendesk's own clocks. `id` is its identity: the same id is the same event told again.
 *
 * A breach is written down when Zendesk foresees it, so that it may lie in the future; one that no longer applies comes
 * again as deleted.
 */
export type ZendeskMetricEvent = {
  id: number
  ticketId: number
  metric: ZendeskMetric
  instance: number
  at: Instant
  isDeleted: boolean
} & (
  | { kind: 'measure' | 'activate' | 'pause' | 'fulfill' | 'breach' }
  | { kind: 'apply-sla'; target: ZendeskTarget }
  /** Zendesk's own sum, told once the clock was breached or fulfilled. */
  | { kind: 'update-status'; calendarMs: number; businessMs: number }
)

/**
 * In order, each event once and none that was deleted. A breach comes after what else happened at its instant, because a
 * target that is found used up is breached by being applied.
 */
export function inZendeskOrder(events: readonly ZendeskMetricEvent[]): ZendeskMetricEvent[] {
  const deleted = new Set(events.filter(({ isDeleted }) => isDeleted).map(({ id }) => id))
  const byId = new Map(events.filter(({ id }) => !deleted.has(id)).map((event) => [event.id, event]))
  return [...byId.values()].toSorted((a, b) => a.at - b.at || placeOf(a) - placeOf(b) || a.id - b.id)
}

function placeOf({ kind }: ZendeskMetricEvent): number {
  return kind === 'breach' ? 1 : 0
}
