import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../core/units.ts'
import { type Answer, type Call, startSmallAccount } from './small-account.ts'
import { updateTicket } from './tickets/create.ts'

describe('cursor paging', () => {
  it('walks through all rows and stops on has_more, with a next link even at the end', async () => {
    await using account = await startSmallAccount()
    const { id, call } = await withHistory(account)
    const seen: number[] = []
    let path = `tickets/${id}/audits.json?page[size]=2`
    let last: Answer
    do {
      last = await call('GET', path)
      seen.push(...last.body.audits.map((audit: { id: number }) => audit.id))
      path = last.body.links.next.split('/api/v2/')[1]
    } while (last.body.meta.has_more)
    expect(seen).toEqual(account.world.state.audits[id]!.map((audit) => audit.id))
    expect(last.body.links.next).not.toBeNull()

    const beyond = await call('GET', path)
    expect(beyond.body).toMatchObject({ audits: [], meta: { has_more: false, after_cursor: null } })
  })

  it('shows what came since when a kept cursor is asked again', async () => {
    await using account = await startSmallAccount()
    const { id, call } = await withHistory(account)
    const { body } = await call('GET', `tickets/${id}/audits?page[size]=100`)
    updateTicket(account.world, account.ana, id, { priority: 'urgent' })
    const later = await call('GET', `tickets/${id}/audits?page[size]=100&page[after]=${body.meta.after_cursor}`)
    expect(later.body.audits).toHaveLength(1)
  })

  it('goes back with page[before] and sorts with sort=-created_at', async () => {
    await using account = await startSmallAccount()
    const { id, call } = await withHistory(account)
    const newest = await call('GET', `tickets/${id}/audits?page[size]=2&sort=-created_at`)
    expect(newest.body.audits[0].id).toBe(account.world.state.audits[id]!.at(-1)!.id)
    const second = await call('GET', newest.body.links.next.split('/api/v2/')[1])
    const back = await call('GET', second.body.links.prev.split('/api/v2/')[1])
    expect(back.body.audits).toEqual(newest.body.audits)
  })

  it('refuses a cursor it did not give', async () => {
    await using account = await startSmallAccount()
    const { id, call } = await withHistory(account)
    expect((await call('GET', `tickets/${id}/audits?page[after]=nonsense`)).status).toBe(400)
  })
})

describe('offset paging', () => {
  it('counts, links and ends with null', async () => {
    await using account = await startSmallAccount()
    const { id, call } = await withHistory(account)
    const { body } = await call('GET', `tickets/${id}/comments.json?per_page=2`)
    expect(body).toMatchObject({ count: 4, previous_page: null })
    const { body: second } = await call('GET', body.next_page.split('/api/v2/')[1])
    expect([second.comments.length, second.next_page]).toEqual([2, null])
  })

  it('ends at 10,000 rows', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.ana)
    expect((await call('GET', 'tickets?page=100&per_page=100')).status).toBe(200)
    const { status, body } = await call('GET', 'tickets?page=101&per_page=100')
    expect([status, body.errors[0].code]).toEqual([400, 'InvalidPaginationDepth'])
  })
})

describe('audits', () => {
  it('show only the asked kinds of events', async () => {
    await using account = await startSmallAccount()
    const { id, call } = await withHistory(account)
    const { body } = await call('GET', `tickets/${id}/audits?filter_events[]=Change`)
    const types = body.audits.flatMap((audit: { events: { type: string }[] }) =>
      audit.events.map((event) => event.type),
    )
    expect(new Set(types)).toEqual(new Set(['Change']))
  })

  it('are counted, and shown one by one', async () => {
    await using account = await startSmallAccount()
    const { id, call } = await withHistory(account)
    expect((await call('GET', `tickets/${id}/audits/count`)).body.count.value).toBe(4)
    const [first] = account.world.state.audits[id]!
    expect((await call('GET', `tickets/${id}/audits/${first!.id}`)).body.audit.id).toBe(first!.id)
    expect((await call('GET', `tickets/${id}/audits/1`)).status).toBe(404)
  })

  it('hold what triggers did in the same audit, each event under its rule', async () => {
    await using account = await startSmallAccount()
    const { world, ana } = account
    const now = world.clock.now()
    world.state.triggers[9] = {
      ...{ id: 9, title: 'Mark', description: null, active: true, default: false, position: 1, category_id: '1' },
      conditions: { all: [{ field: 'priority', operator: 'is', value: 'urgent' }], any: [] },
      actions: [{ field: 'current_tags', value: 'hot' }],
      ...{ revision: 1, created_at: now, updated_at: now },
    }
    const { id } = account.aTicket()
    const { ticket, audit } = updateTicket(world, ana, id, { priority: 'urgent' })
    expect(ticket.tags).toEqual(['hot'])
    expect(audit.events).toMatchObject([
      { field_name: 'priority', value: 'urgent' },
      { field_name: 'tags', value: ['hot'], via: { channel: 'rule', source: { from: { id: 9 }, rel: 'trigger' } } },
    ])
    expect(audit.events[0]).not.toHaveProperty('via')
  })
})

/** A ticket with four audits and four comments, an hour apart. */
async function withHistory(
  account: Awaited<ReturnType<typeof startSmallAccount>>,
): Promise<{ id: number; call: Call }> {
  const { id } = account.aTicket()
  for (const priority of ['low', 'normal', 'high']) {
    await account.clock.advance(HOUR_MS)
    updateTicket(account.world, account.ana, id, { priority, comment: { body: priority, public: false } })
  }
  return { id, call: account.as(account.ana) }
}
