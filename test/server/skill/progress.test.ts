import { ulid } from 'ulid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { EffectMarker } from '../../../core/contract/command.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { progressFor } from '../../../server/skill/write-progress.ts'
import { startWorld, type TestWorld } from '../../support/world.ts'
import { aBot, accepted, type Bot, escalated } from './a-bot.ts'

let world: TestWorld
let bot: Bot
let bots = 0

beforeAll(async () => {
  world = await startWorld({ zendesk: { limits: { accountPerMinute: 100_000, ticketUpdatesPerMinute: 10_000 } } })
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(async () => {
  bot = await aBot(world, ['read', 'write'], `Ops bot ${++bots}`)
})

/** The escalation skill's own example, with a date to come. */
const update = {
  status: 'in_progress',
  actions_taken: ['Reviewed logs and identified memory leak', 'Applied temporary workaround'],
  next_steps: 'Deploy patch in next maintenance window',
  estimated_resolution: '2026-03-09T10:00:00Z',
}

const track = (escalation_id: string, given: object = update, headers?: Record<string, string>) =>
  bot.act('track-progress', { escalation_id, update: given }, headers)

const reports = (ticketId: number) =>
  Object.values(world.zendesk.world.state.comments[ticketId]!).filter(({ html_body }) =>
    html_body.includes('Escalation progress'),
  )

const ticketUpdates = (ticketId: number) =>
  world.zendesk.requests.filter(({ method, path }) => method === 'PUT' && path.includes(`/tickets/${ticketId}`)).length

describe('track-progress', () => {
  it('writes a private comment in the ticket, which counts like anybody’s and is shown under the key’s name', async () => {
    const { ticketId, id } = await accepted(world)
    const { status, body } = await track(id)
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { escalation_id: id, ticket_id: ticketId, outcome: 'recorded', detail: null, stage: 'investigating' },
    })
    expect(reports(ticketId)).toMatchObject([{ public: false }])
    const { escalation, timeline } = await world.view(ticketId)
    expect(escalation).toMatchObject({ stage: 'investigating', life: { estimate: '2026-03-09T10:00:00.000Z' } })
    expect(escalation!.life.progress).toMatchObject([
      { actions: update.actions_taken, by: { name: `${bot.key.name} (API)` } },
    ])
    expect(timeline.findLast(({ kind }) => kind === 'progressed')).toMatchObject({
      by: { name: `${bot.key.name} (API)` },
    })
    await world.settle()
    expect(await world.events(ticketId)).toSatisfy(
      (kinds: string[]) => kinds.filter((kind) => kind === 'progressed').length === 1,
    )
  })

  it('gives the ticket to the owner it names', async () => {
    const { ticketId, id } = await accepted(world)
    const elif = world.agent('Elif').user
    const colleague = Object.values(world.zendesk.world.state.memberships).find(
      ({ group_id, user_id }) => group_id === world.ticket(ticketId).group_id && user_id !== elif.id,
    )
    const owner = world.zendesk.world.state.users[colleague?.user_id ?? elif.id]!
    expect((await track(id, { owner: owner.email, next_steps: 'Goes on' })).body).toMatchObject({ outcome: 'recorded' })
    expect(world.ticket(ticketId).assignee_id).toBe(owner.id)
  })

  it.each([
    ['an agent there is not', 'nobody@nowhere.example', 'update.owner'],
    ['somebody of another group', 'Ana', 'update.owner'],
    ['what is no address', 'Elif Aydin', 'update.owner'],
  ])('refuses %s as the owner, and writes nothing', async (_, owner, path) => {
    const { ticketId, id } = await accepted(world)
    const before = ticketUpdates(ticketId)
    const email = owner === 'Ana' ? world.agent('Ana').user.email : owner
    const { status, body } = await track(id, { ...update, owner: email })
    expect(status).toBe(422)
    expect(body.details).toMatchObject([{ path }])
    expect(ticketUpdates(ticketId)).toBe(before)
  })

  it.each<[string, object, string]>([
    ['nothing', {}, 'update'],
    ['a status there is not', { status: 'thinking' }, 'update.status'],
    ['that it is resolved', { status: 'resolved' }, 'update.status'],
    ['a date that has passed', { estimated_resolution: '2025-01-25T10:00:00Z' }, 'update.estimated_resolution'],
    ['a date that is none', { estimated_resolution: 'soon' }, 'update.estimated_resolution'],
    ['an action of no words', { actions_taken: [''] }, 'update.actions_taken.0'],
    ['too many actions', { actions_taken: Array.from({ length: 201 }, () => 'x') }, 'update.actions_taken'],
    ['a text that is too long', { next_steps: 'x'.repeat(20_001) }, 'update.next_steps'],
  ])('refuses %s with its place', async (_, given, path) => {
    const { id } = await accepted(world)
    const { status, body } = await track(id, given)
    expect(status).toBe(422)
    expect(body.details).toMatchObject([{ path }])
  })

  it('refuses what no comment can hold', async () => {
    const { ticketId, id } = await accepted(world)
    const before = ticketUpdates(ticketId)
    const answer = await track(id, { actions_taken: Array.from({ length: 10 }, () => 'é'.repeat(9000)) })
    expect(answer).toMatchObject({ status: 422, body: { error: 'too-long' } })
    expect(ticketUpdates(ticketId)).toBe(before)
  })

  it('keeps text as it was written, whatever it looks like', async () => {
    const { ticketId, id } = await accepted(world)
    const hostile = '<script>alert(1)</script>\n<h2>De-escalated</h2> {{ticket.id}} "\u202e'
    expect((await track(id, { next_steps: hostile })).body).toMatchObject({ outcome: 'recorded' })
    expect((await world.view(ticketId)).escalation!.life.progress.at(-1)!.nextSteps).toBe(hostile)
    expect(reports(ticketId)[0]!.html_body).not.toContain('<script>')
  })

  it('says when it is too early or too late, and writes nothing', async () => {
    const { ticketId, id } = await escalated(world)
    const before = ticketUpdates(ticketId)
    expect(await track(id)).toMatchObject({
      status: 409,
      body: { error: 'wrong-stage', message: expect.stringContaining('accepts it first') },
    })
    await world.agent('Ana').put(ticketId, { status: 'closed' })
    await world.agent('Elif').put(ticketId, { status: 'solved' })
    world.zendesk.world.state.tickets[ticketId]!.status = 'closed'
    await world.settle()
    expect((await track(id)).status).toBe(409)
    expect(ticketUpdates(ticketId) - before).toBe(2)
  })
})

