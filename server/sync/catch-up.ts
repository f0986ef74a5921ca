import { BATON_TAG } from '../../core/contract/command.ts'
import { type Clock, type Instant, MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { JobPayloads } from '../jobs/payloads.ts'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { ZendeskError } from '../zendesk/error.ts'
import type { ExportedTicket, TicketPage } from '../zendesk/ticket-export.ts'
import { moveTicketCursor, openTicketCursor, type TicketCursor } from './ticket-cursor.ts'

export type CatchUpDeps = {
  db: Database
  clock: Clock
  jobs: Pick<Jobs, 'enqueue' | 'enqueueAll'>
  log: Pick<Logger, 'info' | 'warn'>
  metrics: Pick<Metrics, 'catchUpTickets' | 'catchUpFailures'>
  zendeskOf(accountId: number): Pick<ZendeskClient, 'exportTickets'> | Promise<Pick<ZendeskClient, 'exportTickets'>>
}

const NEXT_LOOK_MS = MINUTE_MS
/** While there is more to read. All exports of an account share ten calls a minute, and other programs want some. */
const NEXT_PAGE_MS = 10 * SECOND_MS

/**
 * Looks for tickets whose webhook never came: reads a page of Zendesk's export, queues a look at each ticket that is
 * ours, and the next page.
 *
 * Safe to run twice: cursor, looks and the next pass are one transaction, and a look at a ticket that was looked at
 * before finds nothing new. Whatever Zendesk answers, a next pass is queued.
 */
export async function catchUp(payload: JobPayloads['catch-up'], deps: CatchUpDeps): Promise<void> {
  const { db, clock, jobs, log, metrics } = deps
  const { accountId } = payload
  const from = await inAccount(db, accountId, (tx) => openTicketCursor(tx, clock.now()))
  let page: TicketPage
  try {
    const zendesk = await deps.zendeskOf(accountId)
    page = await zendesk.exportTickets(from.cursor === null ? { startTime: from.startAt } : { cursor: from.cursor })
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error
    return putOff(payload, from, error, deps)
  }

  const ours = await inAccount(db, accountId, async (tx) => {
    const now = clock.now()
    // Whoever was quicker has queued these tickets and the next pass.
    if (!(await moveTicketCursor(tx, from, afterPage(from, page, now)))) return null
    const found = await ticketsOfOurs(tx, page.tickets)
    const looks = found.map((ticketId) => ({ accountId, ticketId }))
    await jobs.enqueueAll(tx, 'observe', looks)
    await jobs.enqueue(tx, 'catch-up', payload, { runAt: now + (page.isAtEnd ? NEXT_LOOK_MS : NEXT_PAGE_MS) })
    return found
  })
  if (ours === null) return
  metrics.catchUpTickets.inc({ outcome: 'looked-at' }, ours.length)
  metrics.catchUpTickets.inc({ outcome: 'passed-over' }, page.tickets.length - ours.length)
  if (from.trouble !== null) log.info({ event: 'catch-up.resumed', accountId, after: from.trouble })
}

function afterPage(from: TicketCursor, { tickets, cursor, isAtEnd }: TicketPage, now: Instant): TicketCursor {
  return {
    startAt: Math.max(from.startAt, ...tickets.map(({ generatedAt }) => generatedAt)),
    cursor: cursor ?? from.cursor,
    currentAt: isAtEnd ? now : from.currentAt,
    trouble: null,
  }
}

/** Those that carry our tag, and those we know, whatever they carry now. A deleted stranger is of no use. */
async function ticketsOfOurs(tx: AccountTransaction, tickets: ExportedTicket[]): Promise<number[]> {
  const unsure = tickets.filter((ticket) => !carriesNews(ticket)).map(({ id }) => id)
  const rows =
    unsure.length === 0
      ? []
      : await tx.selectFrom('ticket').select('ticket_id').where('ticket_id', 'in', unsure).execute()
  const known = new Set(rows.map(({ ticket_id }) => ticket_id))
  return tickets.filter((ticket) => carriesNews(ticket) || known.has(ticket.id)).map(({ id }) => id)
}

function carriesNews({ tags, isDeleted }: ExportedTicket): boolean {
  return !isDeleted && tags.includes(BATON_TAG)
}

/** Nothing was read, so the cursor stays. One that Zendesk no longer takes is replaced by the time it stood for. */
async function putOff(
  payload: JobPayloads['catch-up'],
  from: TicketCursor,
  error: ZendeskError,
  { db, clock, jobs, log, metrics }: CatchUpDeps,
): Promise<void> {
  const { accountId } = payload
  const { failure, retryAt } = error
  const now = clock.now()
  const runAt = retryAt ?? now + NEXT_LOOK_MS
  // Being told to wait is no trouble.
  const trouble = failure === 'rate-limited' ? from.trouble : failure
  const cursor = failure === 'rejected' ? null : from.cursor
  await inAccount(db, accountId, async (tx) => {
    if (!(await moveTicketCursor(tx, from, { trouble, cursor }))) return
    await jobs.enqueue(tx, 'catch-up', payload, { runAt })
  })
  metrics.catchUpFailures.inc({ failure })
  if (trouble !== from.trouble) {
    log.warn({ event: 'catch-up.stopped', accountId, failure, reason: error.reason, call: error.message })
  }
}
