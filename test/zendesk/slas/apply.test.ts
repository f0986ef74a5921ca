import { describe, expect, it } from 'vitest'
import { type SmallAccount, startSmallAccount } from '../small-account.ts'
import type { AuditEvent } from '../state/model.ts'
import { updateTicket } from '../tickets/create.ts'
import { aPolicy, aTarget } from './a-policy.ts'

/** What an audit says about targets: `field: minutes`. */
function told({ world }: SmallAccount, id: number): string[] {
  const events: AuditEvent[] = world.state.audits[id]!.at(-1)!.events
  return events
    .filter((event) => event.via?.source.rel === 'sla_target_change')
    .map(({ field_name, value }) => `${field_name}: ${(value as { minutes?: number })?.minutes ?? value}`)
}

async function addPolicy(account: SmallAccount, given: Record<string, unknown>): Promise<number> {
  const { status, body } = await account.as(account.lea)('POST', 'slas/policies', aPolicy(given))
  expect(status).toBe(201)
  return body.sla_policy.id
}

const BY_PRIORITY = [aTarget(), aTarget({ priority: 'urgent', target: 15, business_hours: true })]

describe('SLA policies', () => {
  it('apply the first whose filter matches, after the triggers', async () => {
    await using account = await startSmallAccount()
    const filter = { all: [{ field: 'current_tags', operator: 'includes', value: 'vip' }], any: [] }
    const id = await addPolicy(account, { title: 'VIP', filter, policy_metrics: [aTarget({ target: 10 })] })
    await addPolicy(account, { title: 'Rest' })
    const plain = account.aTicket({ priority: 'high' })
    expect(told(account, plain.id)).toEqual(['sla_policy: Rest', 'first_reply_time: 60'])

    await account.as(account.lea)('POST', 'triggers', {
      trigger: {
        title: 'Tag',
        conditions: { all: [{ field: 'update_type', operator: 'is', value: 'Create' }], any: [] },
        actions: [{ field: 'current_tags', value: 'vip' }],
      },
    })
    const vip = account.aTicket({ priority: 'high' })
    expect(told(account, vip.id)).toEqual(['sla_policy: VIP', 'first_reply_time: 10'])
    expect(account.world.state.audits[vip.id]![0]!.events.at(-1)).toMatchObject({
      ...{ type: 'Create', field_name: 'first_reply_time', value: { minutes: 10, in_business_hours: false } },
      via: { channel: 'rule', source: { from: { id, title: 'VIP', deleted: false }, rel: 'sla_target_change' } },
    })
  })

  it('have no target for a ticket without a priority, and another for each priority', async () => {
    await using account = await startSmallAccount()
    await addPolicy(account, { policy_metrics: BY_PRIORITY })
    const { id } = account.aTicket()
    expect(told(account, id)).toEqual(['sla_policy: Everyone'])
    updateTicket(account.world, account.ana, id, { priority: 'high' })
    expect(told(account, id)).toEqual(['first_reply_time: 60'])
    const { audit } = updateTicket(account.world, account.ana, id, { priority: 'urgent' })
    expect(audit.events.at(-1)).toMatchObject({
      ...{ type: 'Change', field_name: 'first_reply_time', value: { minutes: 15, in_business_hours: true } },
      previous_value: { minutes: 60, in_business_hours: false },
    })
    updateTicket(account.world, account.ana, id, { priority: 'low' })
    expect(told(account, id)).toEqual(['first_reply_time: null'])
  })

  it('leave a ticket with its targets when they are edited, until its priority changes', async () => {
    await using account = await startSmallAccount()
    const policyId = await addPolicy(account, { policy_metrics: BY_PRIORITY })
    const { id } = account.aTicket({ priority: 'high' })
    const policy_metrics = [aTarget({ target: 30 }), aTarget({ priority: 'urgent', target: 5 })]
    await account.as(account.lea)('PUT', `slas/policies/${policyId}`, { sla_policy: { policy_metrics } })
    updateTicket(account.world, account.ana, id, { subject: 'Other' })
    expect(told(account, id)).toEqual([])
    updateTicket(account.world, account.ana, id, { priority: 'urgent' })
    expect(told(account, id)).toEqual(['first_reply_time: 5'])
  })

  it('need a first reply target for a next reply target', async () => {
    await using account = await startSmallAccount()
    await addPolicy(account, { policy_metrics: [aTarget({ metric: 'next_reply_time' })] })
    expect(told(account, account.aTicket({ priority: 'high' }).id)).toEqual(['sla_policy: Everyone'])
  })

  it('let go of a ticket that is not theirs any more', async () => {
    await using account = await startSmallAccount()
    const filter = { all: [{ field: 'group_id', operator: 'is', value: String(account.support.id) }], any: [] }
    await addPolicy(account, { filter })
    const { id } = account.aTicket({ priority: 'high', group_id: account.support.id })
    updateTicket(account.world, account.ana, id, { group_id: account.identity.id })
    expect(told(account, id)).toEqual(['sla_policy: null', 'first_reply_time: null'])
  })

  it('say nothing in accounts that have none', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket({ priority: 'high' })
    expect(told(account, id)).toEqual([])
    expect(account.world.state.tickets[id]).not.toHaveProperty('sla')
  })
})
