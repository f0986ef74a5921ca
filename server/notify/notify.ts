import { fallbackOf } from '../../core/notice/fallback.ts'
import { messageOf } from '../../core/notice/fold.ts'
import { type Clock, DAY_MS, type Instant, MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { isAway } from '../db/is-away.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { JobPayloads } from '../jobs/payloads.ts'
import type { ZendeskLog } from '../zendesk/log.ts'
import { asNotifyError, NOT_CONFIGURED, NotifyError } from './error.ts'
import { nextDue, putBack, type Round, settle, takeNext } from './rows.ts'
import type { Senders } from './senders.ts'
import { storeNotices } from './store.ts'

export type NotifyDeps = {
  db: Database
  clock: Clock
  jobs: Pick<Jobs, 'enqueue' | 'enqueueAll'>
  senders: Senders
  log: ZendeskLog
}

/** How long a channel that does not answer is tried when nothing can take its place. */
const PATIENCE_MS = DAY_MS
const LONGEST_WAIT_MS = 10 * MINUTE_MS
/** Then another job goes on: one that takes longer than its queue allows would be run beside itself. */
const LONGEST_RUN_MS = 30 * SECOND_MS

/**
 * Sends what waits in one lane, oldest first. Safe to run twice: what is on its way is marked before it goes, and is looked
 * for, or sent under the same key, after a server was killed. A channel that does not answer is tried again and again, later
 * each time; then another takes its place, or the notice has failed and stays visible.
 */
export async function notify({ accountId, lane, wakesAt }: JobPayloads['notify'], deps: NotifyDeps): Promise<void> {
  const { db, clock, jobs } = deps
  // Only one job of a lane may send; this one wakes it.
  if (wakesAt !== undefined) return inAccount(db, accountId, (tx) => jobs.enqueue(tx, 'notify', { accountId, lane }))
  const until = clock.now() + LONGEST_RUN_MS
  for (;;) {
    if (clock.now() > until) return inAccount(db, accountId, (tx) => jobs.enqueue(tx, 'notify', { accountId, lane }))
    const round = await inAccount(db, accountId, (tx) => takeNext(tx, lane, clock.now()))
    if (!round) break
    await send(accountId, lane, round, deps)
  }
  await inAccount(db, accountId, async (tx) => {
    const runAt = await nextDue(tx, lane, clock.now())
    if (runAt !== null) await jobs.enqueue(tx, 'notify', { accountId, lane, wakesAt: runAt }, { runAt })
  })
}

async function send(accountId: number, lane: string, round: Round, deps: NotifyDeps): Promise<void> {
  const { db, clock, senders, log } = deps
  const { fold, batch, isRetry, firstTriedAt, thread } = round
  const [{ channel, ticketId, escalationId, kind }] = fold
  // No lane and no id of a notice: they hold people's addresses.
  const about = { accountId, ticketId, escalationId, kind, channel, attempts: round.attempts }
  let { partsDone } = round
  try {
    const { externalId } = await senders[channel]({
      ...{ accountId, batch, fold, message: messageOf(fold), isRetry, firstTriedAt, partsDone, thread },
      savePart: async (done) => {
        partsDone = done
        await inAccount(db, accountId, (tx) =>
          tx.updateTable('notice').set({ parts: done }).where('batch', '=', batch).execute(),
        )
      },
      saveThread: async (saved) => {
        const row = { account_id: accountId, lane, ...saved }
        await inAccount(db, accountId, (tx) =>
          tx
            .insertInto('notice_thread')
            .values(row)
            .onConflict((conflict) => conflict.columns(['account_id', 'lane']).doUpdateSet(saved))
            .execute(),
        )
      },
    })
    await inAccount(db, accountId, (tx) => settle(tx, fold, { state: 'accepted', why: null, externalId }, clock.now()))
    log.info({ event: 'notice.accepted', ...about })
  } catch (error) {
    // The database is away, which says nothing about the channel.
    if (!(error instanceof NotifyError) && isAway(error)) throw error
    const failure = asNotifyError(error)
    if (failure.failure === 'refused' || isGivenUp(round, clock.now())) return giveUp(accountId, round, failure, deps)
    const isCertain = failure.isCertain && partsDone === 0
    await inAccount(db, accountId, (tx) => putBack(tx, fold, { why: failure.reason, isCertain }))
    log.info({ event: 'notice.retrying', ...about, reason: failure.reason })
    throw Object.assign(new Error(failure.message), { retryAt: retryAt(round, failure, clock.now()) })
  }
}

/** Another channel takes its place, in the transaction in which this one fails. */
async function giveUp(
  accountId: number,
  { fold, attempts }: Round,
  error: NotifyError,
  deps: NotifyDeps,
): Promise<void> {
  const { db, clock, jobs, log } = deps
  const { reason } = error
  const isMissing = reason === NOT_CONFIGURED
  const instead = fold
    .flatMap((notice) => fallbackOf(notice, reason))
    // Where a channel was never set up, the ticket says already what another comment would.
    .filter(({ channel }) => !(isMissing && channel === 'zendesk'))
  await inAccount(db, accountId, async (tx) => {
    await settle(tx, fold, { state: isMissing ? 'suppressed' : 'failed', why: reason }, clock.now())
    await storeNotices(tx, jobs, instead, { accountId, now: clock.now() })
  })
  const [{ channel, ticketId }] = fold
  const event = isMissing ? 'notice.suppressed' : 'notice.failed'
  const fallback = [...new Set(instead.map((notice) => notice.channel))]
  log.warn({ event, accountId, ticketId, channel, reason, attempts, fallback })
}

function isGivenUp(round: Round, now: Instant): boolean {
  return now >= givenUpAt(round)
}

/** The most patient of those that were put together decides no more than the least. */
function givenUpAt({ fold, dueSince }: Round): Instant {
  const spans = fold.map(({ fallback }) =>
    fallback.steps.length > 0 ? (fallback.afterMs ?? PATIENCE_MS) : PATIENCE_MS,
  )
  return dueSince + Math.min(...spans)
}

/** Twice as long each time, at most ten minutes; never past the moment at which another channel is to take its place. */
function retryAt(round: Round, { retryAt: asked }: NotifyError, now: Instant): Instant {
  const backoff = now + Math.min(SECOND_MS * 2 ** Math.min(round.attempts - 1, 20), LONGEST_WAIT_MS)
  const wanted = asked === null ? backoff : Math.max(asked, now + SECOND_MS)
  return Math.max(now + SECOND_MS, Math.min(wanted, givenUpAt(round)))
}
