import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CalculateMetricsResult, Dimension, Metric } from '../../../core/contract/skill-metrics.ts'
import { DIMENSIONS, METRICS } from '../../../core/contract/skill-metrics.ts'
import type { EscalationFact, Places } from '../../../server/skill/metric-facts.ts'
import { metricsOf } from '../../../server/skill/metrics.ts'
import { aNote } from '../../support/notes.ts'
import { startWorld, type TestWorld } from '../../support/world.ts'
import { aBot, accepted, type Bot, escalated } from './a-bot.ts'

const HOUR = 3_600_000
const places = (given: Partial<Places> = {}): Places => ({
  ...{ escalation_tier: 2, issue_category: 'bug', customer_segment: 'enterprise', severity: 'P2' },
  ...{ queue: 'identity', component: 'sso', ...given },
})
const fact = (given: Partial<EscalationFact> = {}): EscalationFact => ({
  ...{ places: places(), isOpen: false, resolvedMs: null, clocks: [], ...given },
})

describe('metricsOf', () => {
  it('counts open ones apart, and drops none', () => {
    const facts = [
      fact({ resolvedMs: 2 * HOUR }),
      fact({ resolvedMs: 4 * HOUR }),
      fact({ resolvedMs: 30 * HOUR }),
      fact({ isOpen: true }),
      fact(),
    ]
    const { totals } = metricsOf(facts, [], ['escalation_count', 'mttr_escalations'])
    expect(totals).toEqual({
      escalation_count: { value: 5, open: 1 },
      mttr_escalations: { value: 12, p50: 4, p90: 30, resolved: 3, open: 1, unresolved: 1 },
    })
  })

  it('lets a tier answer for its own clocks, whichever tier has the escalation now', () => {
    const raised = fact({
      places: places({ escalation_tier: 3 }),
      clocks: [
        { name: 'resolution', places: places({ escalation_tier: 2 }), verdict: 'breached' },
        { name: 'resolution', places: places({ escalation_tier: 3 }), verdict: 'met' },
        { name: 'first-response', places: places({ escalation_tier: 3 }), verdict: 'running' },
        { name: 'customer', places: places({ escalation_tier: 3 }), verdict: 'met' },
      ],
    })
    const { rows, totals } = metricsOf([raised], ['escalation_tier'], ['escalation_count', 'sla_compliance'])
    expect(rows.map(({ dimensions, values }) => [dimensions.escalation_tier, values])).toMatchObject([
      [2, { escalation_count: { value: 0 }, sla_compliance: { value: 0, met: 0, breached: 1 } }],
      [3, { escalation_count: { value: 1 }, sla_compliance: { value: 1, met: 1, breached: 0, running: 1 } }],
    ])
    expect(totals.sla_compliance).toEqual({
      ...{ value: 0.5, met: 1, breached: 1, running: 1 },
      by_clock: {
        'first-response': { value: null, met: 0, breached: 0, running: 1 },
        resolution: { value: 0.5, met: 1, breached: 1, running: 0 },
      },
      customer: { value: 1, met: 1, breached: 0, running: 0 },
    })
  })

  it('has rows for the combinations there are, nothing last, which add up to the totals', () => {
    const facts = [
      fact({ places: places({ issue_category: null }) }),
      fact({ places: places({ issue_category: 'outage', escalation_tier: 3 }) }),
      fact({ places: places({ issue_category: 'bug', escalation_tier: 3 }) }),
      fact(),
    ]
    const dimensions: Dimension[] = ['issue_category', 'escalation_tier']
    const { rows, totals } = metricsOf(facts, dimensions, ['escalation_count'])
    expect(rows.map((row) => Object.values(row.dimensions))).toEqual([
      ['bug', 2],
      ['bug', 3],
      ['outage', 3],
      [null, 2],
    ])
    const sum = rows.reduce((total, { values }) => total + values.escalation_count!.value, 0)
    expect(sum).toBe(totals.escalation_count!.value)
  })

  it('says what it does not know, and what each metric means', () => {
    const { totals, rows, definitions } = metricsOf([], [...DIMENSIONS], [...METRICS])
    expect(totals.escalation_rate).toEqual({ value: null, reason: expect.stringContaining('is not known') })
    expect(totals.mttr_escalations!.value).toBeNull()
    expect(totals.sla_compliance!.value).toBeNull()
    expect(rows).toEqual([])
    expect(Object.keys(definitions)).toEqual([...METRICS])
  })
})

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
    return body as unknown as CalculateMetricsResult
  }

  it('tells of what was asked for within the window; a day as the end is part of it', async () => {
    const day = await calculate('2026-03-06', '2026-03-06', ['severity', 'issue_category', 'customer_segment'])
    expect(day.window).toEqual({ from: '2026-03-06T00:00:00.000Z', to: '2026-03-07T00:00:00.000Z' })
    expect(day.totals).toMatchObject({
      escalation_count: { value: 2, open: 1 },
      mttr_escalations: { value: 3, resolved: 1, open: 1, unresolved: 0 },
      escalation_rate: { value: null },
    })
    expect(day.rows.map((row) => row.dimensions)).toEqual([
      { severity: 'P0', issue_category: 'outage', customer_segment: 'enterprise' },
      { severity: 'P2', issue_category: 'bug', customer_segment: 'enterprise' },
    ])
    const { met, breached, running } = day.totals.sla_compliance!
    expect(met + breached + running).toBeGreaterThan(0)
    expect((await calculate('2026-03-06', '2026-03-07')).totals.escalation_count!.value).toBe(3)
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
    ['a dimension there is not', { dimensions: ['agent'] }, 'dimensions.0'],
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
