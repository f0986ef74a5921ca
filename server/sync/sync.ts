import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { JobPayloads } from '../jobs/payloads.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import type { ZendeskFailure } from '../zendesk/error.ts'
import type { ExportPage } from '../zendesk/ticket-export.ts'
import { afterCursorPage, afterTimePage, isStuckIn } from './after-page.ts'
import { keepArticles, markGone } from './article-rows.ts'
import { keepChanges } from './change-rows.ts'
import { type ExportCursor, openExportCursor } from './export-cursor.ts'
import { type HistoryName, isHistory, PACES, type SyncedName } from './exports.ts'
import { type HistorySpan, historyBegin, openHistory } from './history.ts'
import { listArticles } from './list-articles.ts'
import { keepGroups, keepOrganizations, keepUsers } from './people-rows.ts'
import { type ExportReading, type ReadExportDeps, readExport } from './read-export.ts'
import { keepTickets } from './ticket-rows.ts'

export type Exporting = Pick<
  ZendeskClient,
  | 'exportTickets'
  | 'exportTicketEvents'
  | 'exportUsers'
  | 'exportOrganizations'
  | 'exportArticles'
  | 'listArticleIds'
  | 'listAgents'
  | 'listAllGroups'
>

export type SyncDeps = ReadExportDeps & {
  /** How far back the account is read. */
  history: HistorySpan
  zendeskOf(accountId: number): Exporting | Promise<Exporting>
}

/** What the plan, the role or the scope does not allow changes when an admin changes it. */
const REFUSED_AGAIN_MS = HOUR_MS
const REFUSED: ZendeskFailure[] = ['denied', 'not-found']

/**
 * Reads a page of one of the exports that tell of the whole account, keeps its rows, and queues the next pass.
 *
 * Safe to run twice: rows have the keys Zendesk gave them. An export goes on where it ended, for ever; one that Zendesk
 * refuses is noted, asked for again every hour, and keeps no other from being read.
 */
export async function sync(payload: JobPayloads['sync'], deps: SyncDeps): Promise<void> {
  if (deps.history === null) return
  const zendesk = await deps.zendeskOf(payload.accountId)
  await READERS[payload.export](payload.export, { ...deps, zendesk, accountId: payload.accountId })
}

type Place = SyncDeps & { zendesk: Exporting; accountId: number }

const READERS: Record<SyncedName, (name: SyncedName, place: Place) => Promise<unknown>> = {
  'tickets-history': readTickets,
  'ticket-events': readTicketEvents,
  'ticket-events-history': readTicketEvents,
  users: readUsers,
  organizations: readOrganizations,
  groups: readGroups,
  articles: readArticles,
}

function readTickets(name: SyncedName, place: Place) {
  const { zendesk, accountId, clock } = place
  return readPages(name, place, {
    read: async (from) => {
      const readAt = clock.now()
      return { ...(await zendesk.exportTickets(startOf(from), from.pageSize ?? undefined)), readAt }
    },
    after: (from, page, now) => afterCursorPage(from, page, lastOf(page.tickets, 'generatedAt'), now),
    rows: (tx, { tickets, readAt }) => keepTickets(tx, accountId, tickets, readAt),
  })
}

function readTicketEvents(name: SyncedName, place: Place) {
  const { zendesk, accountId, log } = place
  return readPages(name, place, {
    read: async ({ startAt }) => zendesk.exportTicketEvents(startAt),
    after: (from, page, now) => {
      if (isStuckIn(from, page)) log.warn({ event: 'sync.second-passed', accountId, export: name, at: from.startAt })
      return afterTimePage(from, page, now)
    },
    rows: (tx, { changes }) => keepChanges(tx, accountId, changes),
  })
}

