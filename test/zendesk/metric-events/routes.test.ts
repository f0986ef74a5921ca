import { describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { aPolicy, aTarget } from '../slas/a-policy.ts'
import { type SmallAccount, startSmallAccount } from '../small-account.ts'
import { updateTicket } from '../tickets/create.ts'

const PATH = 'incremental/ticket_metric_events.json'
const REPLY = { comment: { body: 'Try again', public: true } }

type Row = { id: number; ticket_id: number; metric: string; type: string; time: string; deleted?: true }

async function hold(account: SmallAccount, ...policy_metrics: ReturnType<typeof aTarget>[]) {
  await account.as(account.lea)(
    'POST',
    'slas/policies',
    aPolicy({ title: 'Gold', description: 'The best', policy_metrics }),
  )
}

describe('GET /incremental/ticket_metric_events', () => {
  it('tells what happened since a time, by time, and where to go on', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.lea)
    account.aTicket()
    await account.clock.advance(HOUR_MS)
    account.aTicket()
    await account.clock.advance(2 * MINUTE_MS)
    const { body } = await call('GET', `${PATH}?start_time=0`)
    const times = body.ticket_metric_events.map(({ time }: Row) => time)
    expect(times).toEqual(times.toSorted())
    expect(body.count).toBe(22)
    expect(body.ticket_metric_events[0]).toEqual({
      ...{ id: expect.any(Number), ticket_id: 1, metric: 'agent_work_time', instance_id: 0, type: 'measure' },
      time: '2026-03-06T10:00:00Z',
    })
    expect(body.end_time).toBe(Date.parse('2026-03-06T11:00:00Z') / 1000)
    expect(body.next_page).toContain(`start_time=${body.end_time}`)

    // The boundary comes twice.
    const next = await call('GET', `${PATH}?start_time=${body.end_time}`)
    expect(next.body.ticket_metric_events).toEqual(body.ticket_metric_events.slice(11))
    expect(next.body.end_time).toBe(body.end_time)
  })

  it('pages with cursors, at most 100 at once', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.lea)
    for (let count = 0; count < 12; count++) account.aTicket()
    await account.clock.advance(2 * MINUTE_MS)
    const seen: number[] = []
    let query = 'page[size]=500'
    for (let more = true; more; ) {
      const { body } = await call('GET', `${PATH}?start_time=0&${query}`)
      expect(body.ticket_metric_events.length).toBeLessThanOrEqual(100)
      seen.push(...body.ticket_metric_events.map(({ id }: Row) => id))
      query = `page[size]=100&page[after]=${body.meta.after_cursor}`
      more = body.meta.has_more
    }
    expect(seen.length).toBe(132)
    expect(new Set(seen).size).toBe(132)
  })

  it('tells a foreseen breach ahead of its time, and never starts the next page there', async () => {
    await using account = await startSmallAccount()
    await hold(account, aTarget())
    account.aTicket({ priority: 'high' })
    await account.clock.advance(2 * MINUTE_MS)
    const { body } = await account.as(account.lea)('GET', `${PATH}?start_time=0`)
    expect(body.ticket_metric_events.at(-1)).toMatchObject({ type: 'breach', time: '2026-03-06T11:00:00Z' })
    expect(body.end_time).toBe(Date.parse('2026-03-06T10:00:00Z') / 1000)
  })

  it('tells the target with its policy, and the minutes when it ends', async () => {
    await using account = await startSmallAccount()
    await hold(account, aTarget({ target: 7 }))
    const { id } = account.aTicket({ priority: 'high' })
    await account.clock.advance(5 * MINUTE_MS)
    updateTicket(account.world, account.ana, id, REPLY)
    await account.clock.advance(2 * MINUTE_MS)
    const { body } = await account.as(account.lea)('GET', `${PATH}?start_time=0`)
    const replies = body.ticket_metric_events.filter(({ metric }: Row) => metric === 'reply_time')
    expect(replies.find(({ type }: Row) => type === 'apply_sla').sla).toEqual({
      ...{ target: 7, target_in_seconds: 420, business_hours: false },
      policy: { id: expect.any(Number), title: 'Gold', description: 'The best' },
    })
    expect(replies.find(({ type }: Row) => type === 'update_status').status).toEqual({ calendar: 5, business: 5 })
    expect(replies.find(({ type }: Row) => type === 'breach').deleted).toBe(true)
  })

  it('brings an event again when it changed, if asked for changes', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.lea)
    await hold(account, aTarget({ target: 30 }))
    const { id } = account.aTicket({ priority: 'high' })
    await account.clock.advance(10 * MINUTE_MS)
    updateTicket(account.world, account.ana, id, REPLY)
    const repliedAt = account.clock.now() / 1000
    await account.clock.advance(HOUR_MS)
    updateTicket(account.world, account.ana, id, { subject: 'Other' })
    await account.clock.advance(HOUR_MS)
    const breaches = async (query: string) =>
      (await call('GET', `${PATH}?${query}`)).body.ticket_metric_events.filter(({ type }: Row) => type === 'breach')
    expect(await breaches(`start_time=${repliedAt + 3600}`)).toEqual([])
    expect(await breaches(`start_time=${repliedAt}&include_changes=true`)).toMatchObject([{ deleted: true }])
    expect(await breaches(`start_time=${repliedAt + 1}&include_changes=true`)).toEqual([])
  })

  it('keeps the events of deleted tickets, unless told otherwise', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.lea)
    const { id } = account.aTicket()
    await call('DELETE', `tickets/${id}`)
    await account.clock.advance(2 * MINUTE_MS)
    expect((await call('GET', `${PATH}?start_time=0`)).body.count).toBe(11)
    expect((await call('GET', `${PATH}?start_time=0&exclude_deleted=true`)).body.count).toBe(0)
  })

  it('is for admins, needs a time that lies back, and shares the exports’ limit', async () => {
    await using account = await startSmallAccount({ limits: { exportsPerMinute: 4 } })
    const call = account.as(account.lea)
    expect(await account.as(account.ana)('GET', `${PATH}?start_time=0`)).toMatchObject({ status: 403 })
    expect(await call('GET', PATH)).toMatchObject({ status: 400 })
    expect(await call('GET', `${PATH}?start_time=soon`)).toMatchObject({ status: 400 })
    expect(await call('GET', `${PATH}?start_time=${account.clock.now() / 1000}`)).toMatchObject({ status: 422 })
    expect(await call('GET', 'incremental/tickets/cursor?start_time=0')).toMatchObject({ status: 200 })
    expect(await call('GET', `${PATH}?start_time=0`)).toMatchObject({ status: 429 })
  })
})

