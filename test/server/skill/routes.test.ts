import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { EscalationStory, EscalationsResponse } from '../../../core/contract/escalations.ts'
import { ACTIONS } from '../../../core/contract/skill.ts'
import { createAccounts } from '../../../server/accounts.ts'
import { createApiKeys } from '../../../server/http/api-keys.ts'
import { readPreset } from '../../../server/policy/preset.ts'
import { savePolicy } from '../../../server/policy/store.ts'
import { aNote } from '../../support/notes.ts'
import { startWorld, type TestWorld } from '../../support/world.ts'
import { aBot, accepted, type Bot, escalated } from './a-bot.ts'

let world: TestWorld
let bot: Bot
let one: { ticketId: number; id: string }

beforeAll(async () => {
  world = await startWorld({ zendesk: { limits: { accountPerMinute: 100_000, ticketUpdatesPerMinute: 10_000 } } })
  one = await accepted(world)
})
// Each with a key of its own, since a key may ask only so often.
beforeEach(async () => {
  bot = await aBot(world)
})
afterAll(() => world[Symbol.asyncDispose]())

/** The escalation skill's own example. */
const EXAMPLE = {
  issue: { id: 'TICKET-12345', severity: 'high', impact: 'multiple_customers', duration_hours: 4, current_tier: 1 },
  customer: { segment: 'enterprise', health_score: 45, contract_value: 500_000 },
  context: { previous_escalations: 2, customer_sentiment: 'frustrated' },
}

const bodies = (id: string): Record<(typeof ACTIONS)[number], object> => ({
  'determine-escalation': EXAMPLE,
  'generate-notification': {
    escalation_id: id,
    notification_type: 'tier2_handoff',
    recipients: [{ role: 'tier2_lead' }, { role: 'account_csm' }, { role: 'support_manager' }],
    include: ['issue_summary', 'customer_context', 'troubleshooting_history', 'recommended_actions'],
    urgency: 'high',
  },
  'track-progress': { escalation_id: id, update: { status: 'in_progress', next_steps: 'Look on' } },
  'calculate-metrics': { date_range: { start: '2026-03-01', end: '2026-03-31' } },
  'recommend-deescalation': { escalation_id: id },
})

describe('every action', () => {
  it.each(ACTIONS)('%s takes its parameters bare and in the wrapper', async (action) => {
    const parameters = bodies(one.id)[action]
    for (const body of [parameters, { skill: 'escalation-workflow', action, parameters }, { action, parameters }]) {
      const answer = await bot.act(action, body)
      expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200, body: { action } })
    }
  })

  it.each(ACTIONS)('%s refuses the wrapper of another action or skill, and words it does not know', async (action) => {
    const parameters = bodies(one.id)[action]
    const other = ACTIONS.find((name) => name !== action)
    for (const [body, path] of [
      [{ action: other, parameters }, 'action'],
      [{ skill: 'another', action, parameters }, 'skill'],
      [{ action }, 'parameters'],
      [{ ...parameters, colour: 'red' }, ''],
      [[], ''],
      ['"text"', null],
      ['{', null],
      ['', ''],
      [JSON.parse('{"__proto__": {"admin": true}}'), ''],
    ] as const) {
      const answer = await bot.act(action, body)
      expect([400, 422], JSON.stringify(answer)).toContain(answer.status)
      expect(answer.body.error).toMatch(/^invalid/)
      if (path !== null) expect(JSON.stringify(answer.body.details)).toContain(`"path":"${path}`)
    }
  })

  it.each(ACTIONS)('%s refuses what is huge', async (action) => {
    const parameters = { ...bodies(one.id)[action], colour: 'x'.repeat(300_000) }
    expect(await bot.act(action, parameters)).toMatchObject({ status: 413, body: { error: 'too-large' } })
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect((await bot.act(action, deep)).status).toBe(422)
  })

  it.each(ACTIONS)('%s needs its scope', async (action) => {
    const needs = action === 'track-progress' ? 'write' : 'read'
    const other = await aBot(world, [needs === 'read' ? 'write' : 'read'])
    expect(await other.act(action, bodies(one.id)[action])).toMatchObject({
      status: 403,
      body: { error: 'wrong-scope', message: expect.stringContaining(`lacks the scope "${needs}"`) },
    })
  })

  it.each(ACTIONS.filter((action) => 'escalation_id' in bodies('')[action]))(
    '%s answers 404 for an escalation there is not, and 422 for what is no id',
    async (action) => {
      const of = (escalation_id: unknown) => bot.act(action, { ...bodies(one.id)[action], escalation_id })
      expect(await of('ESC-2025-001')).toMatchObject({ status: 404, body: { error: 'escalation-not-found' } })
      for (const id of ['ESC-1', '12', 12, null, '']) {
        const answer = await of(id)
        expect(answer.status).toBe(422)
        expect(answer.body.details).toMatchObject([{ path: 'escalation_id' }])
      }
      const written = one.id.replace(/-0+/, '-').toLowerCase()
      expect(await of(` ${written} `)).toMatchObject({ status: 200, body: { escalation_id: one.id } })
    },
  )
})

describe('determine-escalation', () => {
  it('answers by the policy in force, with the trace', async () => {
    const { body } = await bot.act('determine-escalation', EXAMPLE)
    expect(body).toMatchObject({
      issue_id: 'TICKET-12345',
      escalate: true,
      decision: {
        tier: 3,
        severity: 'P1',
        trace: expect.arrayContaining([expect.objectContaining({ matched: true })]),
      },
    })
  })

  it('names the place of what it refuses', async () => {
    const wrong = { ...EXAMPLE, issue: { ...EXAMPLE.issue, severity: 'huge', current_tier: 9 } }
    const { status, body } = await bot.act('determine-escalation', wrong)
    expect(status).toBe(422)
    expect(body.details).toMatchObject([{ path: 'issue.severity' }, { path: 'issue.current_tier' }])
    const unknown = { ...EXAMPLE, issue: { ...EXAMPLE.issue, current_tier: 4 } }
    expect(await bot.act('determine-escalation', unknown)).toMatchObject({
      status: 422,
      body: { details: [{ path: 'issue.current_tier', message: expect.stringContaining('has the tiers 1, 2, 3') }] },
    })
  })
})

