import { type Clock, type Instant, MINUTE_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Logger } from '../log.ts'
import { ZendeskError, type ZendeskFailure } from '../zendesk/error.ts'
import { type ExportCursor, type ExportName, moveExportCursor, openExportCursor } from './export-cursor.ts'

export type ReadExportDeps = {
  db: Database
  clock: Clock
  jobs: Pick<Jobs, 'enqueue'>
  log: Pick<Logger, 'info' | 'warn'>
}

/** What reading one page of an export comes to. */
export type ExportReading<Page, Kept> = {
  accountId: number
  export: ExportName
  /** The job that reads it, which queues itself; also the first word of what is logged. */
  job: 'catch-up' | 'metric-events'
  read(from: ExportCursor): Promise<Page>
  /** Where it goes on. */
  after(from: ExportCursor, page: Page, now: Instant): ExportCursor
  /** Runs in the transaction that moves the cursor. */
  keep(tx: AccountTransaction, page: Page): Promise<Kept>
  /** When the next page is read, after this one. */
  nextAt(page: Page, now: Instant): Instant
  /** When to ask again after a failure; left out, in a minute, or when Zendesk says. */
  againAt?(failure: ZendeskFailure, now: Instant): Instant
  onFailure(failure: ZendeskFailure): void
}

const AGAIN_MS = MINUTE_MS

/**
 * Reads a page of one of Zendesk's exports, keeps what is ours of it, and queues the next pass, whatever Zendesk
 * answers. Cursor, rows and the next pass are one transaction.
 *
 * @returns what `keep` answered; null when nothing was read, or somebody else was quicker
 */
export async function readExport<Page, Kept>(
  reading: ExportReading<Page, Kept>,
  deps: ReadExportDeps,
): Promise<Kept | null> {
  const { db, clock, jobs, log } = deps
  const { accountId, job } = reading
  const from = await inAccount(db, accountId, (tx) => openExportCursor(tx, reading.export, clock.now()))
  let page: Page
  try {
    page = await reading.read(from)
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error
    await putOff(reading, from, error, deps)
    return null
  }

  const kept = await inAccount(db, accountId, async (tx) => {
    const now = clock.now()
    // Whoever was quicker has kept this page and queued the next pass.
    if (!(await moveExportCursor(tx, reading.export, from, reading.after(from, page, now)))) return null
    const answer = await reading.keep(tx, page)
    await jobs.enqueue(tx, job, { accountId }, { runAt: reading.nextAt(page, now) })
    return { answer }
  })
  if (kept === null) return null
  if (from.trouble !== null) log.info({ event: `${job}.resumed`, accountId, after: from.trouble })
  return kept.answer
}

/** Nothing was read, so the cursor stays. One that Zendesk no longer takes is replaced by the time it stood for. */
async function putOff(
  reading: Pick<ExportReading<never, never>, 'accountId' | 'export' | 'job' | 'againAt' | 'onFailure'>,
  from: ExportCursor,
  error: ZendeskError,
  { db, clock, jobs, log }: ReadExportDeps,
): Promise<void> {
  const { accountId, job } = reading
  const { failure, retryAt } = error
  const now = clock.now()
  const runAt = retryAt ?? reading.againAt?.(failure, now) ?? now + AGAIN_MS
  // Being told to wait is no trouble.
  const trouble = failure === 'rate-limited' ? from.trouble : failure
  const cursor = failure === 'rejected' ? null : from.cursor
  await inAccount(db, accountId, async (tx) => {
    if (!(await moveExportCursor(tx, reading.export, from, { trouble, cursor }))) return
    await jobs.enqueue(tx, job, { accountId }, { runAt })
  })
  reading.onFailure(failure)
  if (trouble !== from.trouble) {
    log.warn({ event: `${job}.stopped`, accountId, failure, reason: error.reason, call: error.message })
  }
}
