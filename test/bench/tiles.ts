import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import type { MeasureId, ReportRequest } from '../../core/contract/report.ts'
import { partsWithin } from '../../core/metrics/parts.ts'
import { DAY_MS, type Instant } from '../../core/units.ts'
import { addUpPart } from '../../server/analytics/add-up.ts'
import { connect, type Database } from '../../server/db/connect.ts'
import { startEmbedded } from '../../server/db/embedded.ts'
import { inAccount } from '../../server/db/in-account.ts'
import type { BenchRow } from './row.ts'
import type { Asked, Told } from './tiles-server.ts'
import { load } from './webhook.ts'

/** Escalations over three years; `BENCH_ESCALATIONS` names another number. */
const SIZES = (process.env.BENCH_ESCALATIONS ?? '100000,1000000').split(',').map(Number)
const YEARS_MS = 3 * 365 * DAY_MS
const LIMIT_MS = 200
const TIMES = 20
const ZONE = 'UTC'

/** The measures that tiles ask for; all of a real account's are alike. */
const MEASURES = ['escalations', 'mttr', 'time_to_acknowledge', 'sla_attainment', 'returns'] as const

/** How fast the tiles of the page are, against a plain count of the same cases in the same run. */
export async function benchTiles(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const size of SIZES) rows.push(...(await benchSize(size)))
  return rows
}

