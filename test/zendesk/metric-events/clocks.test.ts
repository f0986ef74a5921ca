import { describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { createStoppedClock } from '../../support/clock.ts'
import { aPolicy, aTarget } from '../slas/a-policy.ts'
import { type SmallAccount, startSmallAccount } from '../small-account.ts'
import { nextId } from '../state/ids.ts'
import type { User } from '../state/model.ts'
import { createState, readState } from '../state/store.ts'
import type { TicketChanges } from '../tickets/changes.ts'
import { createTicket, updateTicket } from '../tickets/create.ts'
import { metricEventsOf } from './derive.ts'
import { METRICS, type MetricName } from './metric-event.ts'

/** A ticket's life: each step so many minutes after the one before. */
async function live(account: SmallAccount, id: number, steps: [minutes: number, by: User, changes: TicketChanges][]) {
  for (const [minutes, by, changes] of steps) {
    await account.clock.advance(minutes * MINUTE_MS)
    updateTicket(account.world, by, id, changes)
  }
}

/** Events as `type#instance +minutes since creation`, with what they carry. */
function told({ world }: SmallAccount, id: number, metric: MetricName): string[] {
  const { created_at } = world.state.tickets[id]!
  return metricEventsOf(world.state, id)
    .filter((event) => event.metric === metric)
    .map(({ type, instance_id, at, sla, status, deletedAt }) => {
      const carried = sla ? ` ${sla.target}` : status ? ` ${status.calendar}/${status.business}` : ''
      return `${type}#${instance_id} +${(at - created_at) / MINUTE_MS}${carried}${deletedAt === undefined ? '' : ' deleted'}`
    })
}

async function addPolicy(account: SmallAccount, ...policy_metrics: ReturnType<typeof aTarget>[]) {
  const { status } = await account.as(account.lea)('POST', 'slas/policies', aPolicy({ policy_metrics }))
  expect(status).toBe(201)
}

const REPLY = { comment: { body: 'Try again', public: true } }
const NOTE = { comment: { body: 'Internal', public: false } }
const ANSWER = { comment: { body: 'Still broken', public: true } }

describe('every ticket', () => {
  it('has every metric measured from its creation, with and without a policy', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const events = metricEventsOf(account.world.state, id)
    const measured = events.filter(({ type }) => type === 'measure')
    expect(measured.map(({ metric, instance_id }) => [metric, instance_id])).toEqual(METRICS.map((one) => [one, 0]))
    const running = events.filter(({ type }) => type === 'activate').map(({ metric }) => metric)
    expect(running).toEqual(['agent_work_time', 'reply_time', 'requester_wait_time', 'resolution_time'])
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length)
  })

  it('keeps the ids of its events however its life goes on', async () => {
    await using account = await startSmallAccount()
    await addPolicy(account, aTarget(), aTarget({ metric: 'agent_work_time' }))
    const { id } = account.aTicket({ priority: 'high' })
    const first = metricEventsOf(account.world.state, id)
    await live(account, id, [
      [10, account.ana, REPLY],
      [10, account.ana, { status: 'pending', ...REPLY }],
      [10, account.jane, ANSWER],
      [10, account.ana, { status: 'solved' }],
    ])
    const later = metricEventsOf(account.world.state, id)
    const byId = new Map(later.map((event) => [event.id, event]))
    expect(byId.size).toBe(later.length)
    expect(first.length).toBeGreaterThan(12)
    for (const event of first) expect(byId.get(event.id)).toMatchObject(event)
  })
})

describe('agent work time', () => {
  it('pauses in pending and on-hold, ends when solved, and goes on when reopened', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    await live(account, id, [
      [10, account.ana, { status: 'pending' }],
      [10, account.ana, { status: 'open' }],
      [10, account.ana, { status: 'hold' }],
      [10, account.ana, { status: 'solved' }],
      [10, account.jane, ANSWER],
      [5, account.ana, { status: 'solved' }],
    ])
    expect(told(account, id, 'agent_work_time')).toEqual([
      ...['measure#0 +0', 'activate#1 +0', 'pause#1 +10', 'activate#1 +20', 'pause#1 +30'],
      ...['fulfill#1 +40', 'update_status#1 +40 20/20', 'activate#1 +50', 'fulfill#1 +55', 'update_status#1 +55 25/25'],
    ])
  })
})

describe('requester wait time', () => {
  it('runs on hold, and pauses in pending alone', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    await live(account, id, [
      [10, account.ana, { status: 'hold' }],
      [10, account.ana, { status: 'pending' }],
      [10, account.ana, { status: 'solved' }],
    ])
    expect(told(account, id, 'requester_wait_time')).toEqual([
      ...['measure#0 +0', 'activate#1 +0', 'pause#1 +20', 'fulfill#1 +30', 'update_status#1 +30 20/20'],
    ])
  })
})

