import { describe, expect, it } from 'vitest'
import { optionsOf, startSmallAccount } from './small-account.ts'
import type { TicketChanges } from './tickets/changes.ts'
import { createTicket, updateTicket } from './tickets/create.ts'

describe('assignment', () => {
  it('opens a new ticket and takes the assignee’s default group', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const { ticket, audit } = updateTicket(account.world, account.ana, id, { assignee_id: account.elif.id })
    expect(ticket).toMatchObject({ status: 'open', group_id: account.identity.id, assignee_id: account.elif.id })
    expect(audit.events.map((event) => event.field_name)).toEqual([
      'status',
      'custom_status_id',
      'assignee_id',
      'group_id',
    ])
  })

  it('keeps the group when the assignee is in it', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket({ group_id: account.identity.id })
    const { ticket } = updateTicket(account.world, account.ana, id, { assignee_id: account.elif.id })
    expect(ticket.group_id).toBe(account.identity.id)
  })

  it('clears an assignee who is not in the new group, and leaves the status', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket({ assignee_id: account.ana.id })
    const { ticket } = updateTicket(account.world, account.ana, id, { group_id: account.identity.id })
    expect(ticket).toMatchObject({ group_id: account.identity.id, assignee_id: null, status: 'open' })
  })

  it('leaves a ticket in a group without assignee new', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    expect(updateTicket(account.world, account.ana, id, { group_id: account.identity.id }).ticket.status).toBe('new')
  })

  it('finds the assignee by address', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const { ticket } = updateTicket(account.world, account.ana, id, { assignee_email: 'ELIF@northwind.example' })
    expect(ticket.assignee_id).toBe(account.elif.id)
  })
})

describe('refusals', () => {
  it.each<[string, (account: Awaited<ReturnType<typeof startSmallAccount>>) => TicketChanges, RegExp]>([
    [
      'an assignee outside the given group',
      (a) => ({ assignee_id: a.elif.id, group_id: a.support.id }),
      /not a member/,
    ],
    ['a light agent as assignee', (a) => ({ assignee_id: a.max.id }), /Assignee/],
    ['an end user as assignee', (a) => ({ assignee_id: a.jane.id }), /Assignee/],
    ['a group that does not exist', () => ({ group_id: 12 }), /Group: is invalid/],
    ['to take the group away', () => ({ group_id: null }), /Group: cannot be unset/],
    ['to take the priority away', () => ({ priority: null }), /Priority: cannot be reset/],
    ['to make an open ticket new', () => ({ status: 'new' }), /Status: cannot be set to new/],
    ['a priority it does not know', () => ({ priority: 'P1' }), /Priority/],
    ['a problem on a question', () => ({ problem_id: 1 }), /Problem/],
  ])('refuses %s', async (_, changes, message) => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket({ group_id: account.support.id, assignee_id: account.ana.id, priority: 'low' })
    const { status, text } = await account.as(account.lea)('PUT', `tickets/${id}`, { ticket: changes(account) })
    expect(status).toBe(422)
    expect(text).toMatch(message)
  })

  it('refuses every change of a closed ticket', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket({ assignee_id: account.ana.id })
    updateTicket(account.world, account.ana, id, { status: 'closed' })
    const { status, body } = await account.as(account.lea)('PUT', `tickets/${id}`, { ticket: { tags: ['x'] } })
    expect(status).toBe(422)
    expect(body.details.status[0]).toMatchObject({ description: 'Status: closed prevents ticket update' })
  })
})

describe('solving', () => {
  it('assigns an unassigned ticket to the agent who solves it', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const { ticket } = updateTicket(account.world, account.ana, id, { status: 'solved' })
    expect(ticket).toMatchObject({ status: 'solved', assignee_id: account.ana.id, group_id: account.support.id })
  })

  it('is refused while a required field is empty, and names it', async () => {
    await using account = await startSmallAccount()
    const field = account.aField({ type: 'text', title: 'Root cause', required: true })
    const { id } = account.aTicket({ assignee_id: account.ana.id })
    const call = account.as(account.ana)
    const refused = await call('PUT', `tickets/${id}`, { ticket: { status: 'solved', comment: { body: 'done' } } })
    expect(refused.status).toBe(422)
    expect(refused.body.details.base).toEqual([
      {
        description: 'Root cause: is required when solving a ticket',
        error: 'BlankValue',
        ticket_field_id: field.id,
        ticket_field_type: 'FieldText',
      },
    ])
    const custom_fields = [{ id: field.id, value: 'DNS' }]
    expect((await call('PUT', `tickets/${id}`, { ticket: { status: 'solved', custom_fields } })).status).toBe(200)
  })

  it('asks for what a form requires on a condition', async () => {
    await using account = await startSmallAccount()
    const kind = account.aField({ type: 'tagger', title: 'Kind', custom_field_options: optionsOf('bug', 'howto') })
    const cause = account.aField({ type: 'text', title: 'Cause' })
    const form = Object.values(account.world.state.ticket_forms)[0]!
    const required_on_statuses = { type: 'SOME_STATUSES' as const, statuses: ['solved'] }
    form.agent_conditions = [
      {
        parent_field_id: kind.id,
        value: 'bug',
        child_fields: [{ id: cause.id, is_required: true, required_on_statuses }],
      },
    ]
    const { id } = account.aTicket({ assignee_id: account.ana.id, custom_fields: [{ id: kind.id, value: 'bug' }] })
    const call = account.as(account.ana)
    expect((await call('PUT', `tickets/${id}`, { ticket: { status: 'solved' } })).status).toBe(422)
    const custom_fields = [{ id: kind.id, value: 'howto' }]
    expect((await call('PUT', `tickets/${id}`, { ticket: { status: 'solved', custom_fields } })).status).toBe(200)
  })
})

