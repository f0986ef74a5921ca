import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MEASURES, Report, ReportTickets } from '../../../core/contract/report.ts'
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
