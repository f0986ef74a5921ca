import { get } from 'node:https'
import { generate } from 'selfsigned'
import { describe, expect, it } from 'vitest'
import { createStoppedClock } from '../support/clock.ts'
import { startZendesk } from './server.ts'
import { startSmallAccount } from './small-account.ts'

describe('the local Zendesk', () => {
  it('speaks HTTPS when it is given a certificate, and says so in its addresses', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }])
    await using zendesk = await startZendesk({ clock: createStoppedClock(0), tls: { key, cert } })
    expect(zendesk.url).toMatch(/^https:\/\/localhost:\d+$/)
    const body = await new Promise<string>((resolve, reject) => {
      get(`${zendesk.url}/api/v2/users/me.json`, { ca: cert }, (res) => {
        let text = ''
        res.on('data', (chunk) => (text += chunk)).on('end', () => resolve(text))
      }).on('error', reject)
    })
    expect(JSON.parse(body).user.url).toContain(zendesk.url)
  })

  it('advertises another address when told to', async () => {
    await using zendesk = await startZendesk({ clock: createStoppedClock(0), publicUrl: 'https://acme.zendesk.test/' })
    expect([zendesk.url, zendesk.world.url]).toEqual(['https://acme.zendesk.test', 'https://acme.zendesk.test'])
  })

  it('delivers a trigger’s webhook after the update was answered, and settles once it has arrived', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.lea)
    const webhook = {
      ...{ name: 'Baton', endpoint: `${account.zendesk.url}/hook`, http_method: 'POST', request_format: 'json' },
      ...{ status: 'active', subscriptions: ['conditional_ticket_events'] },
    }
    const made = await call('POST', 'webhooks', { webhook })
    expect(made.status).toBe(201)
    const trigger = {
      title: 'Tell Baton',
      conditions: { all: [{ field: 'current_tags', operator: 'includes', value: 'baton' }], any: [] },
      actions: [{ field: 'notification_webhook', value: [made.body.webhook.id, '{"ticket_id":"{{ticket.id}}"}'] }],
    }
    expect((await call('POST', 'triggers', { trigger })).status).toBe(201)
    const { id } = account.aTicket()
    await call('PUT', `tickets/${id}`, { ticket: { tags: ['baton'] } })
    await account.zendesk.settle()
    expect(account.zendesk.requests.filter(({ path }) => path === '/hook')).toHaveLength(1)
  })
})