describe('resolution time', () => {
  it('runs in every status until solved', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    await live(account, id, [
      [10, account.ana, { status: 'pending' }],
      [50, account.ana, { status: 'solved' }],
    ])
    expect(told(account, id, 'resolution_time')).toEqual([
      ...['measure#0 +0', 'activate#1 +0', 'fulfill#1 +60', 'update_status#1 +60 60/60'],
    ])
  })
})

describe('reply time', () => {
  it('counts each wait for an answer apart, from the oldest words that have none', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    await live(account, id, [
      [5, account.ana, NOTE],
      [5, account.ana, { status: 'pending', ...REPLY }],
      [10, account.jane, ANSWER],
      [10, account.jane, ANSWER],
      [10, account.ana, REPLY],
    ])
    expect(told(account, id, 'reply_time')).toEqual([
      ...['measure#0 +0', 'activate#1 +0', 'fulfill#1 +10', 'update_status#1 +10 10/10'],
      ...['activate#2 +20', 'fulfill#2 +40', 'update_status#2 +40 20/20'],
    ])
  })

  it('ends when the ticket is solved without a word', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    await live(account, id, [[30, account.ana, { status: 'solved' }]])
    expect(told(account, id, 'reply_time')).toEqual([
      ...['measure#0 +0', 'activate#1 +0', 'fulfill#1 +30', 'update_status#1 +30 30/30'],
    ])
  })

  it.each([true, false])('of a ticket an agent opened (in public: %s) waits for the customer', async (isPublic) => {
    await using account = await startSmallAccount()
    const opened = { requester_id: account.jane.id, comment: { body: 'We saw errors', public: isPublic } }
    const { ticket } = createTicket(account.world, opened, account.ana)
    expect(told(account, ticket.id, 'reply_time')).toEqual(['measure#0 +0'])
    await live(account, ticket.id, [
      [10, account.jane, ANSWER],
      [10, account.ana, REPLY],
    ])
    expect(told(account, ticket.id, 'reply_time')).toEqual([
      ...['measure#0 +0', 'activate#1 +10', 'fulfill#1 +20', 'update_status#1 +20 10/10'],
    ])
  })

  it('of a light agent’s own ticket runs from its creation', async () => {
    await using account = await startSmallAccount()
    const { ticket } = createTicket(account.world, { comment: { body: 'Help', public: false } }, account.max)
    expect(told(account, ticket.id, 'reply_time')).toEqual(['measure#0 +0', 'activate#1 +0'])
  })

  it('has the first reply’s target first and the next reply’s after it', async () => {
    await using account = await startSmallAccount()
    await addPolicy(account, aTarget({ target: 30 }), aTarget({ metric: 'next_reply_time', target: 20 }))
    const { id } = account.aTicket({ priority: 'high' })
    await live(account, id, [
      [10, account.ana, REPLY],
      [10, account.jane, ANSWER],
    ])
    expect(told(account, id, 'reply_time')).toEqual([
      ...['measure#0 +0', 'activate#1 +0', 'apply_sla#1 +0 30', 'fulfill#1 +10', 'update_status#1 +10 10/10'],
      ...['activate#2 +20', 'apply_sla#2 +20 20', 'breach#1 +30 deleted', 'breach#2 +40'],
    ])
  })
})

describe('update times', () => {
  it('run from each public answer of an agent to the next; the pausable one stands still in pending', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    await live(account, id, [
      [10, account.ana, REPLY],
      [10, account.ana, { status: 'pending' }],
      [10, account.ana, { status: 'open' }],
      [10, account.ana, REPLY],
      [10, account.ana, { status: 'solved' }],
    ])
    expect(told(account, id, 'periodic_update_time')).toEqual([
      ...['measure#0 +0', 'activate#1 +10', 'fulfill#1 +40', 'update_status#1 +40 30/30'],
      ...['activate#2 +40', 'fulfill#2 +50', 'update_status#2 +50 10/10'],
    ])
    expect(told(account, id, 'pausable_update_time')).toEqual([
      ...[
        'measure#0 +0',
        'activate#1 +10',
        'pause#1 +20',
        'activate#1 +30',
        'fulfill#1 +40',
        'update_status#1 +40 20/20',
      ],
      ...['activate#2 +40', 'fulfill#2 +50', 'update_status#2 +50 10/10'],
    ])
  })

  it('begin paused when the answer itself makes the ticket pending', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    await live(account, id, [[10, account.ana, { status: 'pending', ...REPLY }]])
    expect(told(account, id, 'pausable_update_time')).toEqual(['measure#0 +0', 'activate#1 +10', 'pause#1 +10'])
  })
})

