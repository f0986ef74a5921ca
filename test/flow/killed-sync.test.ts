import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { DAY_MS, MINUTE_MS } from '../../core/units.ts'
import { connect, type Database } from '../../server/db/connect.ts'
import { prepareBatonProcess } from '../support/baton-process.ts'
import { createRunningClock } from '../support/clock.ts'
import { createTestDatabase } from '../support/database.ts'
import { createRandom } from '../support/random.ts'
import { companyState } from '../zendesk/seed/company.ts'
import { type LocalZendesk, startZendesk } from '../zendesk/server.ts'
import { createTicket, updateTicket } from '../zendesk/tickets/create.ts'
import { forgetMeasured, leftToMeasure, measuredRows, writeEscalations } from './killed-measures.ts'
import { NO_LIMITS, seed } from './killed-world.ts'

const TICKETS = 150
/** Of tickets, so that there is something to be killed between. */
const PAGE = 5
/** Measured in several transactions. */
const ESCALATIONS = 300
const KILLS = 3
const WITHIN_MS = 30_000
const HISTORIES = ['tickets-history', 'ticket-events-history']

it(`loses no row, doubles none and begins nothing anew when it is killed ${KILLS} times while it reads and measures the past`, async () => {
  const random = createRandom(seed)
  const clock = createRunningClock(-2 * DAY_MS)
  const limits = { ...NO_LIMITS, exportsPerMinute: 1e6 }
  await using zendesk = await startZendesk({ clock, limits, state: await companyState(clock.now()) })
  await writeTickets(zendesk)
  await clock.advance(DAY_MS)
  await writeTickets(zendesk)
  await clock.advance(DAY_MS)
  await using database = await createTestDatabase()
  await using baton = await prepareBatonProcess(zendesk, { BATON_HISTORY: 'all', DATABASE_URL: database.url })

  await baton.start()
  const db = connect(database.url, { role: null, max: 2 })
  try {
    await until(async () => (await positions(db)).length === HISTORIES.length, 'The past was not begun')
    await baton.kill()
    await beginAnewInSmallPages(db)
    const { id: accountId } = await db.selectFrom('account').select('id').executeTakeFirstOrThrow()
    let before = await positions(db)
    const pages = random.between(1, 4)
    await killOnce(async () => pagesOf(await positions(db)) >= pages, 'Nothing was read')
    // Otherwise nothing was left to be killed between.
    expect(before.every(({ done_at }) => done_at !== null)).toBe(false)

    await writeEscalations(db, accountId, ESCALATIONS, clock.now())
    let left = await leftToMeasure(db)
    for (let kill = 1; kill < KILLS; kill++) {
      await killOnce(async () => isUnderWay(await leftToMeasure(db), left), 'Nothing was measured')
      left = await leftToMeasure(db)
    }
    expect(left.tickets + left.weeks).toBeGreaterThan(0)

    // Zendesk holds back what it touched in the last minute.
    await clock.advance(2 * MINUTE_MS)
    // The look that is due within two minutes is had at once.
    await sql`update jobs.job set start_after = now() where name in ('catch-up', 'sync') and state = 'created'`.execute(
      db,
    )
    const since = Date.now()
    await baton.start()
    await until(async () => (await positions(db)).every(({ done_at }) => done_at !== null), 'The past was not read')
    await until(async () => await isCurrent(db, since), 'The present was not read')
    const { tickets, audits } = zendesk.world.state
    expect(await ticketIds(db), `seed ${seed}`).toEqual(Object.keys(tickets).map(Number).sort(ascending))
    expect(await auditIds(db), `seed ${seed}`).toEqual(
      Object.values(audits)
        .flat()
        .filter(({ events }) => events.some(({ type }) => ['Create', 'Change', 'Comment'].includes(type)))
        .map(({ id }) => id)
        .sort(ascending),
    )
    const made = await sql<{ ticket_id: number; count: number }>`
      select ticket_id, count(*)::int as count from ticket_change where field = 'created' group by 1 having count(*) <> 1`.execute(
      db,
    )
    expect(made.rows).toEqual([])

    await until(async () => isMeasured(await leftToMeasure(db)), 'Not everything was measured')
    const measured = await measuredRows(db)
    await forgetMeasured(db, accountId)
    await until(async () => isMeasured(await leftToMeasure(db)), 'Not everything was measured anew')
    expect(measured.get('measure_week')!.length).toBeGreaterThan(500)
    expect(await measuredRows(db), `seed ${seed}`).toEqual(measured)

    async function killOnce(isTime: () => Promise<boolean>, otherwise: string): Promise<void> {
      await baton.start()
      await until(isTime, otherwise)
      await delay(random.between(0, 15))
      await baton.kill()
      const after = await positions(db)
      for (const [index, { start_at }] of after.entries()) {
        expect(start_at, `seed ${seed}`).toBeGreaterThanOrEqual(before[index]!.start_at)
      }
      before = after
    }
  } finally {
    await db.destroy()
  }
}, 60_000)

