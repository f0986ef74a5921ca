import type { Channel } from '../../core/notice/words.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { Jobs } from '../jobs/jobs.ts'

/** A notice as people see it in lists: to whom, over what, and what became of it. */
export type ListedNotice = {
  id: string
  ticketId: number
  escalationId: string
  kind: string
  channel: Channel
  recipient: string
  urgency: string
  state: 'queued' | 'sent' | 'accepted' | 'failed' | 'suppressed'
  why: string | null
  attempts: number
  subject: string
  createdAt: Instant
  /** Not before this instant, where it waits for people to be at work. */
  waitsUntil: Instant | null
  settledAt: Instant | null
}

/** The notices of a ticket, oldest first; without what only keeps a page or a thread up to date. */
export async function listNotices(tx: AccountTransaction, ticketId: number): Promise<ListedNotice[]> {
  return (await findNotices(tx, { ticketId })).toReversed()
}

export type Wanted = { ticketId?: number; isFailed?: boolean; most?: number }

/** The last notices of all tickets or of one, newest first; with `isFailed` what keeps a page or a thread up to date as well. */
export async function findNotices(
  tx: AccountTransaction,
  { ticketId, isFailed = false, most }: Wanted,
): Promise<ListedNotice[]> {
  let wanted = tx.selectFrom('notice').selectAll().orderBy('seq', 'desc')
  if (ticketId !== undefined) wanted = wanted.where('ticket_id', '=', ticketId)
  wanted = isFailed ? wanted.where('state', '=', 'failed') : wanted.where('kind', '<>', 'state')
  const rows = await (most === undefined ? wanted : wanted.limit(most)).execute()
  return rows.map((row) => ({
    id: row.id,
    ticketId: row.ticket_id,
    escalationId: row.escalation_id,
    kind: row.kind,
    channel: row.channel as Channel,
    recipient: row.recipient,
    urgency: row.urgency,
    state: row.state,
    why: row.why,
    attempts: row.attempts,
    subject: row.notice.subject,
    createdAt: row.created_at,
    waitsUntil: row.state === 'queued' ? row.not_before : null,
    settledAt: row.settled_at,
  }))
}

export type NoticeCounts = Record<'waiting' | 'failed' | 'suppressed', number>

/** Why notices did not arrive, and how many for each reason. */
export type NoticeReason = { state: 'failed' | 'suppressed'; channel: Channel; why: string; count: number }

/** Most often first. */
export async function countReasons(tx: AccountTransaction, since: Instant): Promise<NoticeReason[]> {
  const rows = await tx
    .selectFrom('notice')
    .select(({ fn }) => ['state', 'channel', 'why', fn.countAll<number>().as('count')])
    .where('state', 'in', ['failed', 'suppressed'])
    .where('settled_at', '>=', since)
    .groupBy(['state', 'channel', 'why'])
    .execute()
  return rows
    .map(({ state, channel, why, count }) => ({
      ...{ state: state as NoticeReason['state'], channel: channel as Channel },
      ...{ why: why ?? 'unknown', count: Number(count) },
    }))
    .toSorted((a, b) => b.count - a.count || (a.why < b.why ? -1 : 1))
}

/** For the health page: what waits, and what did not arrive since an instant. */
export async function countNotices(tx: AccountTransaction, since: Instant): Promise<NoticeCounts> {
  const rows = await tx
    .selectFrom('notice')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .where('state', '<>', 'accepted')
    .where((where) => where.or([where('state', 'in', ['queued', 'sent']), where('settled_at', '>=', since)]))
    .groupBy('state')
    .execute()
  const of = (...states: string[]) =>
    rows.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + Number(count), 0)
  return { waiting: of('queued', 'sent'), failed: of('failed'), suppressed: of('suppressed') }
}

/** Tries what failed once more, as if it had just come about; answers whether there was such a notice. */
export async function retryNotice(
  tx: AccountTransaction,
  jobs: Pick<Jobs, 'enqueue'>,
  id: string,
  { accountId, now }: { accountId: number; now: Instant },
): Promise<boolean> {
  const row = await tx
    .updateTable('notice')
    .set({ state: 'queued', why: null, batch: null, attempts: 0, parts: 0, created_at: now, settled_at: null })
    .where('id', '=', id)
    .where('state', '=', 'failed')
    .returning('lane')
    .executeTakeFirst()
  if (!row) return false
  await jobs.enqueue(tx, 'notify', { accountId, lane: row.lane })
  return true
}
