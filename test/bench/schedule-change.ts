import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { deadlineAfter } from '../../core/clock/business-time.ts'
import { createCalendar } from '../../core/clock/calendar.ts'
import { createSchedule, type Schedule } from '../../core/clock/schedule.ts'
import type { Countdown } from '../../core/escalation/countdown.ts'
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../core/units.ts'
import { createAccounts } from '../../server/accounts.ts'
import { connect, type Database } from '../../server/db/connect.ts'
import { startEmbedded } from '../../server/db/embedded.ts'
import { inAccount } from '../../server/db/in-account.ts'
import { migrate } from '../../server/db/migrate.ts'
import { packCountdowns } from '../../server/engine/packed-countdowns.ts'
import { createCalendars } from '../../server/schedules/calendars.ts'
import { keepVersions } from '../../server/schedules/keep-versions.ts'
import { recountStale } from '../../server/schedules/recount.ts'
import type { BenchRow } from './row.ts'

const OPEN = 100_000
const ROUNDS = 3
const LIMIT_MS = 3000
const NOW: Instant = Date.parse('2026-03-06T10:00:00Z')

/**
 * From the change of a schedule to the last open deadline counted by it and the old one recorded, against an update of
 * the due instants of the same rows. Every escalation has a tier's clock and a customer's that follow from the schedule.
 */
export async function benchScheduleChange(): Promise<BenchRow[]> {
  const home = mkdtempSync(path.join(tmpdir(), 'baton-bench-'))
  try {
    await using embedded = await startEmbedded({ home })
    await migrate(embedded.url)
    const [db, owner] = [connect(embedded.url), connect(embedded.url, { role: null, max: 1 })]
    try {
      // As autovacuum leaves the tables some time after a change; here one follows upon the other.
      return await measure(db, async () => void (await sql`vacuum (analyze) escalation_clocks, event`.execute(owner)))
    } finally {
      await Promise.all([db.destroy(), owner.destroy()])
    }
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function measure(db: Database, vacuum: () => Promise<void>): Promise<BenchRow[]> {
  const clock = { now: () => NOW }
  const calendars = createCalendars(db, clock)
  const accounts = createAccounts({ db, clock })
  const { id: accountId } = await accounts.ensureAccount({ subdomain: 'bench', zendeskUrl: 'http://localhost' })
  await change(db, accountId, 17, NOW)
  await openEscalations(db, accountId, (await calendars.of(accountId)).asOf)

  const changes: number[] = []
  const updates: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await vacuum()
    updates.push(
      await took(() =>
        inAccount(db, accountId, (tx) => sql`update escalation_clocks set next_due_at = next_due_at + 1`.execute(tx)),
      ),
    )
    await vacuum()
    changes.push(
      await took(async () => {
        await change(db, accountId, round % 2 === 0 ? 16 : 17, NOW + round)
        const count = await recountStale(accountId, { db, clock, calendars })
        if (count !== OPEN) throw new Error(`${count} of ${OPEN} escalations were counted anew`)
      }),
    )
  }
  const [whole, plain] = [median(changes), median(updates)]
  const moved = (await inAccount(db, accountId, (tx) => sql`select 1 from event limit ${2 * OPEN}`.execute(tx))).rows
  return [
    {
      what: 'schedule changed',
      size: `${OPEN} open escalations of 2 clocks, ${moved.length} deadlines moved, median of ${ROUNDS}`,
      result: `${(whole / 1000).toFixed(2)} s (at most ${LIMIT_MS / 1000})`,
      reference: `plain update of the due instants of the same rows: ${(plain / 1000).toFixed(2)} s`,
      ratio: whole / plain,
    },
  ]
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

function hours(closes: number): Schedule {
  const day = [['09:00', `${closes}:00`]]
  const made = createSchedule({
    timezone: 'Europe/Berlin',
    weekly: { mon: day, tue: day, wed: day, thu: day, fri: day },
    holidays: ['2026-04-03', '2026-04-06', '2026-05-01'],
  })
  if (!made.ok) throw new Error(made.problems[0]!.message)
  return made.schedule
}

async function change(db: Database, accountId: number, closes: number, at: Instant): Promise<void> {
  const { timezone, week, holidays } = hours(closes)
  const definition = { name: 'Berlin office', timezone, week, holidays, zendeskId: null }
  await inAccount(db, accountId, (tx) =>
    keepVersions(tx, accountId, [{ id: 'office', source: 'policy', definition }], at),
  )
}

const BATCH = 5000

async function openEscalations(db: Database, accountId: number, asOf: number): Promise<void> {
  const calendar = createCalendar(hours(17), { from: NOW - 30 * DAY_MS, to: NOW + 60 * DAY_MS })
  for (let start = 0; start < OPEN; start += BATCH) {
    const rows = Array.from({ length: BATCH }, (_, index) => {
      const number = start + index
      const id = `ESC-2026-${String(number).padStart(6, '0')}`
      const from = NOW - (number % 1000) * MINUTE_MS
      const after = (what: string, spanMs: number): Countdown => {
        const leftMs = spanMs + number
        return { id: what, at: deadlineAfter(calendar, from, leftMs), counted: { schedule: 'office', from, leftMs } }
      }
      const countdowns = [
        after(`${id}/0/resolution/warning/75`, 30 * HOUR_MS),
        after(`${id}/0/resolution/breach`, 40 * HOUR_MS),
        after('customer/warning/75', 60 * HOUR_MS),
        after('customer/breach', 80 * HOUR_MS),
      ]
      return {
        ...{ account_id: accountId, escalation_id: id, ticket_id: number + 1, schedules: ['office'] },
        ...{ next_due_at: countdowns[0]!.at, countdowns: packCountdowns(countdowns), schedules_as_of: asOf },
      }
    })
    await inAccount(db, accountId, (tx) => tx.insertInto('escalation_clocks').values(rows).execute())
  }
}