describe('group ownership time', () => {
  it('begins anew in each group, and when the ticket is reopened', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket({ group_id: account.support.id })
    await live(account, id, [
      [10, account.ana, { group_id: account.identity.id }],
      [10, account.elif, { status: 'solved' }],
      [10, account.jane, ANSWER],
    ])
    expect(told(account, id, 'group_ownership_time')).toEqual([
      ...['measure#0 +0', 'activate#1 +0', 'fulfill#1 +10', 'update_status#1 +10 10/10'],
      ...['activate#2 +10', 'fulfill#2 +20', 'update_status#2 +20 10/10', 'activate#3 +30'],
    ])
  })
})

describe('a breach', () => {
  it('is foreseen, taken back by a pause, and foreseen anew with the time that was left', async () => {
    await using account = await startSmallAccount()
    await addPolicy(account, aTarget({ metric: 'agent_work_time', target: 60 }))
    const { id } = account.aTicket({ priority: 'high' })
    expect(told(account, id, 'agent_work_time')).toEqual([
      ...['measure#0 +0', 'activate#1 +0', 'apply_sla#1 +0 60', 'breach#1 +60'],
    ])
    await live(account, id, [
      [20, account.ana, { status: 'pending' }],
      [100, account.ana, { status: 'open' }],
    ])
    expect(told(account, id, 'agent_work_time')).toEqual([
      ...['measure#0 +0', 'activate#1 +0', 'apply_sla#1 +0 60', 'pause#1 +20', 'breach#1 +60 deleted'],
      ...['activate#1 +120', 'breach#1 +160'],
    ])
  })

  it('stands once its target is used up, and the clock goes on', async () => {
    await using account = await startSmallAccount()
    await addPolicy(account, aTarget({ target: 15 }))
    const { id } = account.aTicket({ priority: 'high' })
    await live(account, id, [[20, account.ana, REPLY]])
    expect(told(account, id, 'reply_time')).toEqual([
      ...['measure#0 +0', 'activate#1 +0', 'apply_sla#1 +0 15', 'breach#1 +15'],
      ...['fulfill#1 +20', 'update_status#1 +20 20/20'],
    ])
  })

  it('is not dated back when a new target is used up already', async () => {
    await using account = await startSmallAccount()
    await addPolicy(account, aTarget(), aTarget({ priority: 'urgent', target: 10 }))
    const { id } = account.aTicket({ priority: 'high' })
    await live(account, id, [[30, account.ana, { priority: 'urgent' }]])
    expect(told(account, id, 'reply_time')).toEqual([
      ...[
        'measure#0 +0',
        'activate#1 +0',
        'apply_sla#1 +0 60',
        'apply_sla#1 +30 10',
        'breach#1 +30',
        'breach#1 +60 deleted',
      ],
    ])
  })

  it('keeps the time so far when the target changes, and happens once only when it already did', async () => {
    await using account = await startSmallAccount()
    await addPolicy(
      account,
      aTarget({ priority: 'low', target: 90 }),
      aTarget(),
      aTarget({ priority: 'urgent', target: 20 }),
    )
    const { id } = account.aTicket({ priority: 'low' })
    await live(account, id, [
      [30, account.ana, { priority: 'high' }],
      [40, account.ana, { priority: 'urgent' }],
    ])
    expect(told(account, id, 'reply_time')).toEqual([
      ...['measure#0 +0', 'activate#1 +0', 'apply_sla#1 +0 90', 'apply_sla#1 +30 60', 'breach#1 +60'],
      ...['apply_sla#1 +70 20', 'breach#1 +90 deleted'],
    ])
  })

  it('goes when the ticket has no target any more, is closed, or is deleted', async () => {
    await using account = await startSmallAccount()
    await addPolicy(account, aTarget({ metric: 'total_resolution_time' }))
    const standing = (id: number) => told(account, id, 'resolution_time').filter((line) => /^breach.*\d$/.test(line))
    const { id } = account.aTicket({ priority: 'high' })
    expect(standing(id)).toEqual(['breach#1 +60'])
    await live(account, id, [[10, account.ana, { priority: 'low' }]])
    expect(standing(id)).toEqual([])
    expect(told(account, id, 'resolution_time')).toContain('apply_sla#1 +10 null')

    const gone = account.aTicket({ priority: 'high' })
    const call = account.as(account.lea)
    await account.clock.advance(30 * MINUTE_MS)
    await call('DELETE', `tickets/${gone.id}`)
    expect(standing(gone.id)).toEqual([])
    await account.clock.advance(60 * MINUTE_MS)
    await call('PUT', `deleted_tickets/${gone.id}/restore`)
    expect(standing(gone.id)).toEqual(['breach#1 +120'])
  })
})

