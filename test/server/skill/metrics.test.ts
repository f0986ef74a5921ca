import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CalculateMetricsResult, Dimension, Metric } from '../../../core/contract/skill-metrics.ts'
import {
  ALL_METRICS,
  CalculateMetricsResult as Answer,
  DIMENSIONS,
  METRICS,
} from '../../../core/contract/skill-metrics.ts'
import { aNote } from '../../support/notes.ts'
import { startWorld, type TestWorld } from '../../support/world.ts'
import { aBot, accepted, type Bot, escalated } from './a-bot.ts'

describe('calculate-metrics', () => {
  let world: TestWorld
  let bot: Bot

  beforeAll(async () => {
    world = await startWorld({ zendesk: { limits: { accountPerMinute: 100_000, ticketUpdatesPerMinute: 10_000 } } })
    bot = await aBot(world)
    const resolved = await accepted(world, aNote({ triage: { severity: 'P2', category: 'bug' } }))
    await escalated(world, aNote({ triage: { category: 'outage' } }))
    await world.advance({ hours: 3 })
    await world.agent('Elif').say(resolved.ticketId, 'resolve', {
      ...{ root_cause: 'A stale cache', resolution: 'fixed_in_code', fix: 'Cache cleared' },
      ...{ article: 'not_needed', article_reason: 'Happens once' },
    })
    await world.settle()
    // Asked for on another day.
    await world.advance({ hours: 24 })
    await escalated(world)
    while ((await world.context.measurer.pass()) > 0);
  })
  afterAll(() => world[Symbol.asyncDispose]())

  const calculate = async (
    start: string,
    end: string,
    dimensions: Dimension[] = [],
    metrics: Metric[] = [...METRICS],
  ) => {
    const { status, body } = await bot.act('calculate-metrics', { date_range: { start, end }, dimensions, metrics })
    expect(status, JSON.stringify(body)).toBe(200)
    return Answer.parse(body) as CalculateMetricsResult
  }

  it('tells of what was asked for within the window; a day as the end is part of it', async () => {
    const day = await calculate('2026-03-06', '2026-03-06', ['severity', 'issue_category', 'customer_segment'])
    expect(day.window).toEqual({ from: '2026-03-06T00:00:00.000Z', to: '2026-03-07T00:00:00.000Z' })
    expect(day.totals).toMatchObject({
      escalation_count: { value: 2, open: 1 },
      mttr_escalations: { value: 3, resolved: 1, open: 1, unresolved: 0 },
      escalation_rate: { value: null, reason: "Zendesk's tickets have not been read yet" },
    })
    expect(day.rows.map((row) => row.dimensions)).toEqual([
      { severity: 'P0', issue_category: 'outage', customer_segment: 'enterprise' },
      { severity: 'P2', issue_category: 'bug', customer_segment: 'enterprise' },
    ])
    const { met, breached, running, by_clock } = day.totals.sla_compliance!
    expect(met + breached + running).toBeGreaterThan(0)
    const each = Object.values(by_clock).map((one) => one.met + one.breached + one.running)
    expect(each.reduce((sum, count) => sum + count)).toBe(met + breached + running)
    expect((await calculate('2026-03-06', '2026-03-07')).totals.escalation_count!.value).toBe(3)
  })

  it('has every measure of reports by its own name, by every dimension, and says what each means', async () => {
    const metrics = [...ALL_METRICS]
    const { totals, rows, definitions } = await calculate('2026-03-01', '2026-03-31', [...DIMENSIONS], metrics)
    expect(totals).toMatchObject({ mttr: { value: 3, open: 2 }, link_rate: { value: 0, n: 1 }, backlog: { value: 2 } })
    expect(rows[0]!.dimensions).toMatchObject({ escalation_tier: 2, origin: 'manual', week: '2026-W10' })
    expect(Object.keys(definitions)).toEqual(metrics)
    const sum = rows.reduce((total, { values }) => total + (values.escalation_count?.value ?? 0), 0)
    expect(sum).toBe(3)
  })

  it('takes instants too, of which the end is no part', async () => {
    const count = async (start: string, end: string) => (await calculate(start, end)).totals.escalation_count!.value
    expect(await count('2026-03-06T10:00:00Z', '2026-03-06T10:00:00.001Z')).toBe(2)
    expect(await count('2026-03-06T09:00:00Z', '2026-03-06T10:00:00Z')).toBe(0)
    expect(await count('2026-03-06T12:00:00+02:00', '2026-03-06T12:00:01+02:00')).toBe(2)
    expect(await count('1999-01-01', '2099-12-31')).toBe(3)
  })

  it.each<[string, object, string]>([
    [
      'a range that ends before it starts',
      { date_range: { start: '2026-03-07', end: '2026-03-06' } },
      'date_range.end',
    ],
    ['a day there is not', { date_range: { start: '2026-02-30', end: '2026-03-06' } }, 'date_range.start'],
    ['a dimension there is not', { dimensions: ['weather'] }, 'dimensions.0'],
    ['a dimension twice', { dimensions: ['queue', 'queue'] }, 'dimensions'],
    ['a metric there is not', { metrics: ['happiness'] }, 'metrics.0'],
    ['no metric', { metrics: [] }, 'metrics'],
  ])('refuses %s with its place', async (_, changes, path) => {
    const given = { date_range: { start: '2026-03-06', end: '2026-03-06' }, ...changes }
    const { status, body } = await bot.act('calculate-metrics', given)
    expect(status).toBe(422)
    expect(body.details).toMatchObject([{ path }])
  })
})
