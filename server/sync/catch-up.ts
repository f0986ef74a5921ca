import { BATON_TAG } from '../../core/contract/command.ts'
import { type Instant, MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { JobPayloads } from '../jobs/payloads.ts'
import type { Metrics } from '../metrics.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import type { ExportedTicket, TicketPage } from '../zendesk/ticket-export.ts'
import type { ExportCursor } from './export-cursor.ts'
import { type ReadExportDeps, readExport } from './read-export.ts'

export type CatchUpDeps = ReadExportDeps & {
  jobs: Pick<Jobs, 'enqueueAll'>
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
export async function catchUp({ accountId }: JobPayloads['catch-up'], deps: CatchUpDeps): Promise<void> {
  const { jobs, metrics } = deps
  const counts = await readExport(
    {
      accountId,
      export: 'tickets',
      job: 'catch-up',
      read: async ({ cursor, startAt }) => {
        const zendesk = await deps.zendeskOf(accountId)
        return zendesk.exportTickets(cursor === null ? { startTime: startAt } : { cursor })
      },
      after: afterPage,
      keep: async (tx, { tickets }) => {
        const found = await ticketsOfOurs(tx, tickets)
        const looks = found.map((ticketId) => ({ accountId, ticketId }))
        await jobs.enqueueAll(tx, 'observe', looks)
        return { ours: found.length, others: tickets.length - found.length }
      },
      nextAt: ({ isAtEnd }, now) => now + (isAtEnd ? NEXT_LOOK_MS : NEXT_PAGE_MS),
      onFailure: (failure) => metrics.catchUpFailures.inc({ failure }),
    },
    deps,
  )
  if (counts === null) return
  metrics.catchUpTickets.inc({ outcome: 'looked-at' }, counts.ours)
  metrics.catchUpTickets.inc({ outcome: 'passed-over' }, counts.others)
}

function afterPage(from: ExportCursor, { tickets, cursor, isAtEnd }: TicketPage, now: Instant): ExportCursor {
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
