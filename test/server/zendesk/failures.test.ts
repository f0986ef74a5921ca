import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ZendeskError } from '../../../server/zendesk/error.ts'
import type { FaultAnswer } from '../../zendesk/world.ts'
import { CLIENT, type SmallAccount, startSmallAccount } from './small-account.ts'

let account: SmallAccount
let ticketId: number

beforeEach(async () => {
  account = await startSmallAccount({ callMs: 300 })
  ticketId = account.aTicket()
})
afterEach(() => account[Symbol.asyncDispose]())

const path = () => `/api/v2/tickets/${ticketId}`
const json = (status: number, body: unknown, headers: Record<string, string> = {}): FaultAnswer['answer'] => ({
  status,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
})

async function failureOf(call: Promise<unknown>): Promise<ZendeskError> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ZendeskError)
  return error as ZendeskError
}

describe('a call to Zendesk', () => {
  it.each<[string, FaultAnswer['answer'], Partial<ZendeskError>]>([
    [
      '400, with the error as an object',
      json(400, { error: { title: 'Invalid attribute', message: 'Invalid parameter: id' } }),
      { failure: 'rejected', reason: 'bad-request' },
    ],
    [
      '403, with the error as an object',
      json(403, { error: { title: 'Forbidden', message: 'No access' } }),
      { failure: 'denied', reason: 'forbidden' },
    ],
    [
      '403 for a scope',
      json(403, { error: 'Forbidden', description: 'insufficient scope' }),
      { failure: 'denied', reason: 'insufficient-scope' },
    ],
    ['404', json(404, { error: 'RecordNotFound', description: 'Not found' }), { failure: 'not-found' }],
    [
      '409 by a stale stamp',
      json(409, { error: 'UpdateConflict', description: 'Safe Update' }),
      { failure: 'conflict' },
    ],
    [
      '409 by a collision',
      json(409, { error: 'DatabaseConflict', description: 'Database collision' }),
      { failure: 'collision' },
    ],
    [
      '422 for a closed ticket',
      json(422, {
        error: 'RecordInvalid',
        details: { status: [{ description: 'Status: closed prevents ticket update' }] },
      }),
      { failure: 'rejected', reason: 'ticket-closed' },
    ],
    [
      '422 for a required field',
      json(422, {
        error: 'RecordInvalid',
        details: { base: [{ description: 'X: is required when solving a ticket' }] },
      }),
      { failure: 'rejected', reason: 'required-field' },
    ],
    [
      'an errors array',
      json(400, { errors: [{ code: 'InvalidPaginationDepth', title: 'Too deep' }] }),
      { failure: 'rejected' },
    ],
    ['500', json(500, { error: 'InternalError' }), { failure: 'unavailable', reason: 'zendesk-unavailable' }],
    ['a page of a proxy', { status: 502, body: '<html>Bad gateway</html>' }, { failure: 'unavailable' }],
    ['an empty refusal', { status: 503 }, { failure: 'unavailable' }],
    [
      'HTML where JSON was due',
      { status: 200, body: '<html>Hello</html>' },
      { failure: 'unavailable', reason: 'half-an-answer' },
    ],
    ['JSON of another shape', json(200, { tickets: [] }), { failure: 'unavailable', reason: 'unexpected-answer' }],
    ['half an answer', 'cut', { failure: 'unavailable', reason: 'half-an-answer' }],
    ['no answer in time', 'timeout', { failure: 'unavailable', reason: 'timeout' }],
  ])('that gets %s fails with a word for what to do', async (_, answer, expected) => {
    account.answerNext('GET', path(), answer)
    expect(await failureOf(account.client.getTicket(ticketId))).toMatchObject(expected)
  })

  it('names itself and the answer, and nothing anybody wrote', async () => {
    const details = { subject: [{ description: 'Subject: "My password is hunter2" is too long' }] }
    account.answerNext('PUT', path(), json(422, { error: 'RecordInvalid', details }, { 'x-request-id': 'abc-123' }))
    const error = await failureOf(account.client.updateTicket(ticketId, { privateComment: 'secret' }, ''))
    expect(error.message).toBe(`PUT ${path()}.json answered 422 (RecordInvalid subject)`)
    expect(error.requestId).toBe('abc-123')
    const everything = JSON.stringify([error, error.stack, account.logged])
    for (const text of ['hunter2', 'secret', account.tokens.saved[0]!.accessToken, CLIENT.secret]) {
      expect(everything).not.toContain(text)
    }
  })

  it('says which keys of a request Zendesk ignored', async () => {
    const warning =
      '{:allowed_parameters=>{:controller=>"tickets", :unpermitted_keys=>["ticket.colour"], :invalid_values=>[]}}'
    account.answerNext('GET', path(), json(404, {}, { 'x-zendesk-api-warn': warning }))
    account.answerNext('GET', '/api/v2/groups', json(200, { groups: [], meta: {} }, { 'x-zendesk-api-warn': warning }))
    await account.client.listGroups()
    expect(account.logged).toContainEqual(
      expect.objectContaining({ event: 'zendesk.ignored-keys', keys: ['ticket.colour'] }),
    )
  })
})

