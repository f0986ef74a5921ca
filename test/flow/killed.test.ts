import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import { connect, type Database } from '../../server/db/connect.ts'
import { type BatonProcess, prepareBatonProcess } from '../support/baton-process.ts'
import { createRunningClock } from '../support/clock.ts'
import { findWrong, type HandOver, prepareHandOvers, readRecorded, sendHandOver } from '../support/hand-overs.ts'
import { createRandom, type Random } from '../support/random.ts'
import { companyState } from '../zendesk/seed/company.ts'
import { INTEGRATION } from '../zendesk/seed/people.ts'
import { type LocalZendesk, startZendesk } from '../zendesk/server.ts'

const ESCALATIONS = 200
const KILLS = 50
const DATABASE_KILLS = 25
const SENT_WHILE_STARTING = 1
/** So many calls to Zendesk a few hand-overs cost; a kill comes after a random number of them. */
const CALLS = 24
const QUIET_WITHIN_MS = 60_000
const limits = {
  accountPerMinute: 1e6,
  sessionPer5Minutes: 1e6,
  ticketUpdatesPerMinute: 1e6,
  ticketCreationsPerMinute: 1e6,
}

/** Set `BATON_SEED` to have the server killed after the same numbers of calls and milliseconds again. */
const seed = Number(process.env.BATON_SEED ?? Date.now() % 1_000_000)

it(`loses nothing and doubles nothing of ${ESCALATIONS} escalations when it is killed ${KILLS} times, in ${DATABASE_KILLS} of them with its database`, async () => {
  const random = createRandom(seed)
  const clock = createRunningClock()
  await using zendesk = await startZendesk({ clock, state: await companyState(clock.now()), limits })
  await using baton = await prepareBatonProcess(zendesk)
  const handOvers = prepareHandOvers(zendesk, ESCALATIONS)

  const outcomes = await killWhileSending(baton, zendesk, handOvers, random)
  expect(new Set(outcomes), `seed ${seed}`).toEqual(new Set(['sent']))

  const acknowledged = acknowledgedIn(zendesk)
  // Otherwise it is catching up that is tested, not the kills.
  expect(acknowledged.length, `seed ${seed}`).toBeGreaterThan(ESCALATIONS / 2)
  // Zendesk does not send again what nobody listened to, and holds it back from its export for a minute.
  await clock.advance(MINUTE_MS + SECOND_MS)
  await baton.start()
  await zendesk.settle()

  const db = connect(baton.databaseUrl(), { role: null })
  try {
    await untilCaughtUp(db)
    const left = await untilQuiet(db)
    const recorded = await readRecorded(db)
    const wrong = handOvers.flatMap((handOver) => findWrong(handOver, zendesk, recorded))
    wrong.push(...(await findUnstored(db, acknowledged)))
    const missed = ESCALATIONS - new Set(acknowledged.map(({ ticketId }) => ticketId)).size
    const about = `seed ${seed}, ${missed} deliveries missed; the server said:\n${baton.said.join('\n')}`
    expect({ left, wrong }, about).toEqual({ left: [], wrong: [] })
  } finally {
    await db.destroy()
  }
  expect(await baton.stop()).toBe(0)
}, 240_000)

/** Kills the server at random moments of its start and of its work; answers what came of sending. */
async function killWhileSending(
  baton: BatonProcess,
  zendesk: LocalZendesk,
  handOvers: HandOver[],
  random: Random,
): Promise<string[]> {
  const waiting = [...handOvers]
  const sending: Promise<string>[] = []
  const send = (count: number) => sending.push(...waiting.splice(0, count).map(sendHandOver))

  const withDatabase = random.shuffle(Array.from({ length: KILLS }, (_, index) => index < DATABASE_KILLS))
  for (const [round, isDatabaseKilled] of withDatabase.entries()) {
    const listens = baton.start()
    const isStarting = random.chance(0.3)
    if (isStarting) {
      send(SENT_WHILE_STARTING)
      await delay(random.between(0, 1000))
    } else {
      await listens
      send(Math.ceil(waiting.length / (KILLS - round)))
      const isDelivered = random.chance(0.8)
      if (isDelivered) {
        await Promise.all(sending)
        await zendesk.settle()
      }
      await untilCalled(zendesk, random.between(0, CALLS))
      await delay(random.between(0, 10))
    }
    // A server that is just starting has a database to be killed a moment later.
    const isDatabaseFirst = isDatabaseKilled && (isStarting || random.chance(0.5))
    if (isDatabaseFirst) {
      await untilDatabaseKilled(baton)
      await delay(random.between(0, 300))
    }
    await baton.kill()
    if (isDatabaseKilled && !isDatabaseFirst) await untilDatabaseKilled(baton)
  }
  send(waiting.length)
  return Promise.all(sending)
}

async function untilDatabaseKilled(baton: BatonProcess): Promise<void> {
  for (const deadline = Date.now() + 20_000; !baton.killDatabase(); await delay(5)) {
    if (Date.now() > deadline) throw new Error(`There is no database to kill:\n${baton.said.join('\n')}`)
  }
}

/** Resolves after so many calls of Baton's to Zendesk, or when there are no more for a while. */
async function untilCalled({ world, requests }: LocalZendesk, calls: number): Promise<void> {
  const ours = Object.values(world.state.users).find(({ name }) => name === INTEGRATION.name)!.id
  let [seen, found] = [requests.length, 0]
  for (const deadline = Date.now() + 600; found < calls && Date.now() < deadline; ) {
    await delay(2)
    while (seen < requests.length) if (requests[seen++]!.caller === ours) found += 1
  }
}

type Acknowledged = { invocationId: string; ticketId: number }

/** Deliveries that were answered 202. */
function acknowledgedIn({ world }: LocalZendesk): Acknowledged[] {
  return Object.values(world.state.invocations)
    .filter(({ status }) => status === 'success')
    .map(({ id, payload }) => ({ invocationId: id, ticketId: Number(JSON.parse(payload).ticket_id) }))
}

/** Waits until Zendesk's export was read to its end. The look that is due within a minute is had at once. */
async function untilCaughtUp(db: Database): Promise<void> {
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
async function untilQuiet(db: Database): Promise<Record<string, unknown>[]> {
  const deadline = Date.now() + QUIET_WITHIN_MS
  for (;;) {
    const { rows } = await sql<Record<string, unknown>>`
      select name, state::text, data, retry_count, start_after::text from jobs.job
      where name like '%-dead'
        or (name not in ('catch-up', 'metric-events', 'schedules') and state in ('created', 'retry', 'active'))
      union all
      select 'undispatched', null, to_jsonb(ticket_ids), 0, null from inbox_commit
      union all
      select kind, state, to_jsonb(ticket_id), attempts, last_error from effect where state <> 'done'`.execute(db)
    if (rows.length === 0 || Date.now() > deadline) return rows
    await delay(200)
  }
}

async function findUnstored(db: Database, acknowledged: Acknowledged[]): Promise<string[]> {
  const rows = await db.selectFrom('inbox_delivery').select('invocation_id').execute()
  const stored = new Set(rows.map((row) => row.invocation_id))
  return acknowledged
    .filter(({ invocationId }) => !stored.has(invocationId))
    .map(({ ticketId }) => `ticket ${ticketId}: a delivery was acknowledged and is not stored`)
}
