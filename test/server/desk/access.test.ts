import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Choices } from '../../../core/contract/desk.ts'
import { Now } from '../../../core/contract/now.ts'
import { Report } from '../../../core/contract/report.ts'
import { Hours, Spread } from '../../../core/contract/shape.ts'
import { readPreset } from '../../../server/policy/preset.ts'
import { type AtDesk, signInAtDesk } from '../../support/desk.ts'
import { aNote } from '../../support/notes.ts'
import { policyFile } from '../../support/policy-file.ts'
import { startWorld, type TestWorld } from '../../support/world.ts'

const POLICY = `${readPreset('three-tier')}
  notifications: { roles: { tier2_lead: [elif@northwind.example] } }
`

let world: TestWorld
let agent: AtDesk
let lead: AtDesk
let ticketId: number
beforeAll(async () => {
  world = await startWorld({ config: { policyFile: policyFile(POLICY) } })
  ticketId = world.newTicket().id
  await world.agent('Ana').send(ticketId, aNote())
  await world.settle()
  while ((await world.context.measurer.pass()) > 0);
  agent = await signInAtDesk(world, 'Ben')
  lead = await signInAtDesk(world, 'Elif')
})
afterAll(() => world[Symbol.asyncDispose]())

describe('the page', () => {
  it('tells everybody what presses now', async () => {
    const now = Now.parse(await agent.read('/desk/now'))
    expect(now.open).toBe(1)
    expect(now.rows).toMatchObject([{ ticketId, action: 'accept', owner: null }])
    expect(now.rows[0]!.reasons.map(({ kind }) => kind)).toContain('unaccepted')
  })

  it('offers what the policy knows to narrow reports to', async () => {
    const choices = Choices.parse(await agent.read('/desk/choices'))
    expect(choices.tier.map(({ value }) => value)).toEqual(['1', '2', '3'])
    expect(choices.queue.length).toBeGreaterThan(3)
  })

  it('shows agents reports, and of people to leads alone', async () => {
    const wide = { from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z', measures: ['escalations'] }
    const reports = (query: object) => `/desk/reports?q=${encodeURIComponent(JSON.stringify({ ...wide, ...query }))}`
    expect(Report.parse(await agent.read(reports({}))).totals.escalations).toBeDefined()
    for (const query of [{ by: ['agent'] }, { filters: { agent: ['11'] } }]) {
      expect((await agent.ask(reports(query))).status).toBe(403)
      expect((await agent.ask(reports(query).replace('reports', 'reports.csv'))).status).toBe(403)
      expect((await lead.ask(reports(query))).status).toBe(200)
    }
    const shape = (route: string, filters: object) =>
      `/desk/${route}?q=${encodeURIComponent(JSON.stringify({ from: wide.from, to: wide.to, measure: 'escalations', filters }))}`
    const hours = Hours.parse(await agent.read(shape('hours', {})))
    // A Friday, handed over at ten in UTC.
    expect([hours.n, hours.counts[4]![10]]).toEqual([1, 1])
    expect(Spread.parse(await agent.read(shape('spread', {})))).toEqual({ n: 0, values: [] })
    for (const route of ['hours', 'spread']) expect((await agent.ask(shape(route, { agent: ['11'] }))).status).toBe(403)
    const load = `/desk/load?from=${wide.from}&to=${wide.to}`
    expect([(await agent.ask(load)).status, (await lead.ask(load)).status]).toEqual([403, 200])
  })

  it('lets nobody in who has not signed in', async () => {
    for (const path of ['/desk/now', '/desk/choices', '/desk/reports', '/desk/backlog', '/desk/anything']) {
      expect((await fetch(world.baton.url + path)).status, path).toBe(401)
    }
  })
})
