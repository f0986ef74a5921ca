import { BATON_TAG } from '../../core/contract/command.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { JobPayloads } from '../jobs/payloads.ts'
import type { Metrics } from '../metrics.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import type { ExportedTicket } from '../zendesk/ticket-export.ts'
import { afterCursorPage } from './after-page.ts'
import { PACES } from './exports.ts'
import type { HistorySpan } from './history.ts'
import { type ReadExportDeps, readExport } from './read-export.ts'
import { keepTickets } from './ticket-rows.ts'

export type CatchUpDeps = ReadExportDeps & {
  jobs: Pick<Jobs, 'enqueueAll'>
  metrics: Pick<Metrics, 'catchUpTickets' | 'catchUpFailures'>
  /** Null keeps no tickets. */
  history: HistorySpan
  zendeskOf(accountId: number): Pick<ZendeskClient, 'exportTickets'> | Promise<Pick<ZendeskClient, 'exportTickets'>>
}

const { lookMs, pageMs } = PACES.tickets

/**
 * Reads a page of the tickets that changed: keeps them, and looks for those whose webhook never came by queueing a look at
 * each ticket that is ours, and the next page.
 *
 * Safe to run twice: cursor, rows, looks and the next pass are one transaction, and a look at a ticket that was looked at
 * before finds nothing new. Whatever Zendesk answers, a next pass is queued.
 */
export async function catchUp({ accountId }: JobPayloads['catch-up'], deps: CatchUpDeps): Promise<void> {
  const { clock, jobs, metrics } = deps
  const counts = await readExport(
    {
      accountId,
      export: 'tickets',
      job: 'catch-up',
      read: async ({ cursor, startAt, pageSize }) => {
        const zendesk = await deps.zendeskOf(accountId)
        const from = cursor === null ? { startTime: startAt } : { cursor }
        const readAt = clock.now()
        return { ...(await zendesk.exportTickets(from, pageSize ?? undefined)), readAt }
      },
      after: (from, page, now) => {
        const newest = Math.max(0, ...page.tickets.map(({ generatedAt }) => generatedAt))
        return afterCursorPage(from, page, newest, now)
      },
      keep: async (tx, { tickets, readAt }) => {
        const rows = deps.history === null ? 0 : await keepTickets(tx, accountId, tickets, readAt)
        const found = await ticketsOfOurs(tx, tickets)
        const looks = found.map((ticketId) => ({ accountId, ticketId }))
        await jobs.enqueueAll(tx, 'observe', looks)
        return { rows, answer: { ours: found.length, others: tickets.length - found.length } }
      },
      nextAt: ({ isAtEnd }, now) => now + (isAtEnd ? lookMs : pageMs),
      onFailure: (failure) => metrics.catchUpFailures.inc({ failure }),
    },
    deps,
  )
  if (counts === null) return
  metrics.catchUpTickets.inc({ outcome: 'looked-at' }, counts.ours)
  metrics.catchUpTickets.inc({ outcome: 'passed-over' }, counts.others)
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

function carriesNews({ standing, tags }: ExportedTicket): boolean {
  return standing !== 'deleted' && standing !== 'scrubbed' && tags.includes(BATON_TAG)
}
