import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MonthlyReasons, PostReviews, WeeklyAgenda } from '../../../core/contract/reviews.ts'
import { HOUR_MS } from '../../../core/units.ts'
import { readPreset } from '../../../server/policy/preset.ts'
import { type AtDesk, signInAtDesk } from '../../support/desk.ts'
import { aNote } from '../../support/notes.ts'
import { policyFile } from '../../support/policy-file.ts'
import { startWorld, type TestWorld } from '../../support/world.ts'

const POLICY = `${readPreset('three-tier')}
  notifications: { roles: { tier2_lead: [elif@northwind.example] } }
  auto_escalation: { at: [], clocks: [] }
`
const PATH = '/desk/reviews/weekly'

let world: TestWorld
let lead: AtDesk
let escalationId: string
beforeAll(async () => {
  world = await startWorld({ config: { policyFile: policyFile(POLICY) } })
  const { id } = world.newTicket()
  await world.agent('Ana').send(id, aNote())
  await world.settle()
  escalationId = (await world.view(id)).escalation!.id
  // Nobody reports for so long that it is owed a look.
  await world.zendesk.world.clock.advance(24 * 20 * HOUR_MS)
  lead = await signInAtDesk(world, 'Elif')
})
afterAll(() => world[Symbol.asyncDispose]())

function decide(who: AtDesk, said: object): Promise<Response> {
  return who.ask(`${PATH}/decisions`, { method: 'POST', body: JSON.stringify({ escalationId, ...said }) })
}

describe('the weekly review on the page', () => {
  it('has on its agenda what the record owes', async () => {
    const agenda = WeeklyAgenda.parse(await lead.read(PATH))
    expect(agenda.items).toMatchObject([{ escalationId, change: 'new', decided: null }])
  })

  it('records a decision in the name of whoever is signed in, whatever the request says', async () => {
    const forged = await decide(lead, { decision: 'raise', note: 'Needs code', by: 'The director' })
    expect(forged.status).toBe(422)
    const answer = await decide(lead, { decision: 'raise', note: 'Needs code' })
    expect(WeeklyAgenda.parse(await answer.json()).items).toMatchObject([
      { decided: { decision: 'raise', note: 'Needs code', by: 'Elif Aydin' } },
    ])
  })

  it('keeps the last decision about one escalation, however often it is recorded', async () => {
    await decide(lead, { decision: 'keep', note: '' })
    await decide(lead, { decision: 'keep', note: '' })
    const { items } = WeeklyAgenda.parse(await lead.read(PATH))
    expect(items.map(({ decided }) => decided?.decision)).toEqual(['keep'])
  })

  it('says what is wrong with a decision that says nothing, or is about nothing', async () => {
    expect((await decide(lead, { decision: 'note', note: ' ' })).status).toBe(422)
    expect((await decide(lead, { escalationId: 'ESC-2026-999999', decision: 'keep' })).status).toBe(409)
  })

  it('is compared with the one before', async () => {
    await world.zendesk.world.clock.advance(24 * 7 * HOUR_MS)
    const again = await signInAtDesk(world, 'Elif')
    const { items, against } = WeeklyAgenda.parse(await again.read(PATH))
    expect(against).toMatch(/^2026-W\d\d$/)
    expect(items).toMatchObject([{ change: 'still', before: { decision: 'keep', by: 'Elif Aydin' }, decided: null }])
  })

  it('is nothing for agents, to read or to decide', async () => {
    const agent = await signInAtDesk(world, 'Ben')
    for (const path of [PATH, '/desk/reviews/monthly/2026-03', '/desk/reviews/post']) {
      expect((await agent.ask(path)).status, path).toBe(403)
    }
    expect((await decide(agent, { decision: 'keep', note: '' })).status).toBe(403)
  })
})

describe('the other reviews on the page', () => {
  it('answer the reasons of a month, and refuse what is none', async () => {
    const again = await signInAtDesk(world, 'Lea')
    const reasons = MonthlyReasons.parse(await again.read('/desk/reviews/monthly/2026-03'))
    expect([reasons.escalations, reasons.via.note]).toEqual([1, 1])
    expect((await again.ask('/desk/reviews/monthly/soon')).status).toBe(422)
  })

  it('write down nothing about an escalation that calls for no review', async () => {
    const again = await signInAtDesk(world, 'Lea')
    expect(PostReviews.parse(await again.read('/desk/reviews/post')).reviews).toEqual([])
    const answers = { wentWell: 'a', wentBadly: 'b', actions: 'c' }
    const body = JSON.stringify({ escalationId, answers, done: true })
    expect((await again.ask('/desk/reviews/post', { method: 'POST', body })).status).toBe(409)
  })
})