describe('an Idempotency-Key', () => {
  const repeats = { 'idempotency-key': 'report-1' }

  it('makes the same request one report, however often it is sent', async () => {
    const { ticketId, id } = await accepted(world)
    const first = await track(id, update, repeats)
    await world.settle()
    expect(await track(id, update, repeats)).toEqual(first)
    const wrapped = await bot.act(
      'track-progress',
      { action: 'track-progress', parameters: { escalation_id: id.toLowerCase(), update } },
      repeats,
    )
    expect(wrapped).toEqual(first)
    expect(reports(ticketId)).toHaveLength(1)
  })

  it('goes on holding when the escalation has moved on', async () => {
    const { ticketId, id } = await accepted(world)
    const first = await track(id, update, repeats)
    await world.agent('Elif').say(ticketId, 'return', { reason: 'duplicate' })
    await world.settle()
    expect(await track(id, update, repeats)).toEqual({ ...first, body: { ...first.body, stage: 'returned' } })
    expect(await track(id)).toMatchObject({ status: 409, body: { error: 'wrong-stage' } })
  })

  it('is refused for another request, and is nobody else’s', async () => {
    const { ticketId, id } = await accepted(world)
    await track(id, update, repeats)
    const other = { ...update, next_steps: 'Something else' }
    expect(await track(id, other, repeats)).toMatchObject({ status: 422, body: { error: 'idempotency-key-reused' } })
    bot = await aBot(world)
    expect((await track(id, other, repeats)).status).toBe(200)
    expect(reports(ticketId)).toHaveLength(2)
  })

  it.each(['', ' ', 'a b', 'x'.repeat(201)])('that is "%s" is refused or counts as none', async (key) => {
    const { id } = await accepted(world)
    const { status, body } = await track(id, update, { 'idempotency-key': key })
    if (key.trim() === '') return
    expect(status).toBe(422)
    expect(body.details).toMatchObject([{ path: 'Idempotency-Key' }])
  })

  it('makes a race of equal requests one report', async () => {
    const { ticketId, id } = await accepted(world)
    const answers = await Promise.all(Array.from({ length: 8 }, () => track(id, update, repeats)))
    for (const { status, body } of answers) expect([200, 409], JSON.stringify(body)).toContain(status)
    expect(answers.some(({ status }) => status === 200)).toBe(true)
    const refused = answers.filter(({ status }) => status === 409)
    for (const { body } of refused) expect(body.error).toBe('in-progress')
    expect(reports(ticketId)).toHaveLength(1)
    expect((await track(id, update, repeats)).status).toBe(200)
    expect(reports(ticketId)).toHaveLength(1)
  })

  it('finds what was written although Zendesk’s answer was lost', async () => {
    const { ticketId, id } = await accepted(world)
    const path = `/api/v2/tickets/${ticketId}`
    world.zendesk.world.faults.answers.push({
      method: 'PUT',
      path,
      answer: 'after',
      times: 1,
    })
    const lost = await track(id, update, repeats)
    expect(lost).toMatchObject({ status: 503, body: { error: 'zendesk-unavailable' } })
    expect((await track(id, update, repeats)).body).toMatchObject({ outcome: 'recorded' })
    expect(reports(ticketId)).toHaveLength(1)
  })

  it('writes it again after Zendesk refused to answer at all', async () => {
    const { ticketId, id } = await accepted(world)
    const path = `/api/v2/tickets/${ticketId}`
    world.zendesk.world.faults.answers.push({ method: 'PUT', path, answer: { status: 503, body: 'away' }, times: 1 })
    expect((await track(id, update, repeats)).status).toBe(503)
    expect(reports(ticketId)).toHaveLength(0)
    expect((await track(id, update, repeats)).body).toMatchObject({ outcome: 'recorded' })
    expect(reports(ticketId)).toHaveLength(1)
  })
})

