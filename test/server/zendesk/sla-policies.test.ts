import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import type { SlaPolicies } from '../../../server/zendesk/sla-policies.ts'
import { aTarget } from '../../zendesk/slas/a-policy.ts'
import { addSlaPolicy } from './add-sla-policy.ts'
import { type SmallAccount, startSmallAccount } from './small-account.ts'

const PATH = /\/slas\/policies$/

let account: SmallAccount
beforeEach(async () => {
  account = await startSmallAccount()
})
afterEach(() => account[Symbol.asyncDispose]())

describe("Zendesk's SLA policies", () => {
  it('are read in the order in which they are tried, with every target', async () => {
    await addSlaPolicy(account, {
      title: 'Everyone',
      policy_metrics: [aTarget(), aTarget({ priority: 'low', target: 480 })],
    })
    const metrics = [aTarget({ metric: 'requester_wait_time', target: 240, business_hours: true })]
    await addSlaPolicy(account, { title: 'Gold', position: 1, policy_metrics: metrics })
    const read = await account.client.listSlaPolicies()
    expect(read).toMatchObject({
      ok: true,
      policies: [
        {
          title: 'Gold',
          targets: [{ priority: 'high', metric: 'requester_wait_time', targetMs: 4 * HOUR_MS, counts: 'business' }],
        },
        {
          title: 'Everyone',
          targets: [
            { priority: 'high', metric: 'first_reply_time', targetMs: HOUR_MS, counts: 'calendar' },
            { priority: 'low', targetMs: 8 * HOUR_MS },
          ],
        },
      ],
    })
  })

  it('are none in an account that has written none', async () => {
    expect(await account.client.listSlaPolicies()).toEqual({ ok: true, policies: [] })
  })

  it.each([
    ['on a plan without them', () => void Object.assign(account.zendesk.world.state.account, { plan: 'team' }), /plan/],
    ['to a user who is no admin', () => void Object.assign(account.people.integration, { role: 'agent' }), /admin/],
    ['where the plan hides the whole page', () => account.answerNext('GET', PATH, { status: 404 }), /plan/],
    [
      'to a token without the scope',
      () => account.answerNext('GET', PATH, { status: 403, body: '{"error":"insufficient scope"}' }),
      /"read"/,
    ],
  ])('are refused %s by an answer that says what to do, not by an exception', async (_, refuse, advice) => {
    refuse()
    const read: SlaPolicies = await account.client.listSlaPolicies()
    expect(read).toMatchObject({ ok: false, advice: expect.stringMatching(advice) })
  })

  it('fail like any other call when Zendesk is down', async () => {
    account.answerNext('GET', PATH, { status: 503, body: 'maintenance' }, 10)
    await expect(account.client.listSlaPolicies()).rejects.toMatchObject({ failure: 'unavailable' })
  })

  it('are read page by page from an account that pages them, with seconds where Zendesk tells seconds', async () => {
    const page = (id: number, next: string | null) =>
      JSON.stringify({
        sla_policies: [{ id, title: `Policy ${id}`, policy_metrics: [{ ...aTarget(), target_in_seconds: 90 }] }],
        next_page: next,
      })
    account.answerNext('GET', PATH, {
      status: 200,
      body: page(1, 'https://example.zendesk.com/api/v2/slas/policies?page=2'),
    })
    account.answerNext('GET', PATH, { status: 200, body: page(2, null) })
    const read = await account.client.listSlaPolicies()
    expect(read).toMatchObject({ ok: true, policies: [{ id: 1 }, { id: 2, targets: [{ targetMs: 1.5 * MINUTE_MS }] }] })
  })
})
