import { z } from 'zod'
import { ZENDESK_METRICS, type ZendeskMetricEvent } from '../../core/clock/zendesk-metric-event.ts'
import { type Instant, MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import type { ExportCall } from './export-call.ts'
import { Time } from './loose.ts'
import type { ExportPage } from './ticket-export.ts'

/**
 * By time a page holds up to a thousand events, and the next one begins with the second this one ended in. By cursor
 * (null for the first page) it holds up to a hundred, and gets past a second in which more happened than fits a page.
 */
export type MetricEventsFrom = { startTime: Instant; cursor?: string | null }

export type MetricEventPage = ExportPage & {
  events: ZendeskMetricEvent[]
  /** Where the next page by cursor begins; null at the end, and by time. */
  cursor: string | null
  /** Where the next page by time begins, which may lie ahead of us; null by cursor. */
  endTime: Instant | null
}

/** The size of a page of the time-based export; a shorter one is the last. Source: api.md 4.3 */
const FULL_PAGE = 1000
const CURSOR_PAGE = 100

const Metric = z.enum(ZENDESK_METRICS)
const Minutes = z.number().nullish()

/** Unset values may be null or absent. What a target of a group counts is told under another name, in seconds alone. */
const Sla = z.object({
  target: z.number().nullish(),
  target_in_seconds: z.number().nullish(),
  business_hours: z.boolean().nullish(),
  policy: z.object({ id: z.union([z.number(), z.string()]), title: z.string().nullish() }).nullish(),
})

const Event = z.object({
  id: z.int(),
  ticket_id: z.int(),
  metric: Metric,
  instance_id: z.int(),
  type: z.enum(['measure', 'activate', 'pause', 'fulfill', 'breach', 'apply_sla', 'apply_group_sla', 'update_status']),
  time: Time,
  deleted: z.boolean().nullish(),
  sla: Sla.nullish(),
  group_sla: Sla.nullish(),
  status: z.object({ calendar: Minutes, business: Minutes }).nullish(),
})

const Page = z.object({
  ticket_metric_events: z.array(z.unknown()),
  count: z.number().nullish(),
  end_time: z.number().nullish(),
  meta: z.object({ has_more: z.boolean().nullish(), after_cursor: z.string().nullish() }).nullish(),
})

/** What Zendesk's event says, as far as it is of a kind we know; null for what later versions of Zendesk may add. */
export function readMetricEvent(given: unknown): ZendeskMetricEvent | null {
  const read = Event.safeParse(given)
  if (!read.success) return null
  const { id, ticket_id, metric, instance_id, type, time, deleted, sla, group_sla, status } = read.data
  const event = { id, ticketId: ticket_id, metric, instance: instance_id, at: time, isDeleted: deleted === true }
  if (type === 'update_status') {
    const ms = (minutes: number | null | undefined) => (minutes ?? 0) * MINUTE_MS
    return { ...event, kind: 'update-status', calendarMs: ms(status?.calendar), businessMs: ms(status?.business) }
  }
  if (type !== 'apply_sla' && type !== 'apply_group_sla') return { ...event, kind: type }
  const target = targetOf(sla ?? group_sla ?? null, type)
  return target && { ...event, kind: 'apply-sla', target }
}

function targetOf(sla: z.output<typeof Sla> | null, type: 'apply_sla' | 'apply_group_sla') {
  // The target of a group's policy is in seconds, that of a ticket's in minutes.
  const unit = type === 'apply_group_sla' ? SECOND_MS : MINUTE_MS
  const targetMs = sla?.target_in_seconds != null ? sla.target_in_seconds * SECOND_MS : (sla?.target ?? 0) * unit
  if (!sla || targetMs <= 0) return null
  const policy = sla.policy ? { id: String(sla.policy.id), title: sla.policy.title ?? String(sla.policy.id) } : null
  return { targetMs, counts: sla.business_hours ? ('business' as const) : ('calendar' as const), policy }
}

export function createMetricEventExport(call: ExportCall) {
  return { exportMetricEvents }

  /**
   * A page of what happened to Zendesk's own clocks, oldest first. What was foreseen and no longer applies comes again,
   * as deleted.
   *
   * @throws {ZendeskError} `denied` unless we are an admin with the scope `read`; `rate-limited` above the ten calls a
   * minute that all exports of the account share; `rejected` for a start within the last minute and for a cursor that
   * expired
   * Source: https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_metric_events/
   */
  async function exportMetricEvents(from: MetricEventsFrom): Promise<MetricEventPage> {
    const { startTime, cursor } = from
    const isByCursor = cursor !== undefined
    const query = new URLSearchParams({
      start_time: String(Math.floor(startTime / SECOND_MS)),
      include_changes: 'true',
    })
    if (isByCursor) query.set('page[size]', String(CURSOR_PAGE))
    if (isByCursor && cursor !== null) query.set('page[after]', cursor)
    const { answer, limit } = await call(`/api/v2/incremental/ticket_metric_events.json?${query}`, Page)
    const rows = answer.ticket_metric_events
    return {
      events: rows.map(readMetricEvent).filter((event) => event !== null),
      cursor: isByCursor && answer.meta?.has_more ? (answer.meta.after_cursor ?? null) : null,
      endTime: answer.end_time == null ? null : answer.end_time * SECOND_MS,
      isAtEnd: isByCursor ? answer.meta?.has_more !== true : rows.length < FULL_PAGE,
      limit,
    }
  }
}
