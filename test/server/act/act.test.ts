import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { act } from '../../../server/act/act.ts'
import { observe } from '../../../server/observe/observe.ts'
import type { FaultAnswer } from '../../zendesk/world.ts'
import { aNote, type ServedAccount, serveAccount } from '../engine/served-account.ts'

let account: ServedAccount
beforeAll(async () => {
  account = await serveAccount({ callMs: 400 })
})
afterAll(() => account[Symbol.asyncDispose]())

/** A ticket that was escalated and looked at, its effect still to be carried out. */
async function escalated(changes = {}): Promise<{ ticketId: number; effectId: string }> {
  const ticketId = account.aTicket(changes)
  account.send(account.people.agent, ticketId)
  await observe({ accountId: account.accountId, ticketId }, account.deps)
  const [effect] = await account.effectsOf(ticketId)
  return { ticketId, effectId: effect!.id }
}

/** Carries the effect out once, as a worker would. */
const tryOnce = (effectId: string) =>
  act({ accountId: account.accountId, effectId }, account.deps).then(
    () => 'done',
    () => 'thrown',
  )

const routingOf = async (ticketId: number) => (await account.stateOf(ticketId)).escalations[0]!.routing
const markedUpdates = (ticketId: number) =>
  account.zendesk.world.state.audits[ticketId]!.filter(({ metadata }) => 'baton_effect' in metadata.custom)
const failure = (status: number, body: unknown): FaultAnswer['answer'] => ({ status, body: JSON.stringify(body) })

