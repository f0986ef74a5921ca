import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import { createAccounts } from '../../server/accounts.ts'
import { connect, type Database } from '../../server/db/connect.ts'
import { startEmbedded } from '../../server/db/embedded.ts'
import { inAccount } from '../../server/db/in-account.ts'
import { migrate } from '../../server/db/migrate.ts'
import { createJobs, drivenSettings, type JobHandlers } from '../../server/jobs/jobs.ts'
import { createMetrics } from '../../server/metrics.ts'
import { beginSync } from '../../server/sync/begin-sync.ts'
import { catchUp } from '../../server/sync/catch-up.ts'
import { metricEvents } from '../../server/sync/metric-events.ts'
import { sync } from '../../server/sync/sync.ts'
import { createStoppedClock } from '../support/clock.ts'
import type { BenchRow } from './row.ts'
import { createLargeAccount, PAGE } from './sync-pages.ts'

const FOR_MS = 30 * MINUTE_MS
const PER_MINUTE = 10
const TICKETS_MORE = 200_000
const CHANGES_MORE = 1_000_000
const MANY = 10_000_000

/**
 * Half an hour of back-fill, on a clock that is moved: Zendesk takes one to three seconds a page, a server wakes up to a
 * second late. Then what rows take, of as many as are measured in reasonable time.
 */
