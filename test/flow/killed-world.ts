import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from '../../server/db/connect.ts'
import type { BatonProcess } from '../support/baton-process.ts'
import { INTEGRATION } from '../zendesk/seed/people.ts'
import type { LocalZendesk } from '../zendesk/server.ts'

const QUIET_WITHIN_MS = 60_000

/** The local Zendesk limits nobody who is to be killed while much is under way. */
export const NO_LIMITS = {
  accountPerMinute: 1e6,
  sessionPer5Minutes: 1e6,
  ticketUpdatesPerMinute: 1e6,
  ticketCreationsPerMinute: 1e6,
}

/** Set `BATON_SEED` to have the server killed after the same numbers of calls and milliseconds again. */
export const seed = Number(process.env.BATON_SEED ?? Date.now() % 1_000_000)

export async function untilDatabaseKilled(baton: BatonProcess): Promise<void> {
  for (const deadline = Date.now() + 20_000; !baton.killDatabase(); await delay(5)) {
    if (Date.now() > deadline) throw new Error(`There is no database to kill:\n${baton.said.join('\n')}`)
  }
}

/** Resolves after so many calls of Baton's to Zendesk, or when there are no more for a while. */
export async function untilCalled({ world, requests }: LocalZendesk, calls: number): Promise<void> {
  const ours = Object.values(world.state.users).find(({ name }) => name === INTEGRATION.name)!.id
  let [seen, found] = [requests.length, 0]
  for (const deadline = Date.now() + 600; found < calls && Date.now() < deadline; ) {
    await delay(2)
    while (seen < requests.length) if (requests[seen++]!.caller === ours) found += 1
  }
}

/** Waits until Zendesk's export was read to its end. The look that is due within a minute is had at once. */
export async function untilCaughtUp(db: Database): Promise<void> {
  const since = Date.now()
  for (;;) {
    const row = await db
      .selectFrom('sync_cursor')
      .select(['current_at', 'trouble'])
      .where('export', '=', 'tickets')
      .executeTakeFirst()
    if (row?.current_at && row.current_at >= since) return
    if (Date.now() > since + QUIET_WITHIN_MS) throw new Error(`Still not caught up: ${JSON.stringify(row)}`)
    await sql`update jobs.job set start_after = now() where name = 'catch-up' and state = 'created'`.execute(db)
    await delay(200)
  }
}

/** Waits until nothing is left to do; answers what is left when that takes too long. */
export async function untilQuiet(db: Database): Promise<Record<string, unknown>[]> {
  const deadline = Date.now() + QUIET_WITHIN_MS
  for (;;) {
    const { rows } = await sql<Record<string, unknown>>`
      select name, state::text, data, retry_count, start_after::text from jobs.job
      where name like '%-dead'
        or (name not in ('catch-up', 'metric-events', 'schedules') and state in ('created', 'retry', 'active'))
      union all
      select 'undispatched', null, to_jsonb(ticket_ids), 0, null from inbox_commit
      union all
      select kind, state, to_jsonb(ticket_id), attempts, last_error from effect where state <> 'done'
      union all
      select 'notice', state, to_jsonb(id), attempts, why from notice where state in ('queued', 'sent')`.execute(db)
    if (rows.length === 0 || Date.now() > deadline) return rows
    await delay(200)
  }
}
