import { describe, expect, it } from 'vitest'
import { createStoppedClock } from '../../support/clock.ts'
import { createWorld } from '../state/create-world.ts'
import type { Webhook } from '../state/model.ts'
import { type Reply, startReceiver } from './receiver.ts'
import { createWebhookSender, WEBHOOK_TIMEOUT_MS } from './sender.ts'
import { signWebhook } from './sign.ts'

/** A sender, a receiver and a webhook from one to the other. */
async function startSending(replies: Reply[] = [], overrides: Partial<Webhook> = {}, timeoutMs?: number) {
  const receiver = await startReceiver(replies)
  const clock = createStoppedClock('2026-03-06 10:00:07Z')
  const world = createWorld({ clock })
  const webhook = {
    ...{ id: world.nextUlid(), name: 'Baton', description: '', endpoint: receiver.url, http_method: 'POST' },
    ...{ request_format: 'json', status: 'active', subscriptions: ['conditional_ticket_events'] },
    ...{
      custom_headers: {},
      authentication: null,
      secret: 'the-secret',
      created_at: 0,
      updated_at: 0,
      created_by: '1',
    },
    ...overrides,
  } as Webhook
  world.state.webhooks[webhook.id] = webhook
  const sender = createWebhookSender(world, { timeoutMs })
  return {
    ...{ receiver, clock, world, webhook, sender },
    fire: (payload = '{"ticket_id":"7"}') => sender.fire(webhook.id, payload),
    invocation: () => Object.values(world.state.invocations)[0]!,
    async [Symbol.asyncDispose]() {
      await sender.close()
      await receiver[Symbol.asyncDispose]()
    },
  }
}

