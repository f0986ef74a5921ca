import { type Instant, SECOND_MS } from '../../core/units.ts'
import type { ExportPage } from '../zendesk/ticket-export.ts'
import type { TimePage } from '../zendesk/time-page.ts'
import { type ExportCursor, START_BEFORE_MS } from './export-cursor.ts'

/** Where an export by cursor goes on, and a history ends once it has passed the instant the other began at. */
export function afterCursorPage(
  from: ExportCursor,
  page: ExportPage & { cursor: string | null },
  newest: Instant,
  now: Instant,
): Partial<ExportCursor> {
  return {
    startAt: Math.max(from.startAt, newest),
    cursor: page.cursor ?? from.cursor,
    currentAt: page.isAtEnd ? now : from.currentAt,
    doneAt: isHistoryRead(from, page, newest) ? now : from.doneAt,
  }
}

/**
 * Where an export by time goes on. The last minutes are read again, because Zendesk may not have told all of them. A page
 * that ends in the second it began in would be answered for ever: Zendesk puts more rows than usual into a page rather than
 * to part a second, so what follows is the next one.
 */
export function afterTimePage(from: ExportCursor, page: TimePage, now: Instant): Partial<ExportCursor> {
  const newest = now - START_BEFORE_MS
  const readTo = page.endTime ?? (page.isAtEnd ? newest : from.startAt)
  const isStuck = isStuckIn(from, page)
  const startAt = isStuck ? secondAfter(from.startAt) : Math.max(from.startAt, Math.min(readTo, newest))
  return {
    startAt,
    cursor: null,
    currentAt: page.isAtEnd ? now : from.currentAt,
    doneAt: isHistoryRead(from, page, readTo) ? now : from.doneAt,
  }
}

export function isStuckIn({ startAt }: ExportCursor, { isAtEnd, endTime }: TimePage): boolean {
  return !isAtEnd && (endTime === null || endTime < secondAfter(startAt))
}

function secondAfter(at: Instant): Instant {
  return (Math.floor(at / SECOND_MS) + 1) * SECOND_MS
}

function isHistoryRead({ untilAt }: ExportCursor, { isAtEnd }: ExportPage, readTo: Instant): boolean {
  return untilAt !== null && (isAtEnd || readTo > untilAt)
}
