import { foldNotices } from '../../core/notice/fold.ts'
import type { Notice } from '../../core/notice/notice.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { Thread } from './sender.ts'

/** A message that goes out now. */
export type Round = {
  batch: string
  fold: readonly [Notice, ...Notice[]]
  isRetry: boolean
  attempts: number
  partsDone: number
  firstTriedAt: Instant
  /** Since when it could have been sent. */
  dueSince: Instant
  thread: Thread | null
}

/**
 * Takes what is to be sent next in a lane and notes that it is on its way, before it is: a server that is killed in between
 * leaves a message that is looked for before it is sent again. Null when nothing is due.
 */
export async function takeNext(tx: AccountTransaction, lane: string, now: Instant): Promise<Round | null> {
  const rows = await tx
    .selectFrom('notice')
    .select(['id', 'state', 'batch', 'parts', 'attempts', 'notice', 'created_at', 'not_before', 'tried_at'])
    .where('lane', '=', lane)
    .where('state', 'in', ['queued', 'sent'])
    .where((where) => where.or([where('not_before', 'is', null), where('not_before', '<=', now)]))
    .orderBy('seq')
    .forUpdate()
    .execute()
  const underWay = rows.find(({ batch }) => batch !== null)
  const { folds, overtaken } = underWay
    ? { folds: [rows.filter(({ batch }) => batch === underWay.batch).map(({ notice }) => notice)], overtaken: [] }
    : foldNotices(rows.map(({ notice }) => notice))
  if (overtaken.length > 0) await settle(tx, overtaken, { state: 'suppressed', why: 'overtaken' }, now)
  const [first, ...more] = folds[0] ?? []
  if (!first) return null

  const fold: Round['fold'] = [first, ...more]
  const taken = rows.filter(({ id }) => fold.some((notice) => notice.id === id))
  const batch = underWay?.batch ?? (more.length === 0 ? first.id : `${first.id}+${more.length}`)
  const attempts = Math.max(...taken.map((row) => row.attempts)) + 1
  await tx
    .updateTable('notice')
    .set({ state: 'sent', batch, attempts, tried_at: underWay?.tried_at ?? now })
    .where(
      'id',
      'in',
      taken.map(({ id }) => id),
    )
    .execute()
  const thread = await tx
    .selectFrom('notice_thread')
    .select(['place', 'ts', 'card'])
    .where('lane', '=', lane)
    .executeTakeFirst()
  return {
    ...{ batch, fold, attempts, isRetry: underWay !== undefined },
    partsDone: underWay?.parts ?? 0,
    firstTriedAt: underWay?.tried_at ?? now,
    dueSince: Math.min(...taken.map(({ created_at, not_before }) => Math.max(created_at, not_before ?? 0))),
    thread: thread ?? null,
  }
}

/** When a lane has something again that is not due yet. */
export async function nextDue(tx: AccountTransaction, lane: string, now: Instant): Promise<Instant | null> {
  const row = await tx
    .selectFrom('notice')
    .select((select) => select.fn.min('not_before').as('at'))
    .where('lane', '=', lane)
    .where('state', '=', 'queued')
    .where('not_before', '>', now)
    .executeTakeFirst()
  return row?.at ?? null
}

export async function settle(
  tx: AccountTransaction,
  notices: readonly Notice[],
  outcome: { state: 'accepted' | 'failed' | 'suppressed'; why: string | null; externalId?: string | null },
  now: Instant,
): Promise<void> {
  await tx
    .updateTable('notice')
    .set({ state: outcome.state, why: outcome.why, external_id: outcome.externalId ?? null, settled_at: now })
    .where(
      'id',
      'in',
      notices.map(({ id }) => id),
    )
    .execute()
}

/** It is tried again: as the same message when part of it may have arrived, else with whatever waits by then. */
export async function putBack(
  tx: AccountTransaction,
  notices: readonly Notice[],
  { why, isCertain }: { why: string; isCertain: boolean },
): Promise<void> {
  await tx
    .updateTable('notice')
    .set(isCertain ? { state: 'queued', batch: null, why } : { why })
    .where(
      'id',
      'in',
      notices.map(({ id }) => id),
    )
    .execute()
}
