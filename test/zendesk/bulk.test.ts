import { describe, expect, it } from 'vitest'
import { type Call, startSmallAccount } from './small-account.ts'

type Account = Awaited<ReturnType<typeof startSmallAccount>>

describe('jobs', () => {
  it('answer queued at once and tell the outcome of each item later', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket({ tags: ['a', 'b'] })
    const call = account.as(account.ana)
    const ticket = { additional_tags: ['c'], remove_tags: ['a'], priority: 'low' }
    const { status, body } = await call('PUT', `tickets/update_many.json?ids=${id},999`, { ticket })
    expect([status, body.job_status.status, body.job_status.results]).toEqual([200, 'queued', null])
    expect(body.job_status.id).toMatch(/^V3-[0-9a-f]{32}$/)
    const job = await finished(account, call, body.job_status.id)
    expect(job).toMatchObject({ status: 'completed', total: 2, progress: 2 })
    expect(job.message).toBe('Completed at 2026-03-06 10:00:00 +0000')
    expect(job.results).toMatchObject([
      { success: true, id },
      { id: 999, error: 'TicketNotFound' },
    ])
    expect(account.world.state.tickets[id]).toMatchObject({ tags: ['b', 'c'], priority: 'low' })
  })

  it('take at most 100 items', async () => {
    await using account = await startSmallAccount()
    const tickets = Array.from({ length: 101 }, () => ({ comment: { body: 'x' } }))
    const { status, body } = await account.as(account.ana)('POST', 'tickets/create_many', { tickets })
    expect([status, body.error]).toEqual([400, 'TooManyValues'])
  })

  it('create many, each on its own', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.ana)
    const tickets = [{ subject: 'a', comment: { body: 'x' } }, { subject: 'no comment' }]
    const { body } = await call('POST', 'tickets/create_many', { tickets })
    const job = await finished(account, call, body.job_status.id)
    expect(job.results).toMatchObject([
      { index: 0, id: 1 },
      { index: 1, error: 'RecordInvalid' },
    ])
  })

  it('are 30 at once', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.ana)
    const many = Array.from({ length: 60 }, () => account.aTicket().id).join(',')
    const starts = Array.from({ length: 31 }, () =>
      call('PUT', `tickets/update_many?ids=${many}`, { ticket: { priority: 'low' } }),
    )
    const statuses = (await Promise.all(starts)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 429)).toHaveLength(1)
  })
})

describe('merging', () => {
  it('closes the sources with a tag and comments on both sides', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.ana)
    const [target, source] = [account.aTicket(), account.aTicket({ tags: ['sso'] })]
    const { body } = await call('POST', `tickets/${target.id}/merge`, { ids: [source.id], target_comment: 'Merged' })
    expect((await finished(account, call, body.job_status.id)).results[0].success).toBe(true)
    const { tickets, comments } = account.world.state
    expect(tickets[source.id]).toMatchObject({ status: 'closed', tags: ['closed_by_merge', 'sso'] })
    expect(comments[target.id]!.at(-1)).toMatchObject({ body: 'Merged', public: false })
  })

  it('into a closed ticket fails in the job, and changes nothing', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.ana)
    const [target, source] = [account.aTicket(), account.aTicket()]
    await call('PUT', `tickets/${target.id}`, { ticket: { status: 'closed' } })
    const { body } = await call('POST', `tickets/${target.id}/merge`, { ids: [source.id] })
    expect((await finished(account, call, body.job_status.id)).results[0].error).toBe('RecordInvalid')
    expect(account.world.state.tickets[source.id]?.status).toBe('new')
  })
})

describe('deleting', () => {
  it('answers 404 from then on, until the ticket is restored', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const call = account.as(account.lea)
    expect((await call('DELETE', `tickets/${id}`)).status).toBe(204)
    for (const path of [`tickets/${id}`, `tickets/${id}/audits`, `tickets/${id}/comments`]) {
      expect((await call('GET', path)).status).toBe(404)
    }
    expect((await call('GET', 'deleted_tickets')).body.deleted_tickets).toMatchObject([{ id, previous_state: 'new' }])
    const restored = await call('PUT', `deleted_tickets/${id}/restore`)
    expect([restored.status, restored.body]).toEqual([200, {}])
    expect((await call('GET', `tickets/${id}`)).body.ticket.status).toBe('new')
    const { body } = await call('GET', `tickets/${id}/audits`)
    expect(body.audits[1].events).toMatchObject([{ type: 'Change', field_name: 'status', value: 'deleted' }])
  })
})

async function finished(account: Account, call: Call, id: string) {
  await account.zendesk.settle()
  return (await call('GET', `job_statuses/${id}.json`)).body.job_status
}
