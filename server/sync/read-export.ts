import { type Clock, type Instant, MINUTE_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Logger } from '../log.ts'
import { ZendeskError, type ZendeskFailure } from '../zendesk/error.ts'
import { type ExportPage, LARGEST_PAGE } from '../zendesk/ticket-export.ts'
import { learnExportLimit, stopExports, takeCall } from './export-calls.ts'
import { countKept, type ExportCursor, moveExportCursor, openExportCursor } from './export-cursor.ts'
import { type ExportName, type SyncedName, UNCOUNTED } from './exports.ts'

export type ReadExportDeps = {
  db: Database
  clock: Clock
  jobs: Pick<Jobs, 'enqueue'>
  log: Pick<Logger, 'info' | 'warn'>
}

/** Takes one more of the shared calls, for a pass that needs two. */
export type TakeCall = () => Promise<void>

/** What reading one page of an export comes to. */
export type ExportReading<Page extends ExportPage, Kept> = {
  accountId: number
  export: ExportName
  /** The job that reads it, which queues itself; also the first word of what is logged. */
  job: 'catch-up' | 'metric-events' | 'sync'
  /** Where one that was never read begins; left out, where the account does. */
  open?(tx: AccountTransaction, now: Instant): Promise<ExportCursor>
  read(from: ExportCursor, takeCall: TakeCall): Promise<Page>
  /** Where it goes on. */
  after(from: ExportCursor, page: Page, now: Instant): Partial<ExportCursor>
  /** Runs in the transaction that moves the cursor; answers how many rows it kept, and what the caller asks for. */
  keep(tx: AccountTransaction, page: Page): Promise<{ rows: number; answer: Kept }>
  /** When the next page is read, after this one. */
  nextAt(page: Page, now: Instant): Instant
  /** When to ask again after a failure; left out, in a minute, or when Zendesk says. */
  againAt?(failure: ZendeskFailure, now: Instant): Instant
  onFailure(failure: ZendeskFailure): void
}

const AGAIN_MS = MINUTE_MS
const SMALLEST_PAGE = 50
/** What a page that is too large for the line or for our patience ends with. */
const TOO_LARGE = ['timeout', 'half-an-answer']

/**
 * Reads a page of one of Zendesk's exports, keeps what is ours of it, and queues the next pass, whatever Zendesk
 * answers. Cursor, rows and the next pass are one transaction. A history that was read to its end queues none.
 *
 * @returns what `keep` answered; null when nothing was read, or somebody else was quicker
 */
export async function readExport<Page extends ExportPage, Kept>(
  reading: ExportReading<Page, Kept>,
  deps: ReadExportDeps,
): Promise<Kept | null> {
  const { db, clock, log } = deps
  const { accountId, job, export: name } = reading
  const open = reading.open ?? ((tx, now) => openExportCursor(tx, name, now))
  const opened = await inAccount(db, accountId, async (tx) => {
    const now = clock.now()
    const from = await open(tx, now)
    if (from.doneAt !== null) return null
    const heldUntil = UNCOUNTED.includes(name) ? null : await takeCall(tx, accountId, name, now)
    if (heldUntil === null) return from
    await queueNext(tx, reading, heldUntil, deps)
    return null
  })
  if (opened === null) return null
  const from = opened

  let page: Page
  try {
    page = await reading.read(from, takeAnother)
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error
    await putOff(reading, from, error, deps)
    return null
  }

  const kept = await inAccount(db, accountId, async (tx) => {
    const now = clock.now()
    await learnExportLimit(tx, page.limit)
    const after = reading.after(from, page, now)
    const nextAt = after.doneAt == null ? reading.nextAt(page, now) : null
    // At the end pages are small by themselves, so the next long way may be tried with large ones.
    const pageSize = page.isAtEnd ? null : from.pageSize
    // Whoever was quicker has kept this page and queued the next pass.
    const moved = { trouble: null, ...after, nextAt, pageSize, pages: from.pages + 1 }
    if (!(await moveExportCursor(tx, name, from, moved))) return null
    const { rows, answer } = await reading.keep(tx, page)
    await countKept(tx, name, rows)
    if (nextAt !== null) await queueNext(tx, reading, nextAt, deps)
    return { answer }
  })
  if (kept === null) return null
  if (from.trouble !== null) log.info({ event: `${job}.resumed`, accountId, export: name, after: from.trouble })
  return kept.answer

  async function takeAnother(): Promise<void> {
    const retryAt = await inAccount(db, accountId, (tx) => takeCall(tx, accountId, name, clock.now()))
    if (retryAt === null) return
    throw new ZendeskError('rate-limited', `${name} was held back`, { reason: 'rate-limit', retryAt })
  }
}

/** Nothing was read, so the cursor stays. One that Zendesk no longer takes is replaced by the time it stood for. */
async function putOff(
  reading: Pick<ExportReading<never, never>, 'accountId' | 'export' | 'job' | 'againAt' | 'onFailure'>,
  from: ExportCursor,
  error: ZendeskError,
  deps: ReadExportDeps,
): Promise<void> {
  const { db, clock, log } = deps
  const { accountId, job, export: name } = reading
  const { failure, retryAt, reason, status } = error
  const now = clock.now()
  const runAt = retryAt ?? reading.againAt?.(failure, now) ?? now + AGAIN_MS
  // Being told to wait is no trouble.
  const trouble = failure === 'rate-limited' ? from.trouble : failure
  const cursor = failure === 'rejected' ? null : from.cursor
  const isTooLarge = TOO_LARGE.includes(reason)
  const pageSize = isTooLarge ? smallerPage(from.pageSize) : from.pageSize
  await inAccount(db, accountId, async (tx) => {
    // Our own limits answer without a status: they hold for this call alone.
    if (failure === 'rate-limited' && status !== null && retryAt !== null) await stopExports(tx, retryAt)
    if (!(await moveExportCursor(tx, name, from, { trouble, cursor, pageSize, nextAt: runAt }))) return
    await queueNext(tx, reading, runAt, deps)
  })
  reading.onFailure(failure)
  if (trouble !== from.trouble) {
    log.warn({ event: `${job}.stopped`, accountId, export: name, failure, reason, call: error.message })
  }
}

function smallerPage(size: number | null): number {
  return Math.max(SMALLEST_PAGE, Math.floor((size ?? LARGEST_PAGE) / 2))
}

function queueNext(
  tx: AccountTransaction,
  { job, accountId, export: name }: Pick<ExportReading<never, never>, 'job' | 'accountId' | 'export'>,
  runAt: Instant,
  { jobs }: ReadExportDeps,
): Promise<void> {
  if (job !== 'sync') return jobs.enqueue(tx, job, { accountId }, { runAt })
  return jobs.enqueue(tx, 'sync', { accountId, export: name as SyncedName }, { runAt })
}
