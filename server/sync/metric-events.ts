import { HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import type { JobPayloads } from '../jobs/payloads.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import type { ZendeskFailure } from '../zendesk/error.ts'
import type { MetricEventPage } from '../zendesk/metric-events.ts'
import { type ExportCursor, START_BEFORE_MS } from './export-cursor.ts'
import { PACES } from './exports.ts'
import { keepMetricEvents } from './metric-event-rows.ts'
import { type ReadExportDeps, readExport, type TakeCall } from './read-export.ts'

type Exporting = Pick<ZendeskClient, 'exportMetricEvents'>

export type MetricEventsDeps = ReadExportDeps & {
  zendeskOf(accountId: number): Exporting | Promise<Exporting>
}

/** Nothing waits for these events: whoever asks about one ticket reads that ticket's. */
const { lookMs, pageMs } = PACES['ticket-metric-events']
/** Whether we may read changes only when an admin changes role or plan. */
const REFUSED_AGAIN_MS = HOUR_MS
const REFUSED: ZendeskFailure[] = ['denied', 'not-found']

/**
 * Reads a page of what happened to Zendesk's own clocks, keeps what is about tickets Baton knows, and queues the next.
 *
 * Safe to run twice: an event that is read again replaces itself. It goes on where it ended, for ever; a user who may not
 * read exports is noted, and Zendesk asked again every hour.
 */
export async function metricEvents({ accountId }: JobPayloads['metric-events'], deps: MetricEventsDeps): Promise<void> {
  await readExport(
    {
      accountId,
      export: 'ticket-metric-events',
      job: 'metric-events',
      read: async (from, takeCall) => readPage(await deps.zendeskOf(accountId), from, takeCall),
      after: afterPage,
      keep: async (tx, { events }) => {
        return { rows: await keepMetricEvents(tx, accountId, events, deps.clock.now()), answer: null }
      },
      nextAt: (page, now) => now + (isCurrent(page, now) ? lookMs : pageMs),
      againAt: (failure, now) => now + (REFUSED.includes(failure) ? REFUSED_AGAIN_MS : MINUTE_MS),
      onFailure: () => {},
    },
    deps,
  )
}

/**
 * A page by time, which holds ten times as much; by cursor, when more happened in one second than such a page holds:
 * by time that second would be read again and again.
 */
async function readPage(
  zendesk: Exporting,
  { startAt, cursor }: ExportCursor,
  takeCall: TakeCall,
): Promise<MetricEventPage> {
  if (cursor !== null) return zendesk.exportMetricEvents({ startTime: startAt, cursor })
  const page = await zendesk.exportMetricEvents({ startTime: startAt })
  const isStuck = !page.isAtEnd && (page.endTime === null || secondOf(page.endTime) <= secondOf(startAt))
  if (!isStuck) return page
  await takeCall()
  return zendesk.exportMetricEvents({ startTime: startAt, cursor: null })
}

/**
 * The last minutes are read again, because Zendesk may not have told all of them. Breaches that it foresees lie ahead:
 * no export may begin there, and each is read in its time, if it still holds by then.
 */
function afterPage(from: ExportCursor, page: MetricEventPage, now: Instant): Partial<ExportCursor> {
  const newest = now - START_BEFORE_MS
  const isPast = page.cursor !== null && secondOf(positionOf(page)) > secondOf(from.startAt)
  const readTo = page.endTime ?? (isPast ? positionOf(page) : page.cursor === null ? newest : from.startAt)
  return {
    startAt: Math.max(from.startAt, Math.min(readTo, newest)),
    // Past the crowded second, pages by time are the larger ones again.
    cursor: isPast ? null : page.cursor,
    currentAt: isCurrent(page, now) ? now : from.currentAt,
  }
}

/** Up to where a page tells what happened. Only breaches stand elsewhere than at their instant, and what was deleted. */
function positionOf({ events }: MetricEventPage): Instant {
  return events.findLast(({ kind, isDeleted }) => kind !== 'breach' && !isDeleted)?.at ?? 0
}

function isCurrent({ isAtEnd, endTime }: MetricEventPage, now: Instant): boolean {
  return isAtEnd || (endTime ?? 0) > now
}

function secondOf(at: Instant): number {
  return Math.floor(at / SECOND_MS)
}
