import { describe, expect, it } from 'vitest'
import { startAccount } from '../oauth/start-account.ts'
import type { AuditEvent } from '../state/model.ts'

const OPEN = { all: [{ field: 'status', operator: 'less_than', value: 'solved' }], any: [] }

function has(tag: string) {
  return { all: [{ field: 'current_tags', operator: 'includes', value: tag }], any: [] }
}

function hasNot(tag: string) {
  return { all: [{ field: 'current_tags', operator: 'not_includes', value: tag }], any: [] }
}

function tag(name: string) {
  return { field: 'current_tags', value: name }
}

/** The events that rules left, as `trigger title: field → value`. */
function ruleEvents(events: AuditEvent[]): string[] {
  return events
    .filter((event) => event.via?.channel === 'rule')
    .map((event) => `${event.via?.source.from.title}: ${event.field_name ?? event.type} → ${event.value ?? ''}`)
}

describe('runTriggers', () => {
  it('appends its changes to the audit of the update, each under its own via', async () => {
    await using account = await startAccount()
    const trigger = await account.addTrigger({
      title: 'Raise it',
      conditions: has('vip'),
      actions: [{ field: 'priority', value: 'urgent' }],
    })
    const { ticket } = await account.createTicket()
    const { audit, ticket: after } = await account.updateTicket(ticket.id, { tags: ['vip'] })
    expect(after.priority).toBe('urgent')
    expect(audit.events.find((event) => event.field_name === 'tags')?.via).toBeUndefined()
    expect(audit.events.at(-1)).toMatchObject({
      type: 'Change',
      field_name: 'priority',
      value: 'urgent',
      previous_value: null,
      via: {
        channel: 'rule',
        source: { from: { id: trigger.id, title: 'Raise it', deleted: false, revision_id: 1 }, rel: 'trigger' },
      },
    })
  })

  it('runs on creation, too', async () => {
    await using account = await startAccount()
    await account.addTrigger({
      conditions: { all: [{ field: 'update_type', operator: 'is', value: 'Create' }], any: [] },
      actions: [tag('fresh')],
    })
    const { ticket } = await account.createTicket()
    expect(ticket.tags).toEqual(['fresh'])
    const { audit } = await account.updateTicket(ticket.id, { priority: 'low' })
    expect(ruleEvents(audit.events)).toEqual([])
  })

  it('goes by position, and shows later triggers what earlier ones did', async () => {
    await using account = await startAccount()
    await account.addTrigger({ title: 'third', position: 3, conditions: has('second'), actions: [tag('third')] })
    await account.addTrigger({ title: 'second', position: 2, conditions: has('first'), actions: [tag('second')] })
    await account.addTrigger({ title: 'first', position: 1, conditions: OPEN, actions: [tag('first')] })
    const { audit } = await account.createTicket()
    expect(ruleEvents(audit.events).map((line) => line.split(':')[0])).toEqual(['first', 'second', 'third'])
  })

  it('begins again from the start after a change', async () => {
    await using account = await startAccount()
    await account.addTrigger({ title: 'early', position: 1, conditions: has('late'), actions: [tag('early')] })
    await account.addTrigger({ title: 'late', position: 2, conditions: OPEN, actions: [tag('late')] })
    const { ticket, audit } = await account.createTicket()
    expect(ticket.tags.sort()).toEqual(['early', 'late'])
    expect(ruleEvents(audit.events).map((line) => line.split(':')[0])).toEqual(['late', 'early'])
  })

  it('runs each trigger once per update, so that two that undo each other end', async () => {
    await using account = await startAccount()
    await account.addTrigger({ title: 'on', position: 1, conditions: hasNot('x'), actions: [tag('x')] })
    await account.addTrigger({
      title: 'off',
      position: 2,
      conditions: has('x'),
      actions: [{ field: 'remove_tags', value: 'x' }],
    })
    const { ticket, audit } = await account.createTicket()
    expect(ticket.tags).toEqual([])
    expect(ruleEvents(audit.events)).toHaveLength(2)
  })

  it('leaves inactive triggers out', async () => {
    await using account = await startAccount()
    await account.addTrigger({ active: false, conditions: OPEN, actions: [tag('x')] })
    expect((await account.createTicket()).ticket.tags).toEqual([])
  })

  it('leaves no event when nothing changes', async () => {
    await using account = await startAccount()
    await account.addTrigger({ conditions: OPEN, actions: [{ field: 'status', value: 'open' }] })
    const { ticket } = await account.createTicket({ status: 'open' })
    const { audit } = await account.updateTicket(ticket.id, { priority: 'low' })
    expect(ruleEvents(audit.events)).toEqual([])
  })

  it('runs on the update that closes a ticket', async () => {
    await using account = await startAccount()
    await account.addTrigger({
      conditions: { all: [{ field: 'status', operator: 'value', value: 'closed' }], any: [] },
      actions: [tag('over')],
    })
    const { ticket } = await account.createTicket({ status: 'solved', assignee_id: account.agent.id })
    expect((await account.updateTicket(ticket.id, { status: 'closed' })).ticket.tags).toEqual(['over'])
  })

  it.each([
    ['status', 'pending', 'status', 'pending'],
    ['priority', 'high', 'priority', 'high'],
    ['type', 'incident', 'type', 'incident'],
    ['set_tags', 'a b', 'tags', ['a', 'b']],
    ['current_tags', 'a', 'tags', ['a', 'old']],
    ['remove_tags', 'old', 'tags', []],
    ['subject', '[{{ticket.id}}] {{ticket.title}}', 'subject', '[1] SSO login fails'],
  ])('carries out %s %j', async (field, value, column, expected) => {
    await using account = await startAccount()
    const { ticket } = await account.createTicket({ tags: ['old'] })
    await account.addTrigger({ conditions: OPEN, actions: [{ field, value }] })
    const after = (await account.updateTicket(ticket.id, { external_id: 'x' })).ticket as Record<string, unknown>
    const seen = Array.isArray(after[column]) ? [...(after[column] as string[])].sort() : after[column]
    expect(seen).toEqual(expected)
  })

  it('assigns to the current user, and to nobody when that is an end user', async () => {
    await using account = await startAccount()
    await account.addTrigger({ conditions: OPEN, actions: [{ field: 'assignee_id', value: 'current_user' }] })
    const { ticket } = await account.createTicket()
    expect(ticket.assignee_id).toBe(account.agent.id)
    expect(ticket.group_id).toBe(account.group.id)
  })

  it('sets a custom field with its tag', async () => {
    await using account = await startAccount()
    const made = await account.call('POST', '/api/v2/ticket_fields', {
      ticket_field: { type: 'tagger', title: 'Tier', custom_field_options: [{ name: 'L2', value: 'tier_2' }] },
    })
    const { id } = made.body.ticket_field
    await account.addTrigger({ conditions: OPEN, actions: [{ field: `custom_fields_${id}`, value: 'tier_2' }] })
    const { ticket, audit } = await account.createTicket()
    expect(ticket.tags).toEqual(['tier_2'])
    expect(ruleEvents(audit.events)).toContain(`A rule: ${id} → tier_2`)
  })

  it('writes an e-mail into the audit with its templates not rendered', async () => {
    await using account = await startAccount()
    await account.addTrigger({
      conditions: OPEN,
      actions: [{ field: 'notification_user', value: ['requester_id', 'About {{ticket.id}}', 'Hello {{x}}'] }],
    })
    const { audit } = await account.createTicket({ requester_id: account.customer.id })
    expect(audit.events.at(-1)).toMatchObject({
      type: 'Notification',
      subject: 'About {{ticket.id}}',
      body: 'Hello {{x}}',
      recipients: [account.customer.id],
    })
  })

  it('notifies the members of a group', async () => {
    await using account = await startAccount()
    await account.addTrigger({
      conditions: OPEN,
      actions: [{ field: 'notification_group', value: [String(account.group.id), 'New', 'Look'] }],
    })
    const { audit } = await account.createTicket()
    expect(audit.events.at(-1)).toMatchObject({ recipients: [account.admin.id, account.agent.id] })
  })

  it('renders a webhook payload with the ticket as the walk left it', async () => {
    await using account = await startAccount()
    const fired: [string, string][] = []
    account.world.fireWebhook = (id, payload) => void fired.push([id, payload])
    const { body } = await account.call('POST', '/api/v2/webhooks', {
      webhook: {
        ...{ name: 'Baton', endpoint: 'http://127.0.0.1:9/hook', http_method: 'POST', request_format: 'json' },
        ...{ status: 'active', subscriptions: ['conditional_ticket_events'] },
      },
    })
    const payload =
      '{"id":"{{ticket.id}}","at":"{{ticket.updated_at_with_timestamp}}","by":"{{current_user.id}}",' +
      '"p":"{{ticket.priority}}","s":"{{ticket.status}}","tags":"{{ticket.tags}}","none":"{{ticket.nonsense}}"}'
    await account.addTrigger({ position: 1, conditions: OPEN, actions: [{ field: 'priority', value: 'normal' }] })
    await account.addTrigger({
      position: 2,
      conditions: has('baton'),
      actions: [{ field: 'notification_webhook', value: [body.webhook.id, payload] }],
    })
    const { ticket } = await account.createTicket({ tags: ['baton', 'vip'], status: 'open' })
    expect(fired).toHaveLength(1)
    expect(fired[0]?.[0]).toBe(body.webhook.id)
    expect(JSON.parse(fired[0]![1])).toEqual({
      id: String(ticket.id),
      at: '2026-03-06T10:00:00Z',
      by: String(account.agent.id),
      p: 'Normal',
      s: 'Open',
      tags: 'baton vip',
      none: '',
    })
  })
})
