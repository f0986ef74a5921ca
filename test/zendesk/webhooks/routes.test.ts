import { describe, expect, it } from 'vitest'
import { startAccount } from '../oauth/start-account.ts'
import { startReceiver } from './receiver.ts'
import { STATIC_TEST_SECRET, signWebhook } from './sign.ts'

const WEBHOOK = {
  name: 'Baton',
  description: 'Ids only',
  endpoint: 'https://baton.example/webhooks/zendesk',
  http_method: 'POST',
  request_format: 'json',
  status: 'active',
  subscriptions: ['conditional_ticket_events'],
}

type Account = Awaited<ReturnType<typeof startAccount>>

async function addWebhook(account: Account, overrides: Record<string, unknown> = {}) {
  const { status, body } = await account.call('POST', '/api/v2/webhooks', { webhook: { ...WEBHOOK, ...overrides } })
  if (status !== 201) throw new Error(`POST /api/v2/webhooks answered ${status} ${JSON.stringify(body)}`)
  return body.webhook
}

describe('/api/v2/webhooks', () => {
  it('makes one with nanoseconds, and shows it with seconds', async () => {
    await using account = await startAccount()
    const made = await addWebhook(account)
    expect(made).toMatchObject({ ...WEBHOOK, id: expect.stringMatching(/^[0-9A-Z]{26}$/) })
    expect(made.created_at).toBe('2026-03-06T10:00:00.000000000Z')
    expect(made.created_by).toBe(String(account.admin.id))
    const { body, headers } = await account.call('GET', `/api/v2/webhooks/${made.id}`)
    expect(body.webhook.created_at).toBe('2026-03-06T10:00:00Z')
    expect(headers.get('x-rate-limit')).toBe('100')
  })

  it('never echoes passwords, tokens or the signing secret', async () => {
    await using account = await startAccount()
    const authentication = { type: 'basic_auth', data: { username: 'u', password: 'hidden' }, add_position: 'header' }
    const made = await addWebhook(account, { authentication })
    const shown = await account.call('GET', `/api/v2/webhooks/${made.id}`)
    const secret = account.world.state.webhooks[made.id]!.secret
    for (const text of [JSON.stringify(made), JSON.stringify(shown.body)]) {
      expect(text).not.toContain('hidden')
      expect(text).not.toContain(secret)
    }
    expect(shown.body.webhook.authentication.data).toEqual({ username: 'u' })
  })

  it.each([
    ['no name', { name: '' }],
    ['no URL', { endpoint: 'baton' }],
    ['another scheme', { endpoint: 'ftp://baton.example' }],
    ['an unknown method', { http_method: 'FETCH' }],
    ['an unknown format', { request_format: 'yaml' }],
    ['two kinds at once', { subscriptions: ['conditional_ticket_events', 'zen:event-type:ticket.created'] }],
    ['events by GET', { subscriptions: ['zen:event-type:ticket.created'], http_method: 'GET' }],
    ['an authentication without its data', { authentication: { type: 'bearer_token', data: {} } }],
    ['a header of Zendesk itself', { custom_headers: { 'X-Zendesk-Webhook-Id': '1' } }],
  ])('refuses %s', async (_, overrides) => {
    await using account = await startAccount()
    const { status, body } = await account.call('POST', '/api/v2/webhooks', { webhook: { ...WEBHOOK, ...overrides } })
    expect([status, body.errors[0].code]).toEqual([400, 'InvalidWebhook'])
  })

  it.each(['PUT', 'PATCH'])('%s answers 204 and changes what it names', async (method) => {
    await using account = await startAccount()
    const { id } = await addWebhook(account)
    const change = { ...(method === 'PUT' ? WEBHOOK : {}), status: 'inactive' }
    const { status, body } = await account.call(method, `/api/v2/webhooks/${id}`, { webhook: change })
    expect([status, body]).toEqual([204, ''])
    expect(account.world.state.webhooks[id]).toMatchObject({ status: 'inactive', name: 'Baton' })
  })

  it('does not become the other kind', async () => {
    await using account = await startAccount()
    const { id } = await addWebhook(account)
    const webhook = { subscriptions: ['zen:event-type:ticket.created'] }
    expect((await account.call('PATCH', `/api/v2/webhooks/${id}`, { webhook })).status).toBe(400)
  })

  it('lists without links when there is one page, filters, and pages otherwise', async () => {
    await using account = await startAccount()
    for (const name of ['Baton one', 'Baton two', 'Other']) await addWebhook(account, { name })
    const names = (body: { webhooks: { name: string }[] }) => body.webhooks.map((webhook) => webhook.name)
    const all = await account.call('GET', '/api/v2/webhooks')
    expect(all.body).toEqual({
      meta: { has_more: false },
      webhooks: [expect.anything(), expect.anything(), expect.anything()],
    })
    const some = await account.call('GET', '/api/v2/webhooks?filter[name_contains]=baton&filter[status]=active')
    expect(names(some.body)).toEqual(['Baton one', 'Baton two'])
    const first = await account.call('GET', '/api/v2/webhooks?page[size]=2')
    const after = first.body.meta.after_cursor
    const second = await account.call('GET', `/api/v2/webhooks?page[size]=2&page[after]=${after}`)
    expect([names(first.body), names(second.body)]).toEqual([['Baton one', 'Baton two'], ['Other']])
  })

  it('gives a new signing secret at once', async () => {
    await using account = await startAccount()
    const { id } = await addWebhook(account)
    const before = await account.call('GET', `/api/v2/webhooks/${id}/signing_secret`)
    const after = await account.call('POST', `/api/v2/webhooks/${id}/signing_secret`)
    expect(before.body).toEqual({ signing_secret: { secret: expect.stringMatching(/^.{44}$/), algorithm: 'SHA256' } })
    expect(after.status).toBe(201)
    expect(after.body.signing_secret.secret).not.toBe(before.body.signing_secret.secret)
  })

  it('is not deleted while a trigger calls it', async () => {
    await using account = await startAccount()
    const { id } = await addWebhook(account)
    const trigger = await account.addTrigger({ actions: [{ field: 'notification_webhook', value: [id, '{}'] }] })
    expect((await account.call('DELETE', `/api/v2/webhooks/${id}`)).status).toBe(400)
    await account.call('DELETE', `/api/v2/triggers/${trigger.id}`)
    expect((await account.call('DELETE', `/api/v2/webhooks/${id}`)).status).toBe(204)
    expect((await account.call('GET', `/api/v2/webhooks/${id}`)).status).toBe(404)
  })

  it('is for admins', async () => {
    await using account = await startAccount()
    expect((await account.call('GET', '/api/v2/webhooks', undefined, account.agent)).status).toBe(403)
  })

  it('shows each delivery with its attempts', async () => {
    await using account = await startAccount()
    await using receiver = await startReceiver([{ status: 403 }])
    const { id } = await addWebhook(account, { endpoint: receiver.url })
    await account.addTrigger({ actions: [{ field: 'notification_webhook', value: [id, '{"id":"{{ticket.id}}"}'] }] })
    await account.createTicket()
    await account.zendesk.settle()
    const { body } = await account.call('GET', `/api/v2/webhooks/${id}/invocations`)
    expect(body.invocations).toEqual([
      { id: expect.any(String), status_code: 403, status: 'terminated', latest_completed_at: '2026-03-06T10:00:00Z' },
    ])
    const path = `/api/v2/webhooks/${id}/invocations/${body.invocations[0].id}/attempts`
    const { attempts } = (await account.call('GET', path)).body
    expect(attempts).toMatchObject([
      {
        id,
        invocation_id: body.invocations[0].id,
        status_code: 403,
        request: { payload: '{"id":"1"}' },
        response: { payload: 'thanks' },
      },
    ])
  })

  it('pages invocations by a Link header, newest first', async () => {
    await using account = await startAccount()
    await using receiver = await startReceiver()
    const { id } = await addWebhook(account, { endpoint: receiver.url })
    for (let i = 0; i < 3; i++) {
      account.world.fireWebhook(id, String(i))
      await account.clock.advance(1000)
    }
    await account.zendesk.settle()
    const first = await account.call('GET', `/api/v2/webhooks/${id}/invocations?page[size]=2`)
    const next = /<(.*)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1]
    const second = await account.call('GET', next!.replace(account.zendesk.url, ''))
    expect([first.body.invocations.length, second.body.invocations.length]).toEqual([2, 1])
    expect(second.headers.get('link')).toBeNull()
  })
})

