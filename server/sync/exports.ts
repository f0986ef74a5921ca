import type { ExportLane } from '../../core/sync/export-budget.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import type { SyncCursorTable } from '../db/schema.ts'

/** What is read of an account, each with how far it was read. `-history` goes once through the time before the other began. */
export type ExportName = Exclude<SyncCursorTable['export'], 'schedules'>

export type HistoryName = 'tickets-history' | 'ticket-events-history'

/** Those the job `sync` reads; `tickets` and `ticket-metric-events` are read for the escalations as well. */
export const SYNCED = [
  'ticket-events',
  'users',
  'organizations',
  'groups',
  'articles',
  'tickets-history',
  'ticket-events-history',
] as const satisfies ExportName[]
export type SyncedName = (typeof SYNCED)[number]

/** In the order they are shown. */
export const EXPORTS: readonly ExportName[] = ['tickets', 'ticket-metric-events', ...SYNCED]

/** The stream a history is the past of. */
export const LIVE_OF: Record<HistoryName, ExportName> = {
  'tickets-history': 'tickets',
  'ticket-events-history': 'ticket-events',
}

export function isHistory(name: ExportName): name is HistoryName {
  return name in LIVE_OF
}

type Pace = {
  lane: ExportLane /** Once its end was reached. */
  lookMs: number /** While there is more. */
  pageMs: number
}

/**
 * How often each is read. The three that people wait for come first: of the ten calls a minute they take six, three and
 * four at the most, and together two while nothing is behind. The others take what is left, as fast as it is.
 */
export const PACES: Record<ExportName, Pace> = {
  tickets: { lane: 'live', lookMs: MINUTE_MS, pageMs: 10 * SECOND_MS },
  'ticket-metric-events': { lane: 'live', lookMs: 5 * MINUTE_MS, pageMs: 20 * SECOND_MS },
  'ticket-events': { lane: 'live', lookMs: 2 * MINUTE_MS, pageMs: 15 * SECOND_MS },
  users: { lane: 'spare', lookMs: 10 * MINUTE_MS, pageMs: 0 },
  organizations: { lane: 'spare', lookMs: 10 * MINUTE_MS, pageMs: 0 },
  groups: { lane: 'spare', lookMs: HOUR_MS, pageMs: 0 },
  articles: { lane: 'spare', lookMs: 15 * MINUTE_MS, pageMs: 0 },
  'tickets-history': { lane: 'spare', lookMs: 0, pageMs: 0 },
  'ticket-events-history': { lane: 'spare', lookMs: 0, pageMs: 0 },
}

/** What is no incremental export, so that it takes none of their calls. */
export const UNCOUNTED: readonly ExportName[] = ['groups']
