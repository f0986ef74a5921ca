import { describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../../../core/units.ts'
import { startSmallAccount } from '../small-account.ts'
import { updateTicket } from './create.ts'

const REPLY = { comment: { body: 'Try again', public: true } }

describe('a ticket’s metrics', () => {
  it('are null until they were measured', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const { body } = await account.as(account.ana)('GET', `tickets/${id}/metrics.json`)
    expect(body.ticket_metric).toMatchObject({
      ...{ ticket_id: id, group_stations: 0, assignee_stations: 0, reopens: 0, replies: 0, solved_at: null },
      ...{ reply_time_in_minutes: null, first_resolution_time_in_minutes: null, requester_wait_time_in_minutes: null },
    })
  })

  it('count replies, stations, reopens and the time in each kind of status', async () => {
    await using account = await startSmallAccount()
    const { ana, elif, jane, world } = account
    const { id } = account.aTicket({ group_id: account.support.id })
    const steps = [
      [ana, { ...REPLY, assignee_id: ana.id, status: 'pending' }],
      [jane, { comment: { body: 'No', public: true } }],
      [ana, { group_id: account.identity.id, assignee_id: elif.id, status: 'hold' }],
      [elif, { ...REPLY, status: 'solved' }],
      [jane, { comment: { body: 'Again', public: true } }],
      [elif, { status: 'solved' }],
    ] as const
    for (const [by, changes] of steps) {
      await account.clock.advance(10 * MINUTE_MS)
      updateTicket(world, by, id, changes)
    }
    const call = account.as(ana)
    const { ticket_metric } = (await call('GET', `tickets/${id}/metrics`)).body
    const minutes = (count: number) => ({ calendar: count, business: count })
    expect(ticket_metric).toMatchObject({
      ...{ group_stations: 2, assignee_stations: 2, reopens: 1, replies: 2, solved_at: '2026-03-06T11:00:00Z' },
      ...{ reply_time_in_minutes: minutes(10), first_resolution_time_in_minutes: minutes(40) },
      ...{ full_resolution_time_in_minutes: minutes(60), agent_wait_time_in_minutes: minutes(10) },
      ...{ requester_wait_time_in_minutes: minutes(40), on_hold_time_in_minutes: minutes(10) },
    })
    expect((await call('GET', `tickets/${id}?include=metric_sets`)).body.ticket.metric_set).toEqual(ticket_metric)
    expect((await call('GET', `ticket_metrics/${id}`)).body).toEqual({ ticket_metric })
  })

  it('are listed newest first, without archived tickets', async () => {
    await using account = await startSmallAccount()
    const ids = [account.aTicket().id, account.aTicket().id, account.aTicket().id]
    account.world.state.tickets[ids[1]!]!.archived = true
    const { body } = await account.as(account.ana)('GET', 'ticket_metrics.json?page[size]=50')
    expect(body.ticket_metrics.map((row: { ticket_id: number }) => row.ticket_id)).toEqual([ids[2], ids[0]])
    expect(await account.as(account.ana)('GET', 'tickets/99/metrics')).toMatchObject({ status: 404 })
  })
})
