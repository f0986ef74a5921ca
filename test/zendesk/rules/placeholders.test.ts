import { describe, expect, it } from 'vitest'
import { startAccount } from '../oauth/start-account.ts'
import { newUser } from '../people/new-user.ts'
import type { UpdateInProgress } from '../world.ts'
import { renderLiquid } from './liquid.ts'
import { placeholderValues } from './placeholders.ts'

/** An account with one ticket of a customer with an organisation, last changed by the agent. */
async function startTicket() {
  const account = await startAccount()
  const { world, agent, group } = account
  const organization = (
    await account.call('POST', '/api/v2/organizations', { organization: { name: 'Globex', external_id: 'gx' } })
  ).body.organization
  world.state.organizations[organization.id]!.organization_fields = { tier: 'enterprise', arr: 250_000 }
  const customer = newUser(world, {
    ...{ name: 'Cara Maria Customer', email: 'cara@globex.example', organization_id: organization.id },
    ...{ user_fields: { plan: 'gold' }, external_id: 'c-1' },
  })
  const field = (
    await account.call('POST', '/api/v2/ticket_fields', {
      ticket_field: { type: 'tagger', title: 'Tier', custom_field_options: [{ name: 'Level 2', value: 'l2' }] },
    })
  ).body.ticket_field
  const { ticket } = await account.createTicket({
    ...{ requester_id: customer.id, assignee_id: agent.id, group_id: group.id, priority: 'urgent', type: 'incident' },
    ...{ tags: ['b', 'a'], external_id: 'ext', custom_fields: [{ id: field.id, value: 'l2' }] },
    comment: { body: 'Public words', public: true },
  })
  await account.clock.advance(61_000)
  await account.updateTicket(ticket.id, { comment: { body: 'Private words', public: false } })
  const update = {
    ...{ ticket: world.state.tickets[ticket.id]!, before: null, actor: agent, comment: null, isCreate: false },
  } as unknown as UpdateInProgress
  return { account, field, values: placeholderValues(world, update), ids: { ticket, customer, agent, group } }
}

describe('placeholderValues', () => {
  it('renders every placeholder as people read it', async () => {
    const { account, field, values, ids } = await startTicket()
    await using _ = account
    const rows: [string, string][] = [
      ['ticket.id', String(ids.ticket.id)],
      ['ticket.external_id', 'ext'],
      ['ticket.title', 'SSO login fails'],
      ['ticket.description', 'Public words'],
      ['ticket.link', `https://local.zendesk.com/agent/tickets/${ids.ticket.id}`],
      ['ticket.url', `local.zendesk.com/agent/tickets/${ids.ticket.id}`],
      ['ticket.via', 'Web service (API)'],
      ['ticket.status', 'Open'],
      ['ticket.priority', 'Urgent'],
      ['ticket.ticket_type', 'Incident'],
      ['ticket.group.name', 'Support'],
      ['ticket.group.id', String(ids.group.id)],
      ['ticket.account', 'local'],
      ['ticket.created_at', 'March 6, 2026'],
      ['ticket.created_at_with_timestamp', '2026-03-06T10:00:00Z'],
      ['ticket.updated_at_with_timestamp', '2026-03-06T10:01:01Z'],
      ['ticket.latest_comment', 'Private words'],
      ['ticket.latest_public_comment', 'Public words'],
      ['ticket.assignee.name', 'Alan Agent'],
      ['ticket.requester.email', 'cara@globex.example'],
      ['ticket.requester.first_name', 'Cara'],
      ['ticket.requester.last_name', 'Maria Customer'],
      ['ticket.requester.external_id', 'c-1'],
      ['ticket.requester.custom_fields.plan', 'gold'],
      ['ticket.organization.name', 'Globex'],
      ['ticket.organization.external_id', 'gx'],
      ['ticket.organization.custom_fields.tier', 'enterprise'],
      [`ticket.ticket_field_${field.id}`, 'l2'],
      [`ticket.ticket_field_option_title_${field.id}`, 'Level 2'],
      ['current_user.id', String(ids.agent.id)],
      ['current_user.email', 'alan@acme.example'],
      ['ticket.due_date', ''],
      ['satisfaction.current_rating', ''],
    ]
    const template = rows.map(([name]) => `${name} = {{${name}}}`).join('\n')
    expect(renderLiquid(template, values).split('\n')).toEqual(rows.map(([name, text]) => `${name} = ${text}`))
    expect(renderLiquid('{{ticket.tags}}', values).split(' ').sort()).toEqual(['a', 'b', 'l2'])
  })
})