describe('signing in', () => {
  it('fetches one token however many calls need it', async () => {
    await Promise.all(Array.from({ length: 8 }, () => account.client.getTicket(ticketId)))
    expect(account.countCalls('POST', /oauth\/tokens/)).toBe(1)
    expect(account.tokens.saved).toHaveLength(1)
  })

  it('uses the stored token after a restart', async () => {
    await account.client.getTicket(ticketId)
    const { connectZendesk } = await import('../../../server/zendesk/client.ts')
    const log = { info: () => {}, warn: () => {} }
    const { tokens, clock } = account
    const restarted = connectZendesk({ baseUrl: account.zendesk.url, client: CLIENT, tokens, clock, log })
    await restarted.getTicket(ticketId)
    expect(account.countCalls('POST', /oauth\/tokens/)).toBe(1)
  })

  it('renews a token before it expires', async () => {
    await account.client.getTicket(ticketId)
    await account.clock.advance(29 * 60_000 + 1)
    await account.client.getTicket(ticketId)
    expect(account.countCalls('POST', /oauth\/tokens/)).toBe(2)
  })

  it('gets another token once when Zendesk refuses the one it had', async () => {
    await account.client.getTicket(ticketId)
    for (const token of Object.values(account.zendesk.world.state.oauth_tokens)) token.revoked = true
    const answers = await Promise.all([account.client.getTicket(ticketId), account.client.getTicket(ticketId)])
    expect(answers.map(({ ticket }) => ticket.id)).toEqual([ticketId, ticketId])
    expect(account.countCalls('POST', /oauth\/tokens/)).toBe(2)
  })

  it('gives up after a second 401', async () => {
    account.answerNext('GET', path(), json(401, { error: "Couldn't authenticate you" }), 2)
    expect(await failureOf(account.client.getTicket(ticketId))).toMatchObject({
      failure: 'denied',
      reason: 'not-signed-in',
    })
  })

  it('says so when Zendesk does not know the OAuth client', async () => {
    account.zendesk.world.state.oauth_clients[1]!.secret = 'another'
    expect(await failureOf(account.client.getTicket(ticketId))).toMatchObject({ failure: 'denied' })
  })
})

describe('the rate limit', () => {
  it('is kept to for as long as Zendesk asks, and no longer', async () => {
    account.answerNext('GET', path(), { status: 429, body: 'Slow down', headers: { 'retry-after': '120' } })
    const retryAt = account.clock.now() + 120_000
    expect(await failureOf(account.client.getTicket(ticketId))).toMatchObject({ failure: 'rate-limited', retryAt })

    const before = account.zendesk.requests.length
    await account.clock.advance(119_000)
    expect(await failureOf(account.client.getTicket(ticketId))).toMatchObject({ failure: 'rate-limited', retryAt })
    expect(account.zendesk.requests.length).toBe(before)

    await account.clock.advance(1000)
    expect((await account.client.getTicket(ticketId)).ticket.id).toBe(ticketId)
  })

  it('of one ticket does not stop calls about others', async () => {
    const headers = { 'retry-after': '60', 'zendesk-ratelimit-per-ticket-updates': 'total=30; remaining=0; resets=468' }
    account.answerNext('PUT', path(), { status: 429, headers })
    const { ticket } = await account.client.getTicket(ticketId)
    await failureOf(account.client.updateTicket(ticketId, { priority: 'high' }, ticket.updatedAt))
    expect((await account.client.getTicket(ticketId)).ticket.id).toBe(ticketId)
  })
})
