import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MEASURES, type MeasureId, type ReportDimension, type ReportRequest } from '../../../core/contract/report.ts'
import { definitionOf, OF_TICKETS } from '../../../core/metrics/definitions.ts'
import { weekOf } from '../../../core/review/agenda.ts'
import { DAY_MS, HOUR_MS } from '../../../core/units.ts'
import { createKeptReports } from '../../../server/analytics/kept-reports.ts'
import { reportOf } from '../../../server/analytics/report.ts'
import { reportTickets } from '../../../server/analytics/report-tickets.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { savePolicy } from '../../../server/policy/store.ts'
import { DEMO_POLICY } from '../../demo/policy.ts'
import { type GeneratedAccount, generatedAccount, UNTIL, untilDone } from './generated-account.ts'

let account: GeneratedAccount
const ALL = { from: iso(UNTIL - 200 * DAY_MS), to: iso(UNTIL), zone: 'Europe/Berlin', filters: {}, by: [] }
const OF_CASES = MEASURES.filter((id) => !(OF_TICKETS as readonly string[]).includes(id) && id !== 'load')

function iso(at: number): string {
  return new Date(at).toISOString()
}

beforeAll(async () => {
  account = await generatedAccount()
})
afterAll(() => account?.[Symbol.asyncDispose]())

const ask = async (request: Partial<ReportRequest> & { measures: MeasureId[] }) =>
  reportOf({ ...ALL, ...request }, await account.setting())