describe('GET /api/v1/escalations', () => {
  const list = async (query = '') => {
    const answer = await bot.get(`/escalations${query}`)
    expect(answer.status, query).toBe(200)
    return EscalationsResponse.parse(await answer.json())
  }

  it('pages through all of them, newest first, each once, while others are asked for', async () => {
    for (let count = 0; count < 5; count++) await escalated(world, aNote({ triage: { severity: 'P1' } }))
    const ids = (await list('?limit=100')).escalations.map(({ id }) => id)
    expect(ids).toEqual(ids.toSorted().toReversed())

    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: EscalationsResponse = await list(`?limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.escalations.map(({ id }) => id))
      cursor = page.nextCursor
      if (seen.length === 2) await escalated(world)
    }
    expect(seen).toEqual(ids)
  })

  it('filters by what is asked for', async () => {
    const { escalations: all } = await list('?limit=100')
    const p1 = all.filter(({ severity }) => severity === 'P1')
    expect((await list('?severity=P1')).escalations).toEqual(p1)
    expect((await list(`?ticketId=${one.ticketId}`)).escalations.map(({ id }) => id)).toEqual([one.id])
    expect((await list('?tier=1,2&tier=3&open=true&limit=100')).escalations).toEqual(all)
    expect((await list('?open=false')).escalations).toEqual([])
    expect((await list('?stage=closed,rejected')).escalations).toEqual([])
    expect((await list(`?queue=${all[0]!.queue}&limit=100`)).escalations.length).toBeGreaterThan(0)
    expect((await list('?requestedFrom=2026-03-06T10:00:00Z&requestedTo=2026-03-06T10:00:00Z')).escalations).toEqual([])
  })

  it.each([
    ['?limit=0', 'limit'],
    ['?limit=101', 'limit'],
    ['?limit=5&limit=6', 'limit'],
    ['?cursor=abc', 'cursor'],
    [`?cursor=${Buffer.from('[1,2]').toString('base64url')}`, 'cursor'],
    ['?stage=lost', 'stage'],
    ['?tier=9', 'tier'],
    ['?ticketId=-1', 'ticketId'],
    ['?requestedFrom=yesterday', 'requestedFrom'],
    ['?colour=red', ''],
    ["?queue='; drop table escalation; --", null],
  ])('answers %s with the place of what is wrong', async (query, path) => {
    const answer = await bot.get(`/escalations${query}`)
    if (path === null) return expect(answer.status).toBe(200)
    expect(answer.status).toBe(422)
    const { details } = (await answer.json()) as { details: { path: string }[] }
    expect(details[0]!.path.startsWith(path)).toBe(true)
  })
})

describe('one escalation', () => {
  it('is told whole: note, decision with its trace, clocks, and what happened', async () => {
    const story = EscalationStory.parse(await (await bot.get(`/escalations/${one.id}`)).json())
    expect(story).toMatchObject({ ticketId: one.ticketId, escalation: { id: one.id, decision: { tier: 2 } } })
    expect(story.escalation.decision.trace.length).toBeGreaterThan(0)
    expect(story.clocks.map(({ id }) => id)).toContain(`${one.id}/0/resolution`)
    expect(story.timeline.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['requested', 'routed', 'accepted']))
    const byTicket = await bot.get(`/tickets/${one.ticketId}/escalation`)
    expect(EscalationStory.parse(await byTicket.json())).toEqual(story)
  })

  it.each([
    ['/escalations/ESC-2026-999999', 404],
    ['/escalations/nonsense', 422],
    ['/tickets/987654/escalation', 404],
    ['/tickets/abc/escalation', 422],
    ['/tickets/1e3/escalation', 404],
    ['/escalations/%E0%A4%A', 400],
  ])('answers %s with %i', async (path, status) => {
    expect((await bot.get(path)).status).toBe(status)
  })
})

describe('accounts', () => {
  it('see nothing of each other', async () => {
    const { db, clock } = world.context
    const theirs = await createAccounts({ db, clock }).ensureAccount({
      ...{ subdomain: 'theirs', zendeskUrl: 'https://theirs.zendesk.com' },
    })
    const policy = { yaml: readPreset('three-tier'), author: 'test', reason: 'test', now: clock.now() }
    await savePolicy(db, theirs.id, policy)
    const wanted = { name: 'their bot', scopes: ['read', 'write'] as const, expiresAt: null }
    const { text } = await createApiKeys({ db, clock }).create(theirs.id, wanted)
    const headers = { authorization: `Bearer ${text}`, 'content-type': 'application/json' }
    const ask = (path: string, body?: object) =>
      fetch(
        `${world.baton.url}/api/v1${path}`,
        body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers },
      )

    expect(await (await ask('/escalations')).json()).toEqual({ escalations: [], nextCursor: null })
    expect((await ask(`/escalations/${one.id}`)).status).toBe(404)
    expect((await ask(`/tickets/${one.ticketId}/escalation`)).status).toBe(404)
    for (const action of ['generate-notification', 'track-progress', 'recommend-deescalation'] as const) {
      expect((await ask(`/skill/${action}`, bodies(one.id)[action])).status, action).toBe(404)
    }
  })
})
