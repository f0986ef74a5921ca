import type { Opened } from '../../core/notice/follow-ups.ts'
import { laneOf, type Notice } from '../../core/notice/notice.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { Jobs } from '../jobs/jobs.ts'

type Where = { accountId: number; now: Instant }

/** What waits, is under way or has arrived, so that it must keep up with its escalation. */
const ALIVE = ['queued', 'sent', 'accepted'] as const
const ROWS_AT_ONCE = 1000

/**
 * Keeps notices and queues their sending, in the caller's transaction: the one that records what they tell of. One that is
 * kept already stays as it is.
 */
export async function storeNotices(
  tx: AccountTransaction,
  jobs: Pick<Jobs, 'enqueueAll'>,
  notices: readonly Notice[],
  { accountId, now }: Where,
): Promise<void> {
  for (let from = 0; from < notices.length; from += ROWS_AT_ONCE) {
    const rows = notices.slice(from, from + ROWS_AT_ONCE).map((notice) => rowOf(notice, { accountId, now }))
    await tx
      .insertInto('notice')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  const toSend = notices.filter(({ suppressed }) => suppressed === null)
  const isLater = ({ notBefore }: Notice) => notBefore !== null && notBefore > now
  const lanes = new Set(toSend.filter((notice) => !isLater(notice)).map(laneOf))
  await jobs.enqueueAll(
    tx,
    'notify',
    [...lanes].map((lane) => ({ accountId, lane })),
  )
  for (const [wakesAt, later] of Map.groupBy(toSend.filter(isLater), ({ notBefore }) => notBefore!)) {
    const waking = [...new Set(later.map(laneOf))].map((lane) => ({ accountId, lane, wakesAt }))
    await jobs.enqueueAll(tx, 'notify', waking, { runAt: wakesAt })
  }
}

function rowOf(notice: Notice, { accountId, now }: Where) {
  const { suppressed } = notice
  return {
    account_id: accountId,
    id: notice.id,
    ticket_id: notice.ticketId,
    escalation_id: notice.escalationId,
    lane: laneOf(notice),
    kind: notice.kind,
    channel: notice.channel,
    recipient: notice.recipient,
    urgency: notice.urgency,
    state: suppressed === null ? ('queued' as const) : ('suppressed' as const),
    why: suppressed,
    notice: JSON.stringify(notice),
    not_before: notice.notBefore,
    created_at: now,
    settled_at: suppressed === null ? null : now,
  }
}

/** The pages and threads that were begun for escalations: what `noticesOf` keeps up to date. */
export async function openedFor(
  tx: AccountTransaction,
  escalationIds: readonly string[],
): Promise<Map<string, Opened[]>> {
  if (escalationIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('notice')
    .select(['escalation_id', 'notice'])
    .where('escalation_id', 'in', escalationIds)
    .where('channel', 'in', ['slack', 'pagerduty'])
    .where('state', 'in', ALIVE)
    .orderBy('seq')
    .execute()
  const opened = new Map<string, Opened[]>()
  for (const { escalation_id, notice } of rows) {
    const { channel, place, handOver, page, isThreaded } = notice
    if (channel === 'pagerduty' ? page !== 'trigger' : !isThreaded) continue
    const known = opened.get(escalation_id) ?? []
    const isKnown = known.some(
      (one) => one.channel === channel && one.place === place && (channel === 'slack' || one.handOver === handOver),
    )
    if (!isKnown) opened.set(escalation_id, [...known, { channel, place, handOver }])
  }
  return opened
}