describe('business hours', () => {
  const SCHEDULES = 'business_hours/schedules'

  /** Friday 16:30 in Berlin. */
  async function startOnFriday() {
    const account = await startSmallAccount({ clock: createStoppedClock('2026-03-06 15:30Z') })
    const call = account.as(account.lea)
    const { schedule } = (await call('POST', SCHEDULES, { schedule: { name: 'Berlin', time_zone: 'Berlin' } })).body
    return { account, call, path: `${SCHEDULES}/${schedule.id}`, [Symbol.asyncDispose]: account[Symbol.asyncDispose] }
  }

  it('stop a target over the weekend, and are told beside calendar time', async () => {
    await using world = await startOnFriday()
    await addPolicy(world.account, aTarget({ business_hours: true }))
    const { id } = world.account.aTicket({ priority: 'high' })
    const monday930 = (2 * 24 + 17) * 60
    expect(told(world.account, id, 'reply_time').at(-1)).toBe(`breach#1 +${monday930}`)
    await live(world.account, id, [[monday930 - 10, world.account.ana, REPLY]])
    expect(told(world.account, id, 'reply_time')).toContain(`update_status#1 +${monday930 - 10} ${monday930 - 10}/50`)
  })

  it('count as they were when the target was applied, until it is applied again', async () => {
    await using world = await startOnFriday()
    const { account } = world
    await addPolicy(
      account,
      aTarget({ business_hours: true }),
      aTarget({ priority: 'urgent', target: 90, business_hours: true }),
    )
    const { id } = account.aTicket({ priority: 'high' })
    const before = told(account, id, 'reply_time')
    await account.clock.advance(MINUTE_MS)
    const holiday = { name: 'Day off', start_date: '2026-03-09', end_date: '2026-03-09' }
    await world.call('POST', `${world.path}/holidays`, { holiday })
    expect(told(account, id, 'reply_time')).toEqual(before)
    await live(account, id, [[0, account.ana, { priority: 'urgent' }]])
    expect(told(account, id, 'reply_time').at(-1)).toBe(`breach#1 +${(3 * 24 + 17) * 60 + 30}`)
  })

  it('follow the schedule that a trigger gives the ticket', async () => {
    await using world = await startOnFriday()
    const { account, call } = world
    await addPolicy(account, aTarget({ business_hours: true }))
    const { schedule } = (
      await call('POST', SCHEDULES, { schedule: { name: 'New York', time_zone: 'Eastern Time (US & Canada)' } })
    ).body
    await call('POST', 'triggers', {
      trigger: {
        title: 'New York',
        conditions: { all: [{ field: 'current_tags', operator: 'includes', value: 'us' }], any: [] },
        actions: [{ field: 'set_schedule', value: String(schedule.id) }],
      },
    })
    const { id } = account.aTicket({ priority: 'high' })
    await live(account, id, [[10, account.ana, { tags: ['us'] }]])
    expect(told(account, id, 'reply_time').filter((line) => line.startsWith('breach'))).toEqual([
      ...['breach#1 +60', `breach#1 +${(2 * 24 + 17) * 60} deleted`],
    ])
  })

  it('are calendar time in an account without any', async () => {
    await using account = await startSmallAccount({ clock: createStoppedClock('2026-03-07 22:00Z') })
    await addPolicy(account, aTarget({ business_hours: true }))
    const { id, created_at } = account.aTicket({ priority: 'high' })
    const breach = metricEventsOf(account.world.state, id).find(({ type }) => type === 'breach')
    expect(breach?.at).toBe(Date.parse(created_at) + HOUR_MS)
  })
})

describe('a saved account', () => {
  it('tells the same events when it is loaded, also about what was edited since', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.lea)
    const hours = { schedule: { name: 'London', time_zone: 'London' } }
    const { schedule } = (await call('POST', 'business_hours/schedules', hours)).body
    await addPolicy(account, aTarget({ business_hours: true, target: 600 }))
    const { id } = account.aTicket({ priority: 'high' })
    await account.clock.advance(10 * MINUTE_MS)
    const intervals = [{ start_time: 1980, end_time: 2040 }]
    await call('PUT', `business_hours/schedules/${schedule.id}/workweek`, { workweek: { intervals } })
    const { state } = account.world
    expect(metricEventsOf(readState(JSON.parse(JSON.stringify(state))), id)).toEqual(metricEventsOf(state, id))
  })

  it('from before there were schedules, policies and automations has none, but the default one', () => {
    const { schedules: _, sla_policies: __, automations: ___, ...old } = createState({ seed: 3 })
    const { automation: ____, ...counters } = old.counters
    const read = readState({ ...old, counters })
    expect(Object.values(read.automations).map((one) => one.default)).toEqual([true])
    expect([read.schedules, read.sla_policies]).toEqual([{}, {}])
    const taken = Object.keys(read.automations).map(Number)
    expect(taken).not.toContain(nextId(read, 'automation'))
  })
})