/** The first page also brings those who are agents now and were not changed since long ago. */
function readUsers(name: SyncedName, place: Place) {
  const { zendesk, accountId, clock } = place
  return readPages(name, place, {
    read: async (from) => {
      const readAt = clock.now()
      const page = await zendesk.exportUsers(startOf(from), from.pageSize ?? undefined)
      return { ...page, readAt, agents: from.pages === 0 ? await zendesk.listAgents() : [] }
    },
    after: (from, page, now) => afterCursorPage(from, page, lastOf(page.users, 'updatedAt'), now),
    rows: (tx, { users, agents, readAt }) => keepUsers(tx, accountId, [...users, ...agents], readAt),
  })
}

function readOrganizations(name: SyncedName, place: Place) {
  const { zendesk, accountId, clock } = place
  return readPages(name, place, {
    read: async ({ startAt }) => ({ readAt: clock.now(), ...(await zendesk.exportOrganizations(startAt)) }),
    after: (from, page, now) => afterTimePage(from, page, now),
    rows: (tx, { organizations, readAt }) => keepOrganizations(tx, accountId, organizations, readAt),
  })
}

/** The export tells of none that is deleted, so whenever its end is reached first on a day, those that are there are listed. */
function readArticles(name: SyncedName, place: Place) {
  const { zendesk, accountId, clock } = place
  return readPages(name, place, {
    read: async ({ startAt, currentAt }) => {
      const readAt = clock.now()
      const page = await zendesk.exportArticles(startAt)
      const isToList = page.isAtEnd && dayOf(currentAt) !== dayOf(readAt)
      return { ...page, readAt, listed: isToList ? await listArticles(page.articles, place) : null }
    },
    after: (from, page, now) => afterTimePage(from, page, now),
    rows: async (tx, { articles, readAt, listed }) => {
      const rows = await keepArticles(tx, accountId, articles, readAt)
      if (listed !== null) await markGone(tx, listed, readAt)
      return rows
    },
  })
}

function dayOf(at: Instant | null): number | null {
  return at === null ? null : Math.floor(at / DAY_MS)
}

/** A plain list, read whole. */
function readGroups(name: SyncedName, place: Place) {
  const { zendesk, accountId, clock } = place
  return readPages(name, place, {
    read: async () => {
      const readAt = clock.now()
      return { groups: await zendesk.listAllGroups(), readAt, isAtEnd: true, limit: null }
    },
    after: (_from, _page, now) => ({ currentAt: now }),
    rows: (tx, { groups, readAt }) => keepGroups(tx, accountId, groups, readAt),
  })
}

type Part<Page extends ExportPage> = Pick<ExportReading<Page, null>, 'read' | 'after'> & {
  rows(tx: AccountTransaction, page: Page): Promise<number>
}

function readPages<Page extends ExportPage>(name: SyncedName, place: Place, { read, after, rows }: Part<Page>) {
  const { lookMs, pageMs } = PACES[name]
  return readExport<Page, null>(
    {
      ...{ accountId: place.accountId, export: name, job: 'sync', read, after },
      open: (tx, now) => openAt(tx, name, place.history!, now),
      keep: async (tx, page) => ({ rows: await rows(tx, page), answer: null }),
      nextAt: ({ isAtEnd }, now) => now + (isAtEnd ? lookMs : pageMs),
      againAt: (failure, now) => now + (REFUSED.includes(failure) ? REFUSED_AGAIN_MS : MINUTE_MS),
      onFailure: () => {},
    },
    place,
  )
}

/** Organisations and articles are read from the first on: what is true of them now was often said years ago. */
function openAt(tx: AccountTransaction, name: SyncedName, span: number, now: Instant): Promise<ExportCursor> {
  if (isHistory(name)) return openHistory(tx, name as HistoryName, historyBegin(span, now), now)
  if (name === 'users') return openExportCursor(tx, name, now, { at: historyBegin(span, now) })
  if (name === 'organizations' || name === 'articles') return openExportCursor(tx, name, now, { at: 0 })
  return openExportCursor(tx, name, now)
}

function startOf({ cursor, startAt }: ExportCursor) {
  return cursor === null ? { startTime: startAt } : { cursor }
}

function lastOf<K extends string>(rows: readonly Record<K, Instant>[], key: K): Instant {
  return rows.reduce((last, row) => Math.max(last, row[key]), 0)
}
