import { sql } from 'kysely'
import { optionTag } from '../../core/contract/option-tag.ts'
import { type Clock, DAY_MS, type Instant, MINUTE_MS } from '../../core/units.ts'
import type { Accounts } from '../accounts.ts'
import { Installation } from '../admin/installation.ts'
import type { Database } from '../db/connect.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { JobPayloads } from '../jobs/payloads.ts'
import type { Logger } from '../log.ts'
import { readExportCursor } from './export-cursor.ts'
import type { HistorySpan } from './history.ts'
import { showStages } from './show-stages.ts'

export type ReconcileDeps = {
  db: Database
  clock: Clock
  jobs: Pick<Jobs, 'enqueue' | 'enqueueAll'>
  accounts: Pick<Accounts, 'get'>
  log: Pick<Logger, 'info' | 'warn'>
  history: HistorySpan
}

/** What a pass found, by how it showed. */
export type ReconcilePass = { at: Instant; missed: number; gone: number; differing: number }

const EVERY_MS = DAY_MS
const FIRST_AGAIN_MS = 10 * MINUTE_MS
/** While more waits than is looked at once: as long as those looks take. */
const SOON_MS = 6 * MINUTE_MS
/** Webhook, catching up and what follows from them have done their work by then. */
const SETTLED_AFTER_MS = 10 * MINUTE_MS
/** Looks that are queued at once; each costs a call or two. */
const MOST_LOOKS = 1000
/** What was missed can wait; agents who sign in or look at a preview meanwhile cannot. */
const LANE = 'background' as const
const KEPT_FOR_MS = 90 * DAY_MS

/**
 * Compares the record with the tickets as the exports told of them, has what differs looked at again and the stage said
 * anew, and queues the next pass. Safe to run twice: a look at a ticket that was looked at before finds nothing new, and
 * what one pass has said has one id.
 */
export async function reconcile({ accountId }: JobPayloads['reconcile'], deps: ReconcileDeps): Promise<void> {
  const { db, clock, jobs, log } = deps
  if (deps.history === null) return
  const { installation } = await deps.accounts.get(accountId)
  const stageField = Installation.parse(installation).fields.stage ?? null
  const pass = await inAccount(db, accountId, async (tx) => {
    const now = clock.now()
    const last = await lastReconcile(tx)
    const due = await nextPassAt(tx, last, now)
    if (due > now) {
      await jobs.enqueue(tx, 'reconcile', { accountId }, { runAt: due })
      return null
    }
    const before = now - SETTLED_AFTER_MS
    const missed = await missedTickets(tx, { before, since: last === null ? 0 : last.at - SETTLED_AFTER_MS })
    const gone = await goneTickets(tx)
    const differing = stageField === null ? [] : await differingTickets(tx, stageField, before)
    const looks = [...new Set([...missed, ...gone, ...differing])].map((ticketId) => ({
      accountId,
      ticketId,
      lane: LANE,
    }))
    await jobs.enqueueAll(tx, 'observe', looks)
    await showStages(tx, differing, { accountId, now, lastAt: last?.at ?? 0, jobs })
    const found = { at: now, missed: missed.length, gone: gone.length, differing: differing.length }
    await keepPass(tx, accountId, found)
    const runAt = await nextPassAt(tx, found, now)
    await jobs.enqueue(tx, 'reconcile', { accountId }, { runAt })
    return { ...found, isFirst: last === null || last.missed >= MOST_LOOKS }
  })
  if (pass && pass.missed + pass.gone + pass.differing > 0) {
    const { isFirst, ...found } = pass
    // What was escalated before this record began was not missed.
    log[isFirst ? 'info' : 'warn']({ event: 'reconcile.found', accountId, ...found })
  }
}

/** A day after the last one; soon, as long as there are tickets that were escalated before this record began. */
async function nextPassAt(tx: AccountTransaction, last: ReconcilePass | null, now: Instant): Promise<Instant> {
  if (last === null) return firstAt(tx, now)
  return last.at + (last.missed >= MOST_LOOKS ? SOON_MS : EVERY_MS)
}

/** The first time once the past is read: whatever was not read yet cannot differ. */
async function firstAt(tx: AccountTransaction, now: Instant): Promise<Instant> {
  const history = await readExportCursor(tx, 'tickets-history')
  return history?.doneAt == null ? now + FIRST_AGAIN_MS : now
}

/** Null before the first. */
export async function lastReconcile(tx: AccountTransaction): Promise<ReconcilePass | null> {
  const row = await tx
    .selectFrom('reconcile_pass')
    .select(['at', 'missed', 'gone', 'differing'])
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** With our tag and changed after our last look, or never looked at; what was had looked at before is not found again. */
function missedTickets(tx: AccountTransaction, { before, since }: { before: Instant; since: Instant }) {
  return idsOf(
    tx,
    sql`
      select told.ticket_id from zendesk_ticket as told left join ticket as ours using (account_id, ticket_id)
      where told.tags @> array['baton'] and told.standing in ('live', 'merged') and told.updated_at < ${before}
        and (ours.ticket_id is null or (told.read_at >= ${since} and told.updated_at > coalesce(ours.seen_at, 0)))
      order by told.updated_at desc limit ${MOST_LOOKS}`,
  )
}

function goneTickets(tx: AccountTransaction) {
  return idsOf(
    tx,
    sql`
      select told.ticket_id from escalation join zendesk_ticket as told using (account_id, ticket_id)
      where escalation.stage not in ('closed', 'rejected') and told.standing in ('deleted', 'scrubbed')
      limit ${MOST_LOOKS}`,
  )
}

/** A ticket that is closed, or was, says for ever what it said last. */
function differingTickets(tx: AccountTransaction, stageField: number, before: Instant) {
  return idsOf(
    tx,
    sql`
      select told.ticket_id from escalation join zendesk_ticket as told using (account_id, ticket_id)
      where escalation.stage not in ('closed', 'rejected') and told.standing = 'live' and told.status <> 'closed'
        and told.updated_at < ${before}
        and told.fields ->> ${String(stageField)} is distinct from ${optionTag('stage', '')} || escalation.stage
        and not exists (
          select 1 from effect where effect.ticket_id = told.ticket_id and effect.state = 'pending'
        )
      limit ${MOST_LOOKS}`,
  )
}

async function idsOf(tx: AccountTransaction, query: ReturnType<typeof sql>): Promise<number[]> {
  const { rows } = await query.execute(tx)
  return (rows as { ticket_id: number }[]).map(({ ticket_id }) => ticket_id)
}

async function keepPass(tx: AccountTransaction, accountId: number, pass: ReconcilePass): Promise<void> {
  await tx
    .insertInto('reconcile_pass')
    .values({ account_id: accountId, ...pass })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await tx
    .deleteFrom('reconcile_pass')
    .where('at', '<', pass.at - KEPT_FOR_MS)
    .execute()
}