describe('carrying out a decision', () => {
  it('moves the ticket in one private update and leaves the rest alone', async () => {
    const { ticketId, effectId } = await escalated({ tags: ['vip', 'sso'], priority: 'low' })
    const others = Object.values(account.zendesk.world.state.ticket_fields).find(({ title }) => title === 'Subject')!
    account.ticket(ticketId).custom_fields[others.id] = 'theirs'
    expect(await tryOnce(effectId)).toBe('done')

    const { fields } = account.installation
    const ticket = account.ticket(ticketId)
    expect(ticket).toMatchObject({
      group_id: account.groups.identity.id,
      assignee_id: null,
      custom_fields: {
        [others.id]: 'theirs',
        [fields.tier!]: 'baton_tier_2',
        [fields.queue!]: 'baton_queue_identity',
        [fields.severity!]: 'baton_severity_p2',
        [fields.escalation_id!]: expect.stringMatching(/^ESC-2026-/),
      },
    })
    expect(ticket.tags).toEqual(expect.arrayContaining(['vip', 'sso', 'baton', 'team_identity', 'baton_tier_2']))
    expect(markedUpdates(ticketId)).toHaveLength(1)
    expect(account.zendesk.world.state.comments[ticketId]!.at(-1)).toMatchObject({
      public: false,
      plain_body: expect.stringContaining('Escalated to L2 Specialists, Identity'),
    })
    expect(await routingOf(ticketId)).toMatchObject({ state: 'done', differences: [] })
    expect(await account.eventsOf(ticketId)).toEqual(['requested', 'routed'])
  })

  it('never lowers the priority a ticket has', async () => {
    const { ticketId, effectId } = await escalated()
    account.change(account.people.agent, ticketId, { priority: 'urgent' })
    await tryOnce(effectId)
    expect(account.ticket(ticketId).priority).toBe('urgent')
    expect(await routingOf(ticketId)).toMatchObject({ state: 'done' })
  })

  it('opens a solved ticket again', async () => {
    const { ticketId, effectId } = await escalated()
    account.change(account.people.agent, ticketId, { status: 'solved' })
    await tryOnce(effectId)
    expect(account.ticket(ticketId)).toMatchObject({ status: 'open', assignee_id: null })
  })

  it('is skipped once it is settled', async () => {
    const { ticketId, effectId } = await escalated()
    await tryOnce(effectId)
    const calls = account.zendesk.requests.length
    expect(await tryOnce(effectId)).toBe('done')
    expect(account.zendesk.requests.length).toBe(calls)
    expect(markedUpdates(ticketId)).toHaveLength(1)
  })

  it('is done once when the server is killed between the update and its note of it', async () => {
    const { ticketId, effectId } = await escalated()
    account.withClient((client) => ({
      updateTicket: async (...update) => {
        await client.updateTicket(...update)
        throw new Error('killed')
      },
    }))
    expect(await tryOnce(effectId)).toBe('thrown')
    account.withClient(() => ({}))
    // The specialist is quicker than our second try, and their work stays.
    account.change(account.people.specialist, ticketId, {
      assignee_id: account.people.specialist.id,
      priority: 'urgent',
    })
    expect(await tryOnce(effectId)).toBe('done')
    expect(markedUpdates(ticketId)).toHaveLength(1)
    expect(await routingOf(ticketId)).toMatchObject({ state: 'done', differences: [] })
    expect(account.ticket(ticketId).assignee_id).toBe(account.people.specialist.id)
  })

  it('holds a database that went away meanwhile against nobody', async () => {
    const { ticketId, effectId } = await escalated()
    account.withClient((client) => ({
      updateTicket: async (...update) => {
        await client.updateTicket(...update)
        throw Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })
      },
    }))
    expect(await tryOnce(effectId)).toBe('thrown')
    account.withClient(() => ({}))
    expect(await routingOf(ticketId)).toMatchObject({ state: 'pending', attempts: 0 })
    expect(await tryOnce(effectId)).toBe('done')
    expect(await account.eventsOf(ticketId)).toEqual(['requested', 'routed'])
    expect(markedUpdates(ticketId)).toHaveLength(1)
  })

  it.each<[string, FaultAnswer['answer']]>([
    ['the answer is lost after the work was done', 'after'],
    ['the answer breaks off half way', 'cut'],
  ])('is done once when %s', async (_, answer) => {
    const { ticketId, effectId } = await escalated()
    account.answerNext('PUT', `/api/v2/tickets/${ticketId}`, answer)
    expect(await tryOnce(effectId)).toBe('thrown')
    expect(await routingOf(ticketId)).toMatchObject({ state: 'pending', attempts: 1 })
    expect(await tryOnce(effectId)).toBe('done')
    expect(markedUpdates(ticketId)).toHaveLength(1)
    expect(await routingOf(ticketId)).toMatchObject({ state: 'done' })
  })

  it.each<[string, string, FaultAnswer['answer'], number]>([
    ['a stale stamp, twice', 'PUT', failure(409, { error: 'UpdateConflict' }), 2],
    ['a collision, twice', 'PUT', failure(409, { error: 'DatabaseConflict' }), 2],
  ])('reads and writes again after %s', async (_, method, answer, times) => {
    const { ticketId, effectId } = await escalated()
    account.answerNext(method, `/api/v2/tickets/${ticketId}`, answer, times)
    expect(await tryOnce(effectId)).toBe('done')
    expect(await routingOf(ticketId)).toMatchObject({ state: 'done', attempts: 0 })
  })

  it.each<[string, FaultAnswer['answer'], number, string]>([
    ['a ticket that never stands still', failure(409, { error: 'UpdateConflict' }), 5, 'changed-meanwhile'],
    ['a 500', failure(500, { error: 'InternalError' }), 1, 'zendesk-unavailable'],
    ['no answer', 'timeout', 1, 'timeout'],
    ['a sign-in that fails', failure(401, { error: "Couldn't authenticate you" }), 2, 'not-signed-in'],
  ])('is put off by %s, and shows it', async (_, answer, times, reason) => {
    const { ticketId, effectId } = await escalated()
    account.answerNext('PUT', `/api/v2/tickets/${ticketId}`, answer, times)
    expect(await tryOnce(effectId)).toBe('thrown')
    const routing = await routingOf(ticketId)
    expect(routing).toMatchObject({ state: 'pending', reason, attempts: 1 })
    expect(routing.detail).toMatch(/tries again by itself/)
    expect(await account.eventsOf(ticketId)).toEqual(['requested', 'routing-delayed'])
    expect(await tryOnce(effectId)).toBe('done')
    expect(await routingOf(ticketId)).toMatchObject({ state: 'done' })
  })

  it.each<[string, FaultAnswer['answer'], string]>([
    ['403', failure(403, { error: 'Forbidden', description: 'no' }), 'forbidden'],
    ['404', failure(404, { error: 'RecordNotFound', description: 'Not found' }), 'not-found'],
    [
      '422 for a closed ticket',
      failure(422, { error: 'RecordInvalid', details: { base: [{ description: 'x', error: 'ClosedTicket' }] } }),
      'ticket-closed',
    ],
    ['422 for something else', failure(422, { error: 'RecordInvalid', details: { group: [{}] } }), 'invalid'],
  ])('is given up after %s, and says why', async (_, answer, reason) => {
    const { ticketId, effectId } = await escalated()
    account.answerNext('PUT', `/api/v2/tickets/${ticketId}`, answer)
    expect(await tryOnce(effectId)).toBe('done')
    const routing = await routingOf(ticketId)
    expect(routing).toMatchObject({ state: 'refused', reason })
    expect(routing.detail).toMatch(/send the note again|follow-up/)
    expect(await account.effectsOf(ticketId)).toMatchObject([{ state: 'refused', last_error: reason }])
  })

  it('waits as long as Zendesk asks, and no longer', async () => {
    const { ticketId } = await escalated()
    const headers = {
      'retry-after': '120',
      'zendesk-ratelimit-per-ticket-updates': 'total=30; remaining=0; resets=120',
    }
    account.answerNext('PUT', `/api/v2/tickets/${ticketId}`, { status: 429, headers })
    await account.settle()
    expect(await routingOf(ticketId)).toMatchObject({ state: 'pending', reason: 'rate-limit', attempts: 1 })
    await account.clock.advance(119_000)
    expect(await account.settle()).toBe(0)
    await account.clock.advance(1000)
    await account.settle()
    expect(await routingOf(ticketId)).toMatchObject({ state: 'done' })
  })

  it('does not touch a ticket that was closed meanwhile', async () => {
    const { ticketId, effectId } = await escalated()
    account.ticket(ticketId).status = 'closed'
    const puts = account.countCalls('PUT', /tickets/)
    await tryOnce(effectId)
    expect(account.countCalls('PUT', /tickets/)).toBe(puts)
    expect(await routingOf(ticketId)).toMatchObject({ state: 'refused', reason: 'ticket-closed' })
  })

  it('says so when Zendesk has no such group', async () => {
    const { ticketId, effectId } = await escalated()
    account.groups.identity.deleted = true
    await account.clock.advance(6 * 60_000)
    await tryOnce(effectId)
    account.groups.identity.deleted = false
    expect(await routingOf(ticketId)).toMatchObject({
      state: 'refused',
      reason: 'group-missing',
      detail: expect.stringContaining('“Identity specialists”'),
    })
    await account.clock.advance(6 * 60_000)
  })

  it('shows where Zendesk had another idea', async () => {
    const id = account.zendesk.world.nextId('trigger')
    const trigger = {
      ...{ id, title: 'Back to support', description: null, active: true, default: false, position: 1, revision: 1 },
      ...{ category_id: '1', created_at: account.clock.now(), updated_at: account.clock.now() },
      conditions: {
        all: [
          { field: 'group_id', operator: 'value', value: String(account.groups.identity.id) },
          { field: 'current_tags', operator: 'includes', value: 'contrary' },
        ],
        any: [],
      },
      actions: [{ field: 'group_id', value: String(account.groups.support.id) }],
    }
    account.zendesk.world.state.triggers[id] = trigger
    const { ticketId, effectId } = await escalated({ tags: ['contrary'] })
    await tryOnce(effectId)
    expect(await routingOf(ticketId)).toMatchObject({
      state: 'differs',
      differences: [{ field: 'group', asked: 'Identity specialists', returned: 'Support' }],
    })
    expect(account.logged).toContainEqual(
      expect.objectContaining({ event: 'ticket.differs', ticketId, fields: ['group'] }),
    )
    delete account.zendesk.world.state.triggers[id]
  })

  it('makes its comment private at once should Zendesk have stored it as public', async () => {
    const { ticketId, effectId } = await escalated()
    account.withClient((client) => ({
      updateTicket: async (...update) => {
        const answer = await client.updateTicket(...update)
        const comment = account.zendesk.world.state.comments[ticketId]!.at(-1)!
        comment.public = true
        for (const one of answer.audit.comments) one.isPublic = true
        return answer
      },
    }))
    await tryOnce(effectId)
    account.withClient(() => ({}))
    expect(account.zendesk.world.state.comments[ticketId]!.at(-1)).toMatchObject({ public: false })
    expect(await account.eventsOf(ticketId)).toContain('comment-was-public')
    expect(account.logged).toContainEqual(expect.objectContaining({ event: 'comment.was-public', ticketId }))
  })

  it('skips an update that a newer note has replaced', async () => {
    const { ticketId, effectId } = await escalated()
    const worse = aNote({ triage: { ...aNote().triage, severity: 'P1' } })
    account.send(account.people.agent, ticketId, { note: worse, envelope: { verb: 'amend' } })
    await observe({ accountId: account.accountId, ticketId }, account.deps)
    await tryOnce(effectId)
    expect(markedUpdates(ticketId)).toHaveLength(0)
    await account.settle()
    expect(account.ticket(ticketId).group_id).toBe(account.groups.platform.id)
    expect((await account.effectsOf(ticketId)).map(({ state }) => state).toSorted()).toEqual(['done', 'refused'])
  })

  it('counts as failed after twenty tries, and still succeeds when its job is put back', async () => {
    const { ticketId, effectId } = await escalated()
    account.answerNext('GET', `/api/v2/tickets/${ticketId}`, failure(500, {}), 20)
    for (let i = 0; i < 20; i++) await tryOnce(effectId)
    expect(await routingOf(ticketId)).toMatchObject({ state: 'failed', attempts: 20 })
    await tryOnce(effectId)
    expect(await routingOf(ticketId)).toMatchObject({ state: 'done' })
  })
})