const rowsIn = (table: 'measure_case' | 'measure_stay' | 'measure_mark' | 'measure_week' | 'measure_week_due') =>
  inAccount(account.db, account.accountId, async (tx) => {
    const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(table)} as t`.execute(
      tx,
    )
    return rows.map(({ row }) => row).sort()
  })

/** Dimensions and windows of every kind, within the weeks of the account's own zone and across them. */
const request = fc.record({
  from: fc.integer({ min: -110 * 24, max: 0 }).map((hours) => iso(UNTIL + hours * HOUR_MS)),
  hours: fc.integer({ min: 1, max: 110 * 24 }),
  by: fc.uniqueArray(
    fc.constantFrom<ReportDimension>('tier', 'queue', 'severity', 'agent', 'reason', 'week', 'month'),
    {
      maxLength: 2,
    },
  ),
  filters: fc.constantFrom<ReportRequest['filters']>(
    {},
    {},
    { tier: ['2'] },
    { severity: ['P1', 'P2'] },
    { month: ['2026-10'] },
  ),
})

describe('a measurer', () => {
  it('that is killed at any instant leaves nothing out and nothing twice', async () => {
    for (const dies of [1, 4, 9]) {
      let left = dies
      const clock = {
        now: () => {
          if (left-- === 0) throw new Error('killed')
          return account.clock.now()
        },
      }
      await expect(untilDone(account.measurer({ clock }))).rejects.toThrow('killed')
      expect(await rowsIn('measure_case')).toEqual([])
      expect(await rowsIn('measure_mark')).not.toEqual([])
    }
    await Promise.all([untilDone(account.measurer()), untilDone(account.measurer())])
    const once = await rowsIn('measure_case')
    const stays = await rowsIn('measure_stay')
    expect(once.length).toBeGreaterThan(500)
    expect(await rowsIn('measure_mark')).toEqual([])
    await inAccount(account.db, account.accountId, (tx) =>
      sql`insert into measure_mark (account_id, ticket_id)
        select ${account.accountId}::bigint, ticket_id from measure_case`.execute(tx),
    )
    await untilDone(account.measurer())
    expect(await rowsIn('measure_case')).toEqual(once)
    expect(await rowsIn('measure_stay')).toEqual(stays)
  })
})

describe('a report', () => {
  it('says the same from weeks that are added up as from the cases themselves', async () => {
    const asked = fc.sample(request, { numRuns: 14, seed: 5 }).map(({ from, hours, by, filters }) => ({
      ...{ from, to: iso(Date.parse(from) + hours * HOUR_MS), measures: [...OF_CASES], by, filters },
    }))
    expect(await rowsIn('measure_week')).toEqual([])
    const raw = []
    for (const one of asked) raw.push(await ask(one))
    account.clock.at += 31_000
    await untilDone(account.measurer())
    expect(await rowsIn('measure_week_due')).toEqual([])
    const zones = await inAccount(account.db, account.accountId, (tx) =>
      tx.selectFrom('measure_account').select('zone').execute(),
    )
    expect(zones).toEqual([{ zone: ALL.zone }])
    expect((await rowsIn('measure_week')).length).toBeGreaterThan(100)
    account.clock.at -= 31_000
    for (const [index, one] of asked.entries()) expect(await ask(one)).toEqual(raw[index])
    account.clock.at += 31_000
  })

  it('opens to rows that add up to its figure', async () => {
    await fc.assert(
      fc.asyncProperty(request, fc.constantFrom(...OF_CASES), async ({ from, hours, filters }, measure) => {
        const window = { from, to: iso(Date.parse(from) + hours * HOUR_MS), zone: 'Europe/Berlin', filters }
        const value = (await ask({ ...window, measures: [measure] })).totals[measure]!
        const rows = []
        let after: string | null = null
        do {
          const page = await reportTickets({ ...window, measure, only: null, after }, await account.setting())
          rows.push(...page.rows)
          after = page.next
          if (after === null) expect(rows).toHaveLength(page.total)
        } while (after !== null)
        const decided = rows.flatMap((row) => (row.value === null ? [] : [row.value]))
        const { kind } = definitionOf(measure)
        if (kind === 'count') expect(rows).toHaveLength(value.value!)
        else expect([decided.length, rows.length - decided.length]).toEqual([value.n, value.open])
        const sum = decided.reduce((total, one) => total + one, 0)
        if (kind === 'share') expect(sum).toBe(value.hits ?? 0)
        if (kind === 'duration' || kind === 'mean') expect(sum / decided.length || 0).toBeCloseTo(value.mean ?? 0, 6)
      }),
      { numRuns: 40, seed: 9 },
    )
  })

  it('has groups that make up the whole', async () => {
    for (const by of ['queue', 'week', 'agent'] as const) {
      const { groups, totals } = await ask({ measures: ['escalations'], by: [by] })
      const sum = groups.reduce((total, { values }) => total + values.escalations!.value!, 0)
      expect(sum, by).toBe(totals.escalations!.value)
    }
  })
})

describe('a kept report', () => {
  it('is answered again until a case changes', async () => {
    const kept = createKeptReports()
    const asked = { ...ALL, measures: ['escalations' as const], by: [], filters: {} }
    const setting = await account.setting()
    const first = await kept.of(asked, setting)
    expect(await kept.of(asked, { ...setting, now: setting.now + 1000 })).toEqual({
      ...first,
      asOf: iso(setting.now + 1000),
    })
    const { db, accountId } = account
    // Whoever changes cases counts the version up; what changes otherwise is not noticed.
    await inAccount(db, accountId, (tx) =>
      sql`update measure_week set hits = hits + 1 where measure = 'escalations' and dimension = 'none'`.execute(tx),
    )
    expect((await kept.of(asked, setting)).totals).toEqual(first.totals)
    await inAccount(db, accountId, (tx) => sql`update measure_account set version = version + 1`.execute(tx))
    expect((await kept.of(asked, setting)).totals.escalations!.value).toBeGreaterThan(first.totals.escalations!.value!)
    await inAccount(db, accountId, (tx) =>
      sql`update measure_week set hits = hits - 1 where measure = 'escalations' and dimension = 'none'`.execute(tx),
    )
  })
})

/** What Zendesk's own audits say: when each escalation was asked for, and what was said in it. */
function fromAudits() {
  const { audits, tickets } = account.history.state
  return Object.entries(audits).flatMap(([id, list]) => {
    const said = list.map((audit) => ({
      id: audit.id,
      at: audit.created_at,
      custom: audit.metadata.custom as Custom,
      audit,
    }))
    const began = new Map<string, number>()
    for (const { custom } of said) {
      const { id: effect, escalation } = custom.baton_effect ?? {}
      const [, cause] = /^(.+)\.route\.\d+$/.exec(effect ?? '') ?? []
      if (!cause || !escalation || began.has(escalation)) continue
      const [, auditId] = /^audit-(\d+)\.move$/.exec(cause) ?? []
      const from = said.find((one) => (auditId ? String(one.id) === auditId : one.custom.baton?.id === cause))
      began.set(escalation, from!.at)
    }
    if (began.size === 0) return []
    const resolved = said.filter(({ custom }) => custom.baton?.verb === 'resolve')
    return [{ ticket: tickets[Number(id)]!, began: [...began.values()], resolved }]
  })
}
type Custom = { baton?: { verb: string; id: string }; baton_effect?: { id: string; escalation: string } }

describe('three figures', () => {
  it('are those that the audits of Zendesk give by hand', async () => {
    const tickets = fromAudits()
    const { totals } = await ask({
      measures: ['escalations', 'time_to_escalate', 'link_rate', 'escalation_rate_cohort'],
    })
    expect(totals.escalations!.value).toBe(tickets.flatMap(({ began }) => began).length)

    const waits = tickets
      .map(({ ticket, began }) => (Math.min(...began) - ticket.created_at) / HOUR_MS)
      .toSorted((a, b) => a - b)
    expect(totals.time_to_escalate!.n).toBe(waits.length)
    expect(totals.time_to_escalate!.value).toBeCloseTo(waits[Math.ceil(waits.length / 2) - 1]!, 3)

    const texts = tickets.flatMap(({ resolved }) => resolved.map(({ audit }) => JSON.stringify(audit.events)))
    const linked = texts.filter((text) => /Article[^A-Za-z]*(\\n|\W)*(linked|improved)/i.test(text))
    expect(linked.length).toBeGreaterThan(2)
    expect([totals.link_rate!.hits, totals.link_rate!.n]).toEqual([linked.length, texts.length])
  })
})

describe('measures of all tickets', () => {
  it('wait until all of them were read, and are of those alone that count', async () => {
    const before = (await ask({ measures: [...OF_TICKETS] })).totals
    for (const id of OF_TICKETS) expect(before[id]!.reason).toBe("Zendesk's tickets have not been read yet")
    await inAccount(account.db, account.accountId, (tx) =>
      sql`insert into sync_cursor (account_id, export, start_at, current_at, began_at, done_at)
        values (${account.accountId}, 'tickets', 0, ${UNTIL + 60_000}, null, null),
          (${account.accountId}, 'tickets-history', 0, null, ${UNTIL - 300 * DAY_MS}, ${UNTIL})`.execute(tx),
    )
    const early = (await ask({ measures: [...OF_TICKETS], from: '2026-01-01T00:00:00Z' })).totals
    expect(early.escalation_rate!.reason).toBe('All tickets are known from 2026-02-03 on; begin the window there')
    const { totals, syncedTo } = await ask({ measures: [...OF_TICKETS] })
    expect(syncedTo).toBe(iso(UNTIL))
    const all = Object.values(account.history.state.tickets).filter(
      ({ created_at }) => created_at >= UNTIL - 200 * DAY_MS,
    )
    const counted = all.filter(({ status, tags }) => status !== 'deleted' && !tags.includes('closed_by_merge'))
    const escalated = new Set(fromAudits().map(({ ticket }) => ticket.id))
    const hits = counted.filter(({ id }) => escalated.has(id)).length
    expect(totals.escalation_rate_cohort).toMatchObject({ n: counted.length, hits })
    expect(totals.escalation_rate).toMatchObject({ n: counted.length, hits })
    const { groups } = await ask({ measures: ['escalation_rate_cohort'], by: ['agent'] })
    expect(groups.reduce((sum, { values }) => sum + values.escalation_rate_cohort!.n, 0)).toBe(counted.length)
    const byQueue = (await ask({ measures: ['escalation_rate'], by: ['queue'] })).totals
    expect(byQueue.escalation_rate!.reason).toBe('Tickets that were never escalated do not say this')
  })
})

describe('a report by weeks of another zone', () => {
  it('cuts them at midnight there, also in the week its clocks change', async () => {
    const requested = [...account.history.baton.states()].flatMap(({ escalations }) =>
      escalations.map((one) => one.requestedAt),
    )
    for (const [zone, offset] of [
      ['America/New_York', (at: number) => (at < Date.parse('2026-11-01T06:00:00Z') ? -4 : -5)],
      ['Europe/Berlin', (at: number) => (at < Date.parse('2026-10-25T01:00:00Z') ? 2 : 1)],
    ] as const) {
      const { groups } = await ask({ measures: ['escalations'], by: ['week'], zone })
      const local = requested.map((at) => weekOf(at + offset(at) * HOUR_MS))
      const counts = Map.groupBy(local, (week) => week)
      expect(groups.map(({ at, values }) => [at.week, values.escalations!.value])).toEqual(
        [...counts].map(([week, all]) => [week, all.length]).toSorted(),
      )
    }
  })
})

describe('names', () => {
  it('are those of today; a deleted agent keeps the last one, and a renamed group is the same queue', async () => {
    const before = await ask({ measures: ['escalations'], by: ['agent'] })
    const [known, deleted] = before.groups.map(({ at }) => at.agent!)
    const { db, accountId } = account
    await inAccount(db, accountId, (tx) =>
      sql`insert into zendesk_user (account_id, user_id, name, role, is_active, updated_at, read_at)
        values (${accountId}, ${Number(known)}, 'Ana Newname', 'agent', true, 0, 0)`.execute(tx),
    )
    const names = (await ask({ measures: ['escalations'], by: ['agent'] })).labels.agent!
    expect(names[known!]).toBe('Ana Newname')
    expect(names[deleted!]).toBe(before.labels.agent![deleted!])
    expect(names[deleted!]).toMatch(/\w+ \w+/)

    const queues = await ask({ measures: ['escalations'], by: ['queue'] })
    const [first] = Object.entries(queues.labels.queue!)
    const renamed = DEMO_POLICY.replaceAll(first![1], 'Another name')
    const saved = await savePolicy(db, accountId, { yaml: renamed, author: 'test', reason: 'renamed', now: UNTIL })
    expect(saved.ok).toBe(true)
    const after = await ask({ measures: ['escalations'], by: ['queue'] })
    expect(after.groups).toEqual(queues.groups)
    expect(after.labels.queue![first![0]]).toBe('Another name')
  })
})