export async function benchSync(): Promise<BenchRow[]> {
  const home = mkdtempSync(path.join(tmpdir(), 'baton-bench-'))
  try {
    await using embedded = await startEmbedded({ home })
    await migrate(embedded.url)
    const db = connect(embedded.url, { settings: drivenSettings })
    const owner = connect(embedded.url, { role: null, max: 1 })
    try {
      return [...(await backFill(db, embedded.url, embedded.pid()!)), ...(await sizes(db, owner))]
    } finally {
      await Promise.all([db.destroy(), owner.destroy()])
    }
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function backFill(db: Database, url: string, postgres: number): Promise<BenchRow[]> {
  const clock = createStoppedClock('2026-03-06 10:00Z')
  const accounts = createAccounts({ db, clock })
  const { id: accountId } = await accounts.ensureAccount({ subdomain: 'bench', zendeskUrl: 'http://localhost' })
  await using jobs = await createJobs({ url, clock, isDriven: true })
  let calls = 0
  const zendesk = createLargeAccount({
    now: clock.now,
    everyMs: 30 * SECOND_MS,
    onCall: async () => {
      calls += 1
      await clock.advance(((calls % 3) + 1) * SECOND_MS)
    },
  })
  const log = pino({ level: 'silent' })
  const shared = {
    db,
    clock,
    jobs,
    accounts,
    log,
    metrics: createMetrics(),
    history: 400 * DAY_MS,
    zendeskOf: () => zendesk,
  }
  const idle = async () => {}
  const handlers = {
    ...{ observe: idle, act: idle, schedules: idle, recount: idle, notify: idle, reconcile: idle },
    'catch-up': (payload) => catchUp(payload, shared),
    'metric-events': (payload) => metricEvents(payload, shared),
    sync: (payload) => sync(payload, shared),
  } as JobHandlers

  await jobs.enqueue(db, 'catch-up', { accountId })
  await jobs.enqueue(db, 'metric-events', { accountId })
  await inAccount(db, accountId, (tx) => beginSync(tx, accountId, { jobs, history: shared.history }))
  const until = clock.now() + FOR_MS
  const [startedAt, cpuBefore] = [performance.now(), cpuMs(postgres)]
  for (let late = 0; clock.now() < until; late++) {
    await jobs.settle(handlers)
    const due = await jobs.nextDueAt()
    await clock.advance(Math.max(0, (due ?? clock.now()) - clock.now()) + (late % 5) * 200)
  }
  const cpu = cpuMs(postgres) - cpuBefore
  const seconds = (performance.now() - startedAt) / 1000
  const kept = await inAccount(db, accountId, async (tx) => {
    const { rows } = await sql<{ kept: number }>`select sum(kept)::int as kept from sync_cursor`.execute(tx)
    return rows[0]!.kept
  })
  const permitted = (PER_MINUTE * FOR_MS) / MINUTE_MS
  return [
    {
      what: 'back-fill, calls',
      size: `30 min on a moved clock, ${calls} pages of up to ${PAGE}, 1–3 s each, 3 live readers beside it`,
      result: `${calls} calls, ${Math.round(((kept / FOR_MS) * HOUR_MS) / 1000)} k rows/h`,
      reference: `the ${permitted} calls Zendesk permits`,
      ratio: `${(calls / permitted).toFixed(2)} (at least 0.95)`,
    },
    {
      what: 'back-fill, CPU',
      size: 'server and database together, answers read from their text',
      result: `${(cpu / calls).toFixed(0)} ms a page`,
      reference: 'one core for those 30 minutes',
      ratio: `${(cpu / FOR_MS).toFixed(3)} (at most 0.20)`,
    },
    {
      what: 'back-fill, unthrottled',
      size: 'the same pages without waiting for Zendesk',
      result: `${Math.round(kept / seconds)} rows/s`,
      reference: 'what Zendesk permits at most: 167 rows of its own a second',
      ratio: `${(kept / seconds / ((PER_MINUTE * PAGE) / 60)).toFixed(1)}`,
    },
  ]
}

/** Processor time of ours and of the database so far. */
function cpuMs(postgres: number): number {
  const { user, system } = process.cpuUsage()
  const own = (user + system) / 1000
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const theirs = pids.map((pid) => {
    try {
      const [, rest] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
      const fields = rest!.split(' ')
      const isOne = Number(pid) === postgres || Number(fields[1]) === postgres
      // Ticks of a hundredth of a second; those of children that ended are the parent's.
      return isOne ? (Number(fields[11]) + Number(fields[12])) * 10 : 0
    } catch {
      return 0
    }
  })
  return own + theirs.reduce((sum, ms) => sum + ms, 0)
}

async function sizes(db: Database, owner: Database): Promise<BenchRow[]> {
  const { id: accountId } = await createAccounts({ db, clock: Date }).ensureAccount({
    ...{ subdomain: 'sizes', zendeskUrl: 'http://localhost' },
  })
  await sql`truncate zendesk_ticket, ticket_change`.execute(owner)
  await inAccount(db, accountId, (tx) =>
    sql`
      insert into zendesk_ticket
      select ${accountId}::bigint, n, 1735689600000 + n * 30000, 1735689600000 + n * 30000, 1735689600000 + n * 30000,
        'Sign-in fails for some of our users since update ' || n, 'closed', 'high', 'incident', 'email', 390000000 + n % 12,
        370000000000 + n % 40, 360000000000 + n, 360000000000 + n, 380000001 + n % 500, 410000000, 400000000, null, null,
        array['vip', 'sso', 'emea', 'tier_2', 'product_' || n % 9, 'csat_good'],
        (select jsonb_object_agg(36000000000 + field, 'option_' || (n + field) % 20) from generate_series(0, 24, 3) as field),
        1735689600000 + n * 30000 + 86400000, n % 3, n % 7, 'live', 1735689600000
      from generate_series(1, ${TICKETS_MORE}::bigint) as n`.execute(tx),
  )
  await inAccount(db, accountId, (tx) =>
    sql`
      insert into ticket_change
      select ${accountId}::bigint, 1 + n / 12, 1735689600000 + n * 2500, 1000000000000 + n / 2, (n % 2) * 64 + 1,
        (array['status', 'comment', 'group_id', 'assignee_id', 'tags', '36000000003'])[1 + n % 6],
        (array['pending', 'public', '390000001', '370000000007', 'sso', 'option_4'])[1 + n % 6],
        case when n % 6 in (0, 2, 3) then 'open' end, 370000000000 + n % 40, case when n % 5 = 0 then 51000000000 end
      from generate_series(0, ${CHANGES_MORE - 1}::bigint) as n`.execute(tx),
  )
  await sql`vacuum (analyze) zendesk_ticket`.execute(owner)
  await sql`vacuum (analyze) ticket_change`.execute(owner)
  return [
    await sizeOf(owner, 'zendesk_ticket', TICKETS_MORE, MANY),
    await sizeOf(owner, 'ticket_change', CHANGES_MORE, 12 * MANY),
  ]
}

async function sizeOf(owner: Database, table: string, rows: number, many: number): Promise<BenchRow> {
  const found = await sql<{ heap: number; indexes: number }>`
    select sum(pg_table_size(relid))::bigint as heap, sum(pg_indexes_size(relid))::bigint as indexes
    from (select relid from pg_partition_tree(${table}::regclass) union select ${table}::regclass) as part`.execute(
    owner,
  )
  const { heap, indexes } = found.rows[0]!
  const gigabytes = (bytes: number) => `${(((bytes / rows) * many) / 1e9).toFixed(0)} GB`
  return {
    what: `size of ${table}`,
    size: `${rows} rows, vacuumed`,
    result: `${Math.round(heap / rows)} bytes a row, indexes ${Math.round(indexes / rows)}`,
    reference: `10 M tickets by these: ${gigabytes(heap)}, indexes ${gigabytes(indexes)} (worked out, not measured)`,
    ratio: '',
  }
}