describe('a command of our own user', () => {
  const answer = {
    status: 'fixing',
    actions_taken: [],
    next_steps: '',
    root_cause: '',
    estimated_resolution: '',
  } as const

  async function writeAsOurselves(ticketId: number, id: string): Promise<void> {
    const { envelope, html } = progressFor(id, ticketId, { ...answer, actions_taken: [] }, 'Nobody')
    const zendesk = await world.context.zendeskFor(world.context.account.id)
    const { ticket } = await zendesk.getTicket(ticketId)
    const custom = { baton: envelope, baton_api: { by: 'Nobody' } }
    await zendesk.updateTicket(ticketId, { privateHtml: html, custom }, ticket.updatedAt)
    const { handlers, account } = world.context
    await handlers.observe({ accountId: account.id, ticketId })
    await world.settle()
  }

  it('that no program asked for is refused, in the ticket and in the record', async () => {
    const { ticketId } = await accepted(world)
    await writeAsOurselves(ticketId, ulid())
    const { escalation, refused } = await world.view(ticketId)
    expect(escalation!.stage).toBe('accepted')
    expect(refused.at(-1)!.detail).toContain('no program asked for it')
    const effects = Object.values(world.zendesk.world.state.audits[ticketId]!).filter(({ metadata }) =>
      EffectMarker.safeParse(metadata.custom.baton_effect).data?.id.includes('refusal'),
    )
    expect(effects).toHaveLength(1)
  })

  it('that was asked for in another ticket is refused too', async () => {
    const [one, other] = [await accepted(world), await accepted(world)]
    const { body } = await track(one.id, update)
    await writeAsOurselves(other.ticketId, String(body.command_id))
    expect((await world.view(other.ticketId)).escalation!.stage).toBe('accepted')
  })

  it('is told again under its key’s name by a record that begins anew', async () => {
    const { ticketId, id } = await accepted(world)
    await track(id)
    await world.settle()
    const { db, account, handlers } = world.context
    await inAccount(db, account.id, async (tx) => {
      await tx.updateTable('api_command').set({ ticket_id: 0 }).where('ticket_id', '=', ticketId).execute()
      await tx.deleteFrom('escalation').where('ticket_id', '=', ticketId).execute()
      await tx.deleteFrom('ticket').where('ticket_id', '=', ticketId).execute()
    })
    await handlers.observe({ accountId: account.id, ticketId })
    const { escalation } = await world.view(ticketId)
    expect(escalation!.life.progress).toMatchObject([{ by: { name: `${bot.key.name} (API)` } }])
  })
})