describe('createWebhookSender', () => {
  it('sends the payload with the headers of a recorded attempt', async () => {
    await using all = await startSending()
    all.fire()
    await all.sender.settle()
    const [request] = all.receiver.received
    expect(request).toMatchObject({ method: 'POST', url: '/hook', body: '{"ticket_id":"7"}' })
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Zendesk Webhook',
      'x-zendesk-account-id': String(all.world.state.account.id),
      'x-zendesk-webhook-id': all.webhook.id,
      'x-zendesk-webhook-invocation-id': expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
      'x-zendesk-webhook-signature-timestamp': '2026-03-06T10:00:07Z',
      'x-zendesk-webhook-signature': signWebhook('the-secret', '2026-03-06T10:00:07Z', '{"ticket_id":"7"}'),
    })
  })

  it('sends nothing before the caller is done', async () => {
    await using all = await startSending()
    all.fire()
    await Promise.resolve()
    expect(all.receiver.received).toHaveLength(0)
    await all.sender.settle()
    expect(all.receiver.received).toHaveLength(1)
  })

  it('tries a conflict three times more, with the same invocation id', async () => {
    await using all = await startSending(Array.from({ length: 9 }, () => ({ status: 409 })))
    all.fire()
    for (let i = 0; i < 9; i++) {
      await all.sender.settle()
      await all.clock.advance(60_000)
    }
    const ids = all.receiver.received.map((request) => request.headers['x-zendesk-webhook-invocation-id'])
    expect([ids.length, new Set(ids).size]).toEqual([4, 1])
    expect(all.invocation()).toMatchObject({ status: 'failed', attempts: [{}, {}, {}, {}] })
  })

  it('waits as long as Retry-After says and then succeeds', async () => {
    await using all = await startSending([{ status: 503, headers: { 'retry-after': '5' } }])
    all.fire()
    await all.sender.settle()
    await all.clock.advance(4999)
    await all.sender.settle()
    expect(all.receiver.received).toHaveLength(1)
    await all.clock.advance(1)
    await all.sender.settle()
    expect(all.receiver.received).toHaveLength(2)
    expect(all.invocation().status).toBe('success')
  })

  it.each([500, 502, 503, 429, 400, 403])('never tries %i again', async (status) => {
    await using all = await startSending([{ status }])
    all.fire()
    await all.sender.settle()
    await all.clock.advance(3_600_000)
    await all.sender.settle()
    expect(all.receiver.received).toHaveLength(1)
    expect(all.invocation()).toMatchObject({ status: 'terminated', attempts: [{ status_code: status }] })
  })

  it('allows 12 s', () => {
    expect(WEBHOOK_TIMEOUT_MS).toBe(12_000)
  })

  it('gives up an answer that takes too long, logs 504 and tries again', async () => {
    await using all = await startSending(['hang'], {}, 100)
    all.fire()
    await all.sender.settle()
    expect(all.invocation().attempts).toMatchObject([{ status: 'timeout', status_code: 504, response: null }])
    await all.clock.advance(5000)
    await all.sender.settle()
    expect(all.receiver.received).toHaveLength(2)
    expect(all.invocation().status).toBe('success')
  })

  it('does not cut off a request because the clock is moved far ahead', async () => {
    await using all = await startSending([{ status: 409 }])
    all.fire()
    await all.sender.settle()
    await all.clock.advance(3_600_000)
    await all.sender.settle()
    expect(all.invocation().attempts.map((attempt) => attempt.status_code)).toEqual([409, 202])
  })

  it('sends nothing for an inactive webhook', async () => {
    await using all = await startSending([], { status: 'inactive' })
    all.fire()
    await all.sender.settle()
    expect([all.receiver.received, Object.keys(all.world.state.invocations)]).toEqual([[], []])
  })

  it('keeps custom headers and authentication from http endpoints', async () => {
    await using all = await startSending([], {
      custom_headers: { 'X-Custom': 'yes' },
      authentication: { type: 'bearer_token', data: { token: 'secret-token' } },
    })
    all.fire()
    await all.sender.settle()
    expect(all.receiver.received[0]?.headers).not.toHaveProperty('x-custom')
    expect(all.receiver.received[0]?.headers).not.toHaveProperty('authorization')
  })

  it('puts the payload of a GET into the address', async () => {
    await using all = await startSending([], { http_method: 'GET' })
    all.fire('ticket=7')
    await all.sender.settle()
    expect(all.receiver.received[0]).toMatchObject({ method: 'GET', url: '/hook?ticket=7', body: '' })
  })

  it('sends no payload of more than 16,000 characters', async () => {
    await using all = await startSending()
    all.fire('x'.repeat(16_000))
    all.fire('x'.repeat(16_001))
    await all.sender.settle()
    expect(all.receiver.received).toHaveLength(1)
  })

  it('sends duplicates with one invocation id when asked', async () => {
    await using all = await startSending()
    all.world.faults.duplicateWebhooks = 2
    all.fire()
    await all.sender.settle()
    const ids = all.receiver.received.map((request) => request.headers['x-zendesk-webhook-invocation-id'])
    expect([ids.length, new Set(ids).size]).toEqual([3, 1])
  })

  it('drops every n-th when asked', async () => {
    await using all = await startSending()
    all.world.faults.dropEveryNthWebhook = 3
    for (let i = 1; i <= 6; i++) all.fire(String(i))
    await all.sender.settle()
    expect(all.receiver.received.map((request) => request.body).sort()).toEqual(['1', '2', '4', '5'])
  })

  it('reverses batches when asked, and lets the rest go when that ends', async () => {
    await using all = await startSending()
    all.world.faults.reorderWebhooks = 3
    for (let i = 1; i <= 4; i++) all.fire(String(i))
    await all.sender.settle()
    expect(all.receiver.received.map((request) => request.body)).toEqual(['3', '2', '1'])
    all.world.faults.reorderWebhooks = 0
    await all.sender.settle()
    expect(all.receiver.received.map((request) => request.body)).toEqual(['3', '2', '1', '4'])
  })

  it('stops sending to a receiver that mostly fails, and logs it', async () => {
    await using all = await startSending(Array.from({ length: 100 }, () => ({ status: 500 })))
    for (let i = 0; i < 100; i++) {
      all.fire()
      await all.sender.settle()
    }
    all.fire('paused')
    await all.sender.settle()
    expect(all.receiver.received).toHaveLength(100)
    expect(Object.values(all.world.state.invocations).at(-1)?.status).toBe('circuit broken')
    await all.clock.advance(5000)
    all.fire('probe')
    await all.sender.settle()
    all.fire('normal again')
    await all.sender.settle()
    expect(all.receiver.received.slice(100).map((request) => request.body)).toEqual(['probe', 'normal again'])
  })

  it('gives up what waits when it is closed', async () => {
    await using all = await startSending([{ status: 409 }])
    all.fire()
    await all.sender.settle()
    await all.sender.close()
    await all.clock.advance(60_000)
    expect(all.receiver.received).toHaveLength(1)
  })
})