describe('/api/v2/webhooks/test', () => {
  it('sends at once, signed with the published secret while the webhook is not saved', async () => {
    await using account = await startAccount()
    await using receiver = await startReceiver([{ status: 401, headers: { 'x-why': 'bad-signature' } }])
    const request = { endpoint: receiver.url, http_method: 'POST', request_format: 'json', payload: '{"a":1}' }
    const { status, body } = await account.call('POST', '/api/v2/webhooks/test', { request })
    expect([status, body.response.status_code, body.response.payload]).toEqual([200, 401, 'thanks'])
    expect(body.response.headers).toContainEqual({ key: 'x-why', value: 'bad-signature' })
    expect(receiver.received[0]?.headers['x-zendesk-webhook-signature']).toBe(
      signWebhook(STATIC_TEST_SECRET, '2026-03-06T10:00:00Z', '{"a":1}'),
    )
  })

  it('signs with the webhook’s own secret once it is saved', async () => {
    await using account = await startAccount()
    await using receiver = await startReceiver()
    const { id } = await addWebhook(account, { endpoint: receiver.url })
    await account.call('POST', `/api/v2/webhooks/test?webhook_id=${id}`, { request: { payload: 'x' } })
    const { secret } = account.world.state.webhooks[id]!
    expect(receiver.received[0]?.headers['x-zendesk-webhook-signature']).toBe(
      signWebhook(secret, '2026-03-06T10:00:00Z', 'x'),
    )
  })

  it('answers 429 after 20 in a minute', async () => {
    await using account = await startAccount()
    await using receiver = await startReceiver()
    const request = { endpoint: receiver.url, http_method: 'POST', request_format: 'json', payload: '' }
    for (let i = 0; i < 20; i++) await account.call('POST', '/api/v2/webhooks/test', { request })
    expect((await account.call('POST', '/api/v2/webhooks/test', { request })).status).toBe(429)
    await account.clock.advance(60_000)
    expect((await account.call('POST', '/api/v2/webhooks/test', { request })).status).toBe(200)
  })
})