describe('an end user’s comment', () => {
  it.each(['pending', 'hold', 'solved'])('opens a ticket that is %s', async (status) => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket({ assignee_id: account.ana.id })
    updateTicket(account.world, account.ana, id, { status })
    const answer = updateTicket(account.world, account.ana, id, {
      comment: { body: 'Again', author_id: account.jane.id },
    })
    expect([answer.ticket.status, answer.audit.author_id]).toEqual(['open', account.jane.id])
  })

  it('is not an agent’s', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket({ assignee_id: account.ana.id })
    updateTicket(account.world, account.ana, id, { status: 'pending' })
    expect(updateTicket(account.world, account.ana, id, { comment: { body: 'Hm' } }).ticket.status).toBe('pending')
  })
})

describe('custom statuses', () => {
  it('set the status of their category, and the other way round', async () => {
    await using account = await startSmallAccount()
    const { world, ana } = account
    const now = world.clock.now()
    const waiting = {
      ...{ id: 77, status_category: 'pending' as const, agent_label: 'With vendor', end_user_label: 'Pending' },
      ...{ description: '', end_user_description: '', active: true, default: false, created_at: now, updated_at: now },
    }
    world.state.custom_statuses[77] = waiting
    const { id } = account.aTicket({ assignee_id: ana.id })
    expect(updateTicket(world, ana, id, { custom_status_id: 77 }).ticket).toMatchObject({
      status: 'pending',
      custom_status_id: 77,
    })
    const open = Object.values(world.state.custom_statuses).find((one) => one.status_category === 'open')!
    expect(updateTicket(world, ana, id, { status: 'open' }).ticket.custom_status_id).toBe(open.id)
    expect(() => updateTicket(world, ana, id, { status: 'open', custom_status_id: 77 })).toThrow('422')
  })
})

describe('a follow-up', () => {
  it('is made from a closed ticket only, and each knows the other', async () => {
    await using account = await startSmallAccount()
    const { world, ana, jane } = account
    const { id } = account.aTicket({ assignee_id: ana.id, tags: ['sso'] })
    const follow = () => createTicket(world, { via_followup_source_id: id, comment: { body: 'Back again' } }, jane)
    expect(follow).toThrow('422')
    updateTicket(world, ana, id, { status: 'closed' })
    const { ticket } = follow()
    expect(ticket).toMatchObject({ subject: 'Re: SSO login fails', tags: ['sso'], requester_id: jane.id })
    expect(ticket.via.source).toMatchObject({ rel: 'follow_up', from: { ticket_id: id } })
    const old = await account.as(ana)('GET', `tickets/${id}`)
    expect(old.body.ticket.followup_ids).toEqual([ticket.id])
    const related = await account.as(ana)('GET', `tickets/${ticket.id}/related`)
    expect(related.body.ticket_related.followup_source_ids).toEqual([String(id)])
  })
})

describe('leaving a group', () => {
  it('takes an agent’s tickets of that group from them', async () => {
    await using account = await startSmallAccount()
    const { world, elif } = account
    const { id } = account.aTicket({ assignee_id: elif.id })
    const membership = Object.values(world.state.memberships).find((one) => one.user_id === elif.id)!
    expect((await account.as(account.lea)('DELETE', `group_memberships/${membership.id}`)).status).toBe(204)
    expect(world.state.tickets[id]).toMatchObject({ assignee_id: null, group_id: account.identity.id })
    expect(world.state.audits[id]!.at(-1)).toMatchObject({ author_id: -1, via: { channel: 'system' } })
  })

  it('moves the tickets of a deleted group to the default group', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket({ group_id: account.identity.id })
    expect((await account.as(account.lea)('DELETE', `groups/${account.identity.id}`)).status).toBe(204)
    expect(account.world.state.tickets[id]?.group_id).toBe(account.support.id)
  })
})