async function benchSize(escalations: number): Promise<BenchRow[]> {
  const home = mkdtempSync(path.join(tmpdir(), 'baton-bench-'))
  const server = fork(path.join(import.meta.dirname, 'tiles-server.ts'), [home])
  try {
    const { port, accountId } = (await next(server)) as { port: number; accountId: number }
    await using embedded = await startEmbedded({ home })
    const db = connect(embedded.url, { max: 4 })
    try {
      const until = Math.floor(Date.now() / DAY_MS) * DAY_MS
      const writtenMs = await took(() => fill(db, accountId, escalations, until))
      const addedMs = await took(() => addUp(db, accountId, until))
      const measured = await measure(server, db, { accountId, escalations, until, port })
      const size = `${escalations.toLocaleString('en')} escalations over 3 years`
      return [
        ...measured.map((row) => ({ ...row, size: `${size}${row.size}` })),
        {
          what: 'weeks added up anew, all of them',
          size,
          result: `${(addedMs / 1000).toFixed(1)} s`,
          reference: `their cases written: ${(writtenMs / 1000).toFixed(1)} s`,
          ratio: addedMs / writtenMs,
        },
      ]
    } finally {
      await db.destroy()
    }
  } finally {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.send('stop')
    await ended
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

type Filled = { accountId: number; escalations: number; until: Instant; port: number }

async function measure(server: ChildProcess, db: Database, { accountId, until, port }: Filled): Promise<BenchRow[]> {
  const report = (days: number, more: Partial<ReportRequest> & { measures: MeasureId[] }): Asked => ({
    kind: 'report',
    request: { from: iso(until - days * DAY_MS), to: iso(until), zone: ZONE, by: [], filters: {}, ...more },
  })
  const all = YEARS_MS / DAY_MS
  const [mttr, sla] = [['mttr'] as MeasureId[], ['sla_attainment'] as MeasureId[]]
  const tiles: Record<string, { asked: Asked; isRaw?: true }> = {
    'tile: median, 90 days, with trend': { asked: report(90, { measures: mttr }) },
    'tile: median, all 3 years': { asked: report(all, { measures: mttr }) },
    'tile: five measures, a year': { asked: report(365, { measures: [...MEASURES] }) },
    'tile: median by week, a year': { asked: report(365, { measures: mttr, by: ['week'] }) },
    'tile: median by month, 3 years': { asked: report(all, { measures: mttr, by: ['month'] }) },
    'tile: share by queue, 3 years': { asked: report(all, { measures: sla, by: ['queue'] }) },
    'tile: median by queue and month, 3 years': { asked: report(all, { measures: mttr, by: ['queue', 'month'] }) },
    'tile: median by agent, a year': { asked: report(365, { measures: mttr, by: ['agent'] }) },
    'tile: median of one queue, 3 years': { asked: report(all, { measures: mttr, filters: { queue: ['queue-3'] } }) },
    'tile: backlog by tier': { asked: report(90, { measures: ['backlog'], by: ['tier'] }) },
    'tile: backlog by age, a year ago': { asked: { kind: 'backlog', at: until - 365 * DAY_MS } },
    'tile: load of tiers and people, 90 days': { asked: { kind: 'load', from: until - 90 * DAY_MS, to: until } },
    'rows behind a figure, a year, first page': {
      asked: {
        kind: 'tickets',
        request: {
          ...{ from: iso(until - 365 * DAY_MS), to: iso(until), zone: ZONE, filters: {} },
          measure: 'mttr',
          only: null,
          after: null,
        },
      },
    },
    'counted one by one: queue × severity, 90 days': {
      asked: report(90, { measures: mttr, by: ['queue', 'severity'] }),
      isRaw: true,
    },
    'counted one by one: queue × severity, 3 years': {
      asked: report(all, { measures: mttr, by: ['queue', 'severity'] }),
      isRaw: true,
    },
  }
  const counts = new Map<number, number>()
  const rows: BenchRow[] = []
  for (const [what, { asked, isRaw }] of Object.entries(tiles)) {
    const { ms, cpuMs, heldUpMs, rssMb } = await askServer(server, [asked], TIMES)
    const days = asked.kind === 'report' || asked.kind === 'tickets' ? daysOf(asked.request) : 90
    if (!counts.has(days)) counts.set(days, await plainCount(db, accountId, until - days * DAY_MS, until))
    const plainMs = counts.get(days)!
    const p95 = at(ms, 0.95)
    rows.push({
      ...{ what, size: `, ${TIMES} times`, result: `p50 ${at(ms, 0.5).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms` },
      reference: `count(*) of those cases: ${plainMs.toFixed(0)} ms; server: CPU ${cpuMs.toFixed(0)} ms, held up ${heldUpMs.toFixed(0)} ms, ${rssMb.toFixed(0)} MB`,
      ratio: isRaw ? `${(p95 / plainMs).toFixed(1)} of the count` : `${(p95 / LIMIT_MS).toFixed(2)} of ${LIMIT_MS} ms`,
    })
  }
  const shown = Object.values(tiles).flatMap(({ asked, isRaw }) => (isRaw ? [] : [asked]))
  await load(port, 2000)
  const quiet = await load(port, 4000)
  const [, busy] = await Promise.all([askServer(server, shown, 60), load(port, 4000)])
  rows.push({
    what: 'webhook answered, p99, while tiles load',
    size: ', 64 connections, tiles one after the other',
    result: `${busy.p99Ms.toFixed(1)} ms (${Math.round(busy.perSecond)}/s)`,
    reference: `without tiles: ${quiet.p99Ms.toFixed(1)} ms (${Math.round(quiet.perSecond)}/s)`,
    ratio: `${(busy.p99Ms / 50).toFixed(2)} of 50 ms`,
  })
  return rows
}

function daysOf({ from, to }: { from: string; to: string }): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS
}

async function plainCount(db: Database, accountId: number, from: Instant, to: Instant): Promise<number> {
  const times: number[] = []
  for (let time = 0; time < 5; time++) {
    times.push(
      await took(() =>
        inAccount(db, accountId, (tx) =>
          sql`select count(*) from measure_case where measure = 'mttr' and at >= ${from} and at < ${to}`.execute(tx),
        ),
      ),
    )
  }
  return at(times, 0.5)
}

/** Cases as a measurer writes them, straight into the tables: what people do is drawn by the database. */
async function fill(db: Database, accountId: number, escalations: number, until: Instant): Promise<void> {
  const from = until - YEARS_MS
  const step = YEARS_MS / escalations
  const BATCH = 50_000
  for (let first = 0; first < escalations; first += BATCH) {
    const last = Math.min(first + BATCH, escalations)
    await inAccount(db, accountId, async (tx) => {
      await sql`set local synchronous_commit = off`.execute(tx)
      await sql`
        create temporary table drawn on commit drop as
        select n as ticket_id, 'ESC-' || lpad(n::text, 9, '0') as escalation_id,
          (${from}::bigint + n * ${step}::float8)::bigint as at,
          2 + (random() < 0.25)::int as tier, 'queue-' || floor(random() * 20) as queue,
          'component-' || floor(random() * 60) as component, 'category-' || floor(random() * 8) as category,
          'segment-' || floor(random() * 3) as segment, 'P' || floor(random() * 4) as severity,
          (1000 + floor(random() * 300))::bigint as agent, 'Severity goes to tier 2' as reason,
          exp(random() * 8 + 6)::int as amount, random() as luck
        from generate_series(${first}::bigint, ${last - 1}::bigint) as n`.execute(tx)
      for (const measure of MEASURES) {
        const isDuration = measure === 'mttr' || measure === 'time_to_acknowledge'
        await sql`
          insert into measure_case (account_id, ticket_id, measure, escalation_id, part, at, outcome, amount, note, tier,
            queue, component, category, segment, severity, agent, reason, origin)
          select ${accountId}, ticket_id, ${measure}, escalation_id, 0, at,
            case when luck > 0.98 then 'open' when luck < 0.2 and ${!isDuration} then 'miss' else 'hit' end,
            ${isDuration ? sql`case when luck > 0.98 then null else amount / ${measure === 'mttr' ? 1 : 20} end` : sql`null::int`}, 'resolved', tier, queue,
            component, category, segment, severity, agent, reason, 'manual' from drawn`.execute(tx)
      }
      await sql`
        insert into measure_stay (account_id, ticket_id, escalation_id, part, tier, queue, component, category, segment,
          severity, reason, origin, owner, standing, requested_at, from_at, to_at)
        select ${accountId}, ticket_id, escalation_id, 0, tier, queue, component, category, segment, severity, reason,
          'manual', agent, 'with-tier', at, at, case when at > ${until - 10 * DAY_MS} and luck > 0.5 then null else at + amount * 1000::bigint end
        from drawn`.execute(tx)
    })
  }
  await inAccount(db, accountId, async (tx) => {
    await sql`insert into measure_account values (${accountId}, ${ZONE}, 1)`.execute(tx)
  })
}

async function addUp(db: Database, accountId: number, until: Instant): Promise<void> {
  for (const part of partsWithin(ZONE, until - YEARS_MS, until)) {
    await inAccount(db, accountId, (tx) => addUpPart(tx, accountId, part))
  }
}

async function askServer(server: ChildProcess, asked: Asked[], times: number): Promise<Told> {
  server.send({ asked, times })
  return (await next(server)) as Told
}

function next(server: ChildProcess): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  const ended = (code: number | null) => reject(new Error(`The server ended with ${code}`))
  server.once('exit', ended)
  server.once('message', (message) => {
    server.off('exit', ended)
    resolve(message)
  })
  return promise
}

async function took(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await run()
  return performance.now() - startedAt
}

function at(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))]!
}

function iso(instant: Instant): string {
  return new Date(instant).toISOString()
}
