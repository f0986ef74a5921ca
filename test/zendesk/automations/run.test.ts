import { describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { aPolicy, aTarget } from '../slas/a-policy.ts'
import { type SmallAccount, startSmallAccount } from '../small-account.ts'
import { updateTicket } from '../tickets/create.ts'

async function add(account: SmallAccount, automation: Record<string, unknown>): Promise<number> {
  const { status, text, body } = await account.as(account.lea)('POST', 'automations', { automation })
  expect(status, text).toBe(201)
  return body.automation.id
}

const is = (field: string, value: string) => ({ field, operator: 'is', value })
const ticketOf = ({ world }: SmallAccount, id: number) => world.state.tickets[id]!

describe('the hourly run', () => {
  it('closes a ticket four days after it was solved, in an audit of nobody’s', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    updateTicket(account.world, account.ana, id, { status: 'solved' })
    await account.clock.advance(4 * DAY_MS)
    expect(ticketOf(account, id).status).toBe('solved')
    await account.clock.advance(HOUR_MS)
    expect(ticketOf(account, id).status).toBe('closed')
    const { body } = await account.as(account.ana)('GET', `tickets/${id}/audits`)
    expect(body.audits.at(-1)).toMatchObject({
      ...{ author_id: -1, created_at: '2026-03-10T11:00:00Z' },
      via: {
        channel: 'rule',
        source: { from: { title: 'Close ticket 4 days after status is set to solved' }, rel: 'automation' },
      },
      events: [{ type: 'Change', field_name: 'status', value: 'closed', previous_value: 'solved' }],
    })
  })

  it('leaves a reopened ticket, and counts from the last time it was solved', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    updateTicket(account.world, account.ana, id, { status: 'solved' })
    await account.clock.advance(3 * DAY_MS)
    updateTicket(account.world, account.jane, id, { comment: { body: 'No', public: true } })
    await account.clock.advance(2 * DAY_MS)
    expect(ticketOf(account, id).status).toBe('open')
    updateTicket(account.world, account.ana, id, { status: 'solved' })
    await account.clock.advance(2 * DAY_MS)
    expect(ticketOf(account, id).status).toBe('solved')
  })

  it('closes after 28 days what no automation closed', async () => {
    await using account = await startSmallAccount()
    account.world.state.automations = {}
    const { id } = account.aTicket()
    updateTicket(account.world, account.ana, id, { status: 'solved' })
    await account.clock.advance(28 * DAY_MS)
    expect(ticketOf(account, id).status).toBe('solved')
    await account.clock.advance(HOUR_MS)
    expect(ticketOf(account, id).status).toBe('closed')
    expect(account.world.state.audits[id]!.at(-1)!.via.channel).toBe('system')
  })

  it('runs once on a ticket whose hour comes once', async () => {
    await using account = await startSmallAccount()
    const actions = [{ field: 'notification_user', value: ['requester_id', 'Still there?', 'Please answer'] }]
    await add(account, {
      title: 'Ask',
      conditions: { all: [is('status', 'pending'), is('PENDING', '24')], any: [] },
      actions,
    })
    const { id } = account.aTicket()
    await account.clock.advance(20 * MINUTE_MS)
    updateTicket(account.world, account.ana, id, { status: 'pending' })
    await account.clock.advance(3 * DAY_MS)
    const asked = account.world.state.audits[id]!.filter(({ events }) =>
      events.some(({ type }) => type === 'Notification'),
    )
    expect(asked.map(({ created_at }) => new Date(created_at).toISOString())).toEqual(['2026-03-07T11:00:00.000Z'])
  })

  it('runs one automation on a ticket and leaves the next to the next hour', async () => {
    await using account = await startSmallAccount()
    const all = [is('status', 'new'), { field: 'NEW', operator: 'greater_than', value: '1' }]
    for (const tag of ['first', 'second']) {
      const conditions = { all: [...all, { field: 'current_tags', operator: 'not_includes', value: tag }], any: [] }
      await add(account, { title: tag, conditions, actions: [{ field: 'current_tags', value: tag }] })
    }
    const { id } = account.aTicket()
    await account.clock.advance(2 * HOUR_MS)
    expect(ticketOf(account, id).tags).toEqual(['first'])
    await account.clock.advance(HOUR_MS)
    expect(ticketOf(account, id).tags).toEqual(['first', 'second'])
    const audits = account.world.state.audits[id]!.length
    await account.clock.advance(5 * HOUR_MS)
    expect(account.world.state.audits[id]).toHaveLength(audits)
  })

  it('is followed by the triggers, for whom nobody is at work', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.lea)
    const trigger = (title: string, all: unknown[]) =>
      call('POST', 'triggers', {
        trigger: { title, conditions: { all, any: [] }, actions: [{ field: 'current_tags', value: title }] },
      })
    const closes = { field: 'status', operator: 'value', value: 'closed' }
    await trigger('closing', [closes])
    await trigger('by_agent', [closes, is('role', 'agent')])
    const { id } = account.aTicket()
    updateTicket(account.world, account.ana, id, { status: 'solved' })
    await account.clock.advance(5 * DAY_MS)
    expect(ticketOf(account, id)).toMatchObject({ status: 'closed', tags: ['closing'] })
  })

  it('counts business hours where it is asked to', async () => {
    await using account = await startSmallAccount()
    await account.as(account.lea)('POST', 'business_hours/schedules', {
      schedule: { name: 'London', time_zone: 'London' },
    })
    const hours = { field: 'NEW', operator: 'greater_than_business_hours', value: '8' }
    const conditions = {
      all: [is('status', 'new'), hours, { field: 'priority', operator: 'is_not', value: 'high' }],
      any: [],
    }
    await add(account, { title: 'Raise', conditions, actions: [{ field: 'priority', value: 'high' }] })
    const { id } = account.aTicket()
    await account.clock.advance(2 * DAY_MS + 23 * HOUR_MS)
    expect(ticketOf(account, id).priority).toBe(null)
    await account.clock.advance(3 * HOUR_MS)
    expect(ticketOf(account, id).priority).toBe('high')
  })

  it('sees the next SLA breach ahead and the last one behind', async () => {
    await using account = await startSmallAccount()
    await account.as(account.lea)('POST', 'slas/policies', aPolicy({ policy_metrics: [aTarget({ target: 300 })] }))
    for (const [field, operator, value, tag] of [
      ['until_sla_next_breach_at', 'less_than', '3', 'soon'],
      ['sla_next_breach_at', 'greater_than', '1', 'late'],
    ]) {
      const tagged = { field: 'current_tags', operator: 'not_includes', value: tag }
      const all = [{ field: 'status', operator: 'less_than', value: 'solved' }, { field, operator, value }, tagged]
      await add(account, { title: tag, conditions: { all, any: [] }, actions: [{ field: 'current_tags', value: tag }] })
    }
    const { id } = account.aTicket({ priority: 'high' })
    const other = account.aTicket()
    await account.clock.advance(2 * HOUR_MS)
    expect(ticketOf(account, id).tags).toEqual([])
    await account.clock.advance(HOUR_MS)
    expect(ticketOf(account, id).tags).toEqual(['soon'])
    await account.clock.advance(3 * HOUR_MS)
    expect(ticketOf(account, id).tags).toEqual(['soon'])
    await account.clock.advance(HOUR_MS)
    expect(ticketOf(account, id).tags).toEqual(['late', 'soon'])
    expect(ticketOf(account, other.id).tags).toEqual([])
  })

  it('leaves inactive automations, closed and deleted tickets alone', async () => {
    await using account = await startSmallAccount()
    const all = [{ field: 'status', operator: 'is_not', value: 'pending' }, is('NEW', '2')]
    const actions = [{ field: 'priority', value: 'high' }]
    const id = await add(account, { title: 'Raise', conditions: { all, any: [] }, actions })
    const closed = account.aTicket()
    updateTicket(account.world, account.ana, closed.id, { status: 'closed', assignee_id: account.ana.id })
    const deleted = account.aTicket()
    await account.as(account.lea)('DELETE', `tickets/${deleted.id}`)
    await account.clock.advance(3 * HOUR_MS)
    expect([closed, deleted].map((one) => ticketOf(account, one.id).priority)).toEqual([null, null])
    await account.as(account.lea)('PUT', `automations/${id}`, { automation: { active: false } })
    const open = account.aTicket()
    await account.clock.advance(3 * HOUR_MS)
    expect(ticketOf(account, open.id).priority).toBe(null)
  })

  it('stops with the server', async () => {
    const account = await startSmallAccount()
    const { id } = account.aTicket()
    updateTicket(account.world, account.ana, id, { status: 'solved' })
    await account.zendesk.close()
    await account.clock.advance(5 * DAY_MS)
    expect(ticketOf(account, id).status).toBe('solved')
  })
})
