import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Backlog, Load, MEASURES, Report, ReportTickets } from '../../../core/contract/report.ts'
import { recompute } from '../../../server/analytics/recompute.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { signInAtDesk } from '../../support/desk.ts'
import { aNote } from '../../support/notes.ts'
import { startWorld, type TestWorld } from '../../support/world.ts'
import { accepted, escalated } from '../skill/a-bot.ts'
import { aDesk, type Desk } from './a-desk.ts'

let world: TestWorld
let desk: Desk

beforeAll(async () => {
  world = await startWorld({ zendesk: { limits: { accountPerMinute: 100_000, ticketUpdatesPerMinute: 10_000 } } })
  desk = await aDesk(world)
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await world[Symbol.asyncDispose]()
})

describe('a report', () => {
  it('of an account without an escalation says so of every measure', async () => {
    await desk.measure()
    const report = Report.parse(await desk.report({ measures: [...MEASURES], by: ['queue', 'week'] }))
    expect(report.groups).toEqual([])
    for (const id of MEASURES) {
      const value = report.totals[id]!
      expect(value.n, id).toBe(0)
      if (['escalations', 'backlog'].includes(id)) expect(value, id).toMatchObject({ value: 0, reason: null })
      else if (id !== 'load') expect(value, id).toMatchObject({ value: null, reason: expect.any(String) })
    }
    expect(report.totals.escalation_rate!.reason).toBe("Zendesk's tickets have not been read yet")
  })

  it('of one escalation has its figures, each with its ticket', async () => {
    const one = await accepted(world, aNote({ triage: { severity: 'P2', category: 'bug' } }))
    await world.advance({ hours: 3 })
    await world.agent('Elif').say(one.ticketId, 'resolve', {
      ...{ root_cause: 'A stale cache', resolution: 'fixed_in_code', fix: 'Cache cleared' },
      ...{ article: 'linked', article_url: 'https://example.com/a', could_be_lower: false },
    })
    await world.settle()
    await escalated(world)
    await desk.measure()
    const { totals, groups } = Report.parse(await desk.report({ measures: [...MEASURES], by: ['severity'] }))
    expect(totals.escalations).toMatchObject({ value: 2, open: 1 })
    expect(totals.mttr).toMatchObject({ value: 3, mean: 3, n: 1, open: 1 })
    expect(totals.time_to_acknowledge).toMatchObject({ value: 0, n: 1, open: 1 })
    expect(totals.link_rate).toMatchObject({ value: 1, n: 1, hits: 1 })
    expect(totals.l1_capable).toMatchObject({ value: 0, n: 1, hits: 0 })
    expect(totals.note_completeness!.value).toBeGreaterThan(60)
    expect(totals.backlog).toMatchObject({ value: 1 })
    expect(totals.sla_attainment!.n).toBeGreaterThan(0)
    expect(groups.map(({ at }) => at.severity)).toEqual(['P2', 'P3'])
    const { rows } = ReportTickets.parse(await desk.tickets({ measure: 'mttr' }))
    expect(rows.map(({ ticketId, value, note }) => [ticketId, value, note])).toEqual([
      [one.ticketId, 3, 'resolved'],
      [expect.any(Number), null, 'open'],
    ])
  })
})

describe('recompute', () => {
  it('finds the figures as they are, and what was lost', async () => {
    const { db, account } = world.context
    const before = await desk.report({ measures: [...MEASURES], by: ['queue'] })
    expect((await recompute(world.context)).tickets).toBe(2)
    expect(await desk.report({ measures: [...MEASURES], by: ['queue'] })).toEqual(before)
    await inAccount(db, account.id, (tx) => tx.deleteFrom('measure_case').execute())
    await recompute(world.context)
    expect(await desk.report({ measures: [...MEASURES], by: ['queue'] })).toEqual(before)
  })
})

describe('the address of a report', () => {
  const q = (question: object) => encodeURIComponent(JSON.stringify(question))
  const window = { from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' }

  it.each([
    ['no question', '', 'q'],
    ['what is no JSON', '?q={', 'q'],
    ['a measure there is not', `?q=${q({ ...window, measures: ['happiness'] })}`, 'measures.0'],
    ['a window that ends before it begins', `?q=${q({ from: window.to, to: window.from, measures: ['mttr'] })}`, 'to'],
    ['a zone there is not', `?q=${q({ ...window, measures: ['mttr'], zone: 'Mars/Olympus' })}`, 'zone'],
  ])('refuses %s with its place', async (_, query, path) => {
    for (const place of ['/desk/reports', '/desk/reports.csv']) {
      const response = await desk.get(place + query)
      expect(response.status).toBe(422)
      expect((await response.json()).details).toMatchObject([{ path }])
    }
  })

  it('gives the same figures as CSV', async () => {
    const response = await desk.get(`/desk/reports.csv?q=${q({ ...window, measures: ['mttr'], by: ['queue'] })}`)
    expect(response.headers.get('content-type')).toContain('text/csv')
    const [head, first, total] = (await response.text()).split('\r\n')
    expect(head).toMatch(/^from,to,queue,queue name,measure,value,n,/)
    expect(first).toContain(',identity,')
    expect(total).toMatch(/,,,mttr,3,1,/)
  })

  it('tells the backlog and the load of an instant and a window', async () => {
    const backlog = Backlog.parse(await (await desk.get('/desk/backlog')).json())
    expect(backlog).toMatchObject({
      open: 1,
      parts: [{ severity: 'P3', tier: 2, standing: 'with-tier', underDays: 1 }],
    })
    expect(await (await desk.get('/desk/backlog?at=2026-03-06T10:30:00Z')).json()).toMatchObject({ open: 1 })
    const load = Load.parse(
      await (await desk.get('/desk/load?from=2026-03-06T10:00:00Z&to=2026-03-06T13:00:00Z')).json(),
    )
    // One ticket for three hours, of which Elif had it all the time.
    expect(load.tiers.find(({ tier }) => tier === 2)).toMatchObject({ openHours: 3, scheduledHours: 3, load: 1 })
    expect(load.people).toMatchObject([{ name: expect.stringContaining('Elif'), escalations: 1 }])
    expect((await desk.get('/desk/load?from=2026-03-06T10:00:00Z&to=2026-03-06T10:00:00Z')).status).toBe(422)
  })

  it('is behind the sign-in of the page, and people behind the role of a lead', async () => {
    const path = `/desk/reports?q=${q({ ...window, measures: ['mttr'] })}`
    expect((await fetch(world.baton.url + path)).status).toBe(401)
    const ana = await signInAtDesk(world, 'Ana')
    expect((await ana.ask(path)).status).toBe(200)
    expect((await ana.ask(`/desk/reports?q=${q({ ...window, measures: ['mttr'], by: ['agent'] })}`)).status).toBe(403)
  })
})