describe('a ticket with include', () => {
  it('=slas says what it is held to and how much is left', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.ana)
    await hold(
      account,
      aTarget(),
      aTarget({ metric: 'agent_work_time', target: 3000 }),
      aTarget({ metric: 'requester_wait_time' }),
    )
    const { id } = account.aTicket({ priority: 'high' })
    const metrics = async () => (await call('GET', `tickets/${id}.json?include=slas`)).body.ticket.slas.policy_metrics
    expect(await metrics()).toEqual([
      { breach_at: '2026-03-08T12:00:00Z', stage: 'active', metric: 'agent_work_time', days: 2 },
      { breach_at: '2026-03-06T11:00:00Z', stage: 'active', metric: 'first_reply_time', hours: 1 },
      { breach_at: '2026-03-06T11:00:00Z', stage: 'active', metric: 'requester_wait_time', hours: 1 },
    ])
    await account.clock.advance(90 * MINUTE_MS)
    updateTicket(account.world, account.ana, id, { status: 'pending', ...REPLY })
    await account.clock.advance(60 * MINUTE_MS)
    expect(await metrics()).toEqual([
      { breach_at: null, stage: 'paused', metric: 'agent_work_time', days: 2 },
      { breach_at: null, stage: 'achieved', metric: 'first_reply_time' },
      { breach_at: null, stage: 'paused', metric: 'requester_wait_time', minutes: -30 },
    ])
  })

  it('=slas stays active after the breach', async () => {
    await using account = await startSmallAccount()
    await hold(account, aTarget())
    const { id } = account.aTicket({ priority: 'high' })
    await account.clock.advance(75 * MINUTE_MS)
    const { body } = await account.as(account.ana)('GET', `tickets/show_many?ids=${id}&include=slas`)
    expect(body.tickets[0].slas.policy_metrics).toEqual([
      { breach_at: '2026-03-06T11:00:00Z', stage: 'active', metric: 'first_reply_time', minutes: -15 },
    ])
  })

  it('=slas is empty without a policy', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket({ priority: 'high' })
    const { body } = await account.as(account.ana)('GET', `tickets/${id}?include=slas`)
    expect(body.ticket.slas).toEqual({ policy_metrics: [] })
  })

  it('=metric_events has all of its events by metric', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const { body } = await account.as(account.ana)('GET', `tickets/${id}?include=metric_events`)
    expect(body.ticket.metric_events).toMatchObject({
      reply_time: [
        { ticket_id: id, metric: 'reply_time', instance_id: 0, type: 'measure' },
        { metric: 'reply_time', instance_id: 1, type: 'activate', time: '2026-03-06T10:00:00Z' },
      ],
      periodic_update_time: [{ type: 'measure' }],
    })
  })
})