async function writeTickets({ world }: LocalZendesk): Promise<void> {
  const person = (name: string) => Object.values(world.state.users).find((user) => user.name.startsWith(name))!
  const [ana, jane] = [person('Ana'), person('Jane')]
  for (let count = 0; count < TICKETS / 2; count++) {
    const { ticket } = createTicket(world, { requester_id: jane.id, assignee_id: ana.id }, ana)
    updateTicket(world, ana, ticket.id, { status: 'pending' })
  }
}

type Left = Awaited<ReturnType<typeof leftToMeasure>>

/** Some tickets are measured; when none is left, some weeks are added up. */
function isUnderWay(now: Left, before: Left): boolean {
  return before.tickets === ESCALATIONS ? now.tickets < ESCALATIONS : now.tickets === 0 && now.weeks < before.weeks
}

function isMeasured({ tickets, weeks }: Left): boolean {
  return tickets + weeks === 0
}

function pagesOf(found: Awaited<ReturnType<typeof positions>>): number {
  return found.find(({ export: name }) => name === 'tickets-history')!.pages
}

/** As if the past were longer: the first one was read in a few pages while the server was looked at. */
async function beginAnewInSmallPages(db: Database): Promise<void> {
  await sql`
    update sync_cursor set start_at = began_at, cursor = null, done_at = null, pages = 0, kept = 0, page_size = ${PAGE}
    where export = any(${HISTORIES}::text[])`.execute(db)
  await sql`
    delete from zendesk_ticket where generated_at <= (select until_at from sync_cursor where export = 'tickets-history')`.execute(
    db,
  )
  await sql`
    delete from ticket_change where at <= (select until_at from sync_cursor where export = 'ticket-events-history')`.execute(
    db,
  )
}

async function positions(db: Database) {
  return db
    .selectFrom('sync_cursor')
    .select(['export', 'start_at', 'done_at', 'pages'])
    .where('export', 'in', ['tickets-history', 'ticket-events-history'])
    .orderBy('export')
    .execute()
}

async function isCurrent(db: Database, since: number): Promise<boolean> {
  const rows = await db
    .selectFrom('sync_cursor')
    .select('current_at')
    .where('export', 'in', ['tickets', 'ticket-events'])
    .execute()
  return rows.length === 2 && rows.every(({ current_at }) => current_at !== null && current_at >= since)
}

async function ticketIds(db: Database): Promise<number[]> {
  const rows = await db.selectFrom('zendesk_ticket').select('ticket_id').orderBy('ticket_id').execute()
  return rows.map(({ ticket_id }) => ticket_id)
}

async function auditIds(db: Database): Promise<number[]> {
  const rows = await db.selectFrom('ticket_change').select('audit_id').distinct().orderBy('audit_id').execute()
  return rows.map(({ audit_id }) => audit_id)
}

async function until(holds: () => Promise<boolean>, otherwise: string): Promise<void> {
  for (const deadline = Date.now() + WITHIN_MS; !(await holds()); await delay(5)) {
    if (Date.now() > deadline) throw new Error(otherwise)
  }
}

function ascending(a: number, b: number): number {
  return a - b
}
