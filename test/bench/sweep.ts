import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pino } from 'pino'
import { type Instant, MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import { createAccounts } from '../../server/accounts.ts'
import { canaryState } from '../../server/clocks/canary.ts'
import { createSweep, type Sweep } from '../../server/clocks/sweep.ts'
import { connect, type Database } from '../../server/db/connect.ts'
import { startEmbedded } from '../../server/db/embedded.ts'
import { inAccount } from '../../server/db/in-account.ts'
import { migrate } from '../../server/db/migrate.ts'
import { keepClocks } from '../../server/engine/clocks-row.ts'
import { lockTicketStates, writeTicketStates } from '../../server/engine/ticket-row.ts'
import { ensurePolicy } from '../../server/first-policy.ts'
import { createMetrics } from '../../server/metrics.ts'
import { currentPolicy } from '../../server/policy/store.ts'
import { type Calendars, createCalendars } from '../../server/schedules/calendars.ts'
import type { BenchRow } from './row.ts'

const DUE = 5000
const BATCH = 100
/** Due instants are spread over this long, as they come in a large account. */
const SPREAD_MS = 10 * SECOND_MS
const SPREAD = 500
/** Writers beside the sweep. */
const LANES = 16

/**
 * How fast the sweep tells what is due, against reading and writing the same rows in the same batches; and how late it
 * is while the database is busy with others. Zendesk answers that nothing changed.
 */
export async function benchSweep(): Promise<BenchRow[]> {
  const home = mkdtempSync(path.join(tmpdir(), 'baton-bench-'))
  try {
    await using embedded = await startEmbedded({ home })
    await migrate(embedded.url)
    const db = connect(embedded.url, { max: 20 })
    try {
      return await measure(db)
    } finally {
      await db.destroy()
    }
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function measure(db: Database): Promise<BenchRow[]> {
  const clock = Date
  const account = await createAccounts({ db, clock }).ensureAccount({
    subdomain: 'bench',
    zendeskUrl: 'http://localhost',
  })
  const log = pino({ level: 'silent' })
  await ensurePolicy(db, account.id, null, { now: clock.now(), log })
  const calendars = createCalendars(db, clock)
  const open = (first: number, ages: readonly number[]) => openEscalations(db, account.id, calendars, first, ages)

  await open(1, Array<number>(DUE).fill(2 * MINUTE_MS))
  const plainMs = await took(() => rewrite(db, account.id, DUE))
  const sweep = sweepOf()
  let told = 0
  const sweptMs = await took(async () => {
    told = await sweep.pass()
  })
  if (told !== DUE) throw new Error(`${told} of ${DUE} were told`)

  const begin = clock.now()
  // Each waits one minute: they fall due one after the other, beginning two seconds from now.
  const ages = Array.from({ length: SPREAD }, (_, index) => MINUTE_MS - 2 * SECOND_MS - (index * SPREAD_MS) / SPREAD)
  await open(DUE + 1, ages)
  const busy = keepBusy(db, account.id, begin + SPREAD_MS + 8 * SECOND_MS)
  sweep.start()
  const writes = await busy
  await sweep.stop()
  const lateness = await latenessOf(db, account.id, DUE + 1)
  if (lateness.length !== SPREAD) throw new Error(`${lateness.length} of ${SPREAD} were told in time`)
  const at = (share: number) => lateness[Math.ceil(share * lateness.length) - 1]! / SECOND_MS

  return [
    {
      what: 'sweep',
      size: `${DUE} escalations due at once, 2 moments each, in batches of ${BATCH}`,
      result: `${Math.round(DUE / (sweptMs / 1000))} escalations/s`,
      reference: `the same rows read, held and written back: ${Math.round(DUE / (plainMs / 1000))}/s`,
      ratio: plainMs / sweptMs,
    },
    {
      what: 'lateness under load',
      size: `${SPREAD} due within ${SPREAD_MS / SECOND_MS} s, ${LANES} lanes of other writes`,
      result: `p50 ${at(0.5).toFixed(2)} s, p99 ${at(0.99).toFixed(2)} s`,
      reference: `meanwhile ${Math.round(writes / ((SPREAD_MS + 8 * SECOND_MS) / SECOND_MS))} other writes/s; the sweep looks once a second`,
      ratio: '',
    },
  ]

  function sweepOf(): Sweep {
    const stamps = (ids: readonly number[]) => Promise.resolve(new Map(ids.map((id) => [id, 0])))
    return createSweep({
      ...{ db, clock, account, calendars, log, followUp: async () => {} },
      metrics: createMetrics(),
      jobs: { enqueueAll: async () => {} },
      zendeskOf: () => ({ readTicketStamps: stamps }),
      observe: async () => {},
      policyOf: (id) => currentPolicy(db, id, clock.now()),
    })
  }
}

/** Escalations with a clock and a timer of one minute each, `ages` old. */
async function openEscalations(
  db: Database,
  accountId: number,
  calendars: Calendars,
  first: number,
  ages: readonly number[],
): Promise<void> {
  const now = Date.now()
  const setting = { accountId, now, calendars: await calendars.of(accountId) }
  for (let start = 0; start < ages.length; start += 500) {
    const states = ages.slice(start, start + 500).map((ageMs, index) => {
      const ticketId = first + start + index
      const state = canaryState(now - ageMs)
      const [escalation] = state.escalations
      return { ...state, ticketId, escalations: [{ ...escalation!, id: `ESC-2026-${ticketId}` }] }
    })
    await inAccount(db, accountId, async (tx) => {
      await lockTicketStates(
        tx,
        accountId,
        states.map(({ ticketId }) => ticketId),
        now,
      )
      await writeTicketStates(
        tx,
        states.map((state) => ({ state, seenAt: now })),
        now,
      )
      await keepClocks(tx, states, setting)
    })
  }
}

async function rewrite(db: Database, accountId: number, count: number): Promise<void> {
  for (let start = 1; start <= count; start += BATCH) {
    const ids = Array.from({ length: BATCH }, (_, index) => start + index)
    await inAccount(db, accountId, async (tx) => {
      const now = Date.now()
      const states = await lockTicketStates(tx, accountId, ids, now)
      await writeTicketStates(
        tx,
        [...states.values()].map((state) => ({ state, seenAt: null })),
        now,
      )
    })
  }
}

/** Other work for the database until an instant; answers how much of it was done. */
async function keepBusy(db: Database, accountId: number, until: Instant): Promise<number> {
  let writes = 0
  const lanes = Array.from({ length: LANES }, async (_, lane) => {
    while (Date.now() < until) {
      const ticketId = 1_000_000 + lane * 1000 + (writes % 1000)
      await inAccount(db, accountId, (tx) => lockTicketStates(tx, accountId, [ticketId], Date.now()))
      writes++
      await delay(1)
    }
  })
  await Promise.all(lanes)
  return writes
}

/** Milliseconds, least first. */
async function latenessOf(db: Database, accountId: number, first: number): Promise<number[]> {
  const rows = await inAccount(db, accountId, (tx) =>
    tx
      .selectFrom('event')
      .select('data')
      .where('ticket_id', '>=', first)
      .where('kind', '=', 'clock-breached')
      .execute(),
  )
  return rows.map(({ data }) => (data as { lateMs: number }).lateMs).sort((a, b) => a - b)
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
