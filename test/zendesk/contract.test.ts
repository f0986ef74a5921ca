import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../../core/units.ts'
import { connectZendesk } from '../../server/zendesk/client.ts'
import { loadContract, startRecorder } from './contract.ts'
import { aPolicy } from './slas/a-policy.ts'
import { optionsOf, startSmallAccount } from './small-account.ts'

/** Zendesk's own description is not ours to publish: this test looks for a copy and is skipped without one. */
const file = process.env.BATON_ZENDESK_OAS ?? path.resolve(import.meta.dirname, '../../../shared/zendesk/oas.yaml')
const isPresent = existsSync(file)
if (!isPresent)
  console.info('Skipped: set BATON_ZENDESK_OAS to a copy of https://developer.zendesk.com/zendesk/oas.yaml')

const guideFile = path.join(path.dirname(file), 'help-center-oas.yaml')

describe.skipIf(!existsSync(guideFile))('the description of the Help Center', () => {
  it('fits what the local one answers', async () => {
    await using account = await startSmallAccount()
    await using recorder = await startRecorder(account.zendesk.url)
    await playHelpCenter(account, recorder.url)
    expect(recorder.exchanges.length).toBeGreaterThan(15)
    expect(recorder.exchanges.filter(({ status }) => status >= 400)).toEqual([])
    expect(recorder.exchanges.flatMap(loadContract(guideFile).check)).toEqual([])
  }, 60_000)
})

describe.skipIf(!isPresent)('Zendesk’s API description', () => {
  it('fits what the local Zendesk answers', async () => {
    await using account = await startSmallAccount()
    await using recorder = await startRecorder(account.zendesk.url)
    await playAll(account, recorder.url)
    const contract = loadContract(file)
    expect(recorder.exchanges.length).toBeGreaterThan(40)
    expect(recorder.exchanges.filter(({ status }) => status >= 400)).toEqual([])
    expect(recorder.exchanges.flatMap(contract.check)).toEqual([])
  }, 60_000)

  it('fits what our client asks', async () => {
    await using account = await startSmallAccount()
    await using recorder = await startRecorder(account.zendesk.url)
    const client = connectOurs(account, recorder.url)
    const { id } = account.aTicket({ group_id: account.support.id })
    const { ticket } = await client.getTicket(id)
    const changes = { privateComment: '<p>Note</p>', tags: ['baton'], groupId: account.identity.id }
    await client.updateTicket(id, { ...changes, priority: 'high' }, ticket.updatedAt)
    await client.listAuditsSince(id, 0)
    await client.addTags(id, ['x'])
    await client.removeTags(id, ['x'])
    await client.listGroups()
    await client.getUser(account.ana.id)
    await client.listGroupIdsOf(account.ana.id)
    await account.clock.advance(2 * MINUTE_MS)
    const { cursor } = await client.exportTickets({ startTime: 0 })
    await client.exportTickets({ cursor: cursor! })
    const contract = loadContract(file)
    const asked = recorder.exchanges.filter((exchange) => exchange.path.startsWith('/api/'))
    expect(asked.length).toBeGreaterThan(7)
    expect(asked.flatMap(contract.check)).toEqual([])
  }, 60_000)

  it('would notice an answer of another shape', () => {
    const ticket = { id: 'one', status: 'open' }
    const exchange = {
      method: 'GET',
      path: '/api/v2/tickets/1.json',
      request: undefined,
      status: 200,
      answer: { ticket },
    }
    expect(loadContract(file).check(exchange)).toEqual(['GET /api/v2/tickets/1: /ticket/id must be integer'])
  }, 60_000)
})

type Account = Awaited<ReturnType<typeof startSmallAccount>>

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Ask = (method: string, route: string, body?: unknown) => Promise<any>

function connectOurs({ world, clock, lea }: Account, baseUrl: string) {
  const client = { id: 'baton', secret: 'local' }
  world.state.oauth_clients[1] = {
    ...{ id: 1, name: 'Baton', identifier: client.id, secret: client.secret, user_id: lea.id },
    ...{ redirect_uris: [], kind: 'confidential' as const },
  }
  const log = { info: () => {}, warn: () => {} }
  return connectZendesk({ baseUrl, client, clock, log, tokens: { load: async () => null, save: async () => {} } })
}

function asLea({ lea }: Account, url: string): Ask {
  return async (method, route, body) => {
    const response = await fetch(`${url}/api/v2/${route}`, {
      method,
      headers: { authorization: `Basic ${btoa(`${lea.email}/token:x`)}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return text.startsWith('{') ? JSON.parse(text) : null
  }
}

async function playHelpCenter(account: Account, url: string): Promise<void> {
  const call = asLea(account, url)
  const { category } = await call('POST', 'help_center/categories.json', {
    category: { name: 'Help', locale: 'en-us' },
  })
  const { section } = await call('POST', `help_center/en-us/categories/${category.id}/sections.json`, {
    section: { name: 'Runbooks', locale: 'en-us' },
  })
  const { article } = await call('POST', `help_center/en-us/sections/${section.id}/articles.json`, {
    article: { title: 'SSO', body: '<p>x</p>', locale: 'en-us', draft: true },
    notify_subscribers: false,
  })
  const translation = `help_center/articles/${article.id}/translations/en-us.json`
  await call('PUT', translation, { translation: { draft: false } })
  await call('PUT', `help_center/articles/${article.id}.json`, {
    article: { label_names: ['sso'], title: 'SSO', locale: 'en-us' },
  })
  const { user_segment } = await call('POST', 'help_center/user_segments.json', {
    user_segment: { name: 'Staff', user_type: 'staff' },
  })
  for (const route of [
    ...['categories', 'sections', 'articles', 'user_segments', 'user_segments/applicable', 'en-us/articles'],
    ...[`categories/${category.id}`, `sections/${section.id}`, `articles/${article.id}`],
    ...[`en-us/sections/${section.id}/articles`, `categories/${category.id}/sections`],
    ...[`articles/${article.id}/translations`, `articles/${article.id}/translations/en-us`],
    ...[`user_segments/${user_segment.id}`, 'incremental/articles.json?start_time=0'],
    ...['articles/search.json?query=sso', 'deflection/suggestions?query=sso'],
  ]) {
    await call('GET', `help_center/${route}`)
  }
  await call('DELETE', `help_center/articles/${article.id}`)
}

/** Every operation that the local Zendesk has and the description knows. */
async function playAll(account: Account, url: string): Promise<void> {
  const { ana, elif, support, identity, world } = account
  const custom_field_options = optionsOf('sso', 'scim')
  const call = asLea(account, url)

  const { ticket_field } = await call('POST', 'ticket_fields.json', {
    ticket_field: { type: 'tagger', title: 'Component', custom_field_options },
  })
  const { ticket } = await call('POST', 'tickets.json', {
    ticket: { subject: 'SSO', comment: { body: 'No' }, priority: 'high', tags: ['a'], type: 'incident' },
  })
  await call('PUT', `tickets/${ticket.id}.json`, {
    ticket: {
      ...{ assignee_id: elif.id, group_id: identity.id, status: 'pending' },
      comment: { html_body: '<p>Note</p>', public: false },
      custom_fields: [{ id: ticket_field.id, value: 'sso' }],
    },
  })
  for (const query of ['', '?include=users,groups,organizations,comment_count,dates', '?reduced_payload_size=true']) {
    await call('GET', `tickets/${ticket.id}.json${query}`)
  }
  for (const route of [
    ...['tickets.json', 'tickets.json?page[size]=1', 'tickets/count.json', 'tickets/recent.json'],
    `tickets/show_many.json?ids=${ticket.id}`,
    ...['audits', 'audits.json?page[size]=100&sort=-created_at', 'audits/count', 'comments', 'comments/count'].map(
      (part) => `tickets/${ticket.id}/${part}`,
    ),
    ...['tags', 'related', 'incidents'].map((part) => `tickets/${ticket.id}/${part}.json`),
    `tickets/${ticket.id}/audits/${world.state.audits[ticket.id]![0]!.id}.json`,
    ...['groups.json', 'groups/assignable.json', 'groups/count.json', `groups/${support.id}.json`],
    ...[`groups/${support.id}/users.json`, `groups/${support.id}/memberships.json`, 'group_memberships.json'],
    ...[`users/${ana.id}/group_memberships.json`, `users/${ana.id}/groups.json`],
    ...['users.json', `users/${ana.id}.json`, 'users/me.json', 'users/search.json?query=ana', 'users/count.json'],
    ...[`users/show_many.json?ids=${ana.id}`, 'organizations.json', 'organizations/count.json'],
    ...['ticket_fields.json', `ticket_fields/${ticket_field.id}.json`, `ticket_fields/${ticket_field.id}/options.json`],
    ...['user_fields.json', 'organization_fields.json', 'ticket_forms.json', 'custom_statuses.json', 'brands.json'],
    ...['locales.json', 'account/settings.json', 'search.json?query=type:ticket', 'search/count.json?query=sso'],
    ...['views.json', 'views/active.json', 'job_statuses.json'],
  ]) {
    await call('GET', route)
  }
  await playRules(call, ticket.id)
  await call('POST', `tickets/${ticket.id}/tags.json`, { tags: ['a'] })
  await call('PUT', `tickets/${ticket.id}/tags.json`, { tags: ['b'] })
  await call('DELETE', `tickets/${ticket.id}/tags.json`, { tags: ['a'] })
  const made = await call('POST', 'organizations.json', { organization: { name: 'Acme' } })
  await call('PUT', `organizations/${made.organization.id}.json`, { organization: { notes: 'x' } })
  await call('POST', 'groups.json', { group: { name: 'Platform' } })
  await call('POST', 'users.json', { user: { name: 'New', email: 'new@acme.example' } })
  const all = [{ field: 'status', operator: 'is', value: 'pending' }]
  const { view } = await call('POST', 'views.json', { view: { title: 'Pending', all } })
  for (const part of ['tickets', 'execute', 'count']) await call('GET', `views/${view.id}/${part}.json`)
  const many = await call('PUT', `tickets/update_many.json?ids=${ticket.id}`, { ticket: { additional_tags: ['c'] } })
  await account.zendesk.settle()
  await call('GET', `job_statuses/${many.job_status.id}.json`)
  await call('POST', 'uploads.json?filename=a.txt', { any: 'body' })
  // Before a ticket is deleted: exports tell so, but the description has no such status.
  await account.clock.advance(2 * MINUTE_MS)
  const { after_cursor } = await call('GET', 'incremental/tickets/cursor.json?start_time=0&per_page=1')
  await call('GET', `incremental/tickets/cursor.json?cursor=${after_cursor}&include=users,groups`)
  for (const query of ['', '&include_changes=true&exclude_deleted=true', '&page[size]=5']) {
    await call('GET', `incremental/ticket_metric_events.json?start_time=0${query}`)
  }
  await call('DELETE', `tickets/${ticket.id}.json`)
  await call('GET', 'deleted_tickets.json')
  await call('PUT', `deleted_tickets/${ticket.id}/restore.json`)
  await playExports(account, call)
}

/** Exports by time and the cursor of users; it waits, so that their bucket is full again. */
async function playExports({ clock }: Account, call: Ask): Promise<void> {
  await clock.advance(2 * MINUTE_MS)
  for (const [path, query] of [
    ['tickets', '&include=users,groups,metric_sets,slas&exclude_deleted=true'],
    ['tickets/cursor', '&per_page=1&support_type_scope=all'],
    ['ticket_events', '&include=comment_events'],
    ['users', ''],
    ['users/cursor', ''],
    ['organizations', ''],
    ['tickets/sample', ''],
    ['ticket_metric_events', ''],
  ]) {
    await call('GET', `incremental/${path}.json?start_time=0${query}`)
  }
}

/** SLA policies, automations and metrics. Schedules are not in the description. */
async function playRules(call: Ask, ticketId: number): Promise<void> {
  const filter = { all: [{ field: 'type', operator: 'is', value: 'incident' }], any: [] }
  const { sla_policy } = await call('POST', 'slas/policies.json', aPolicy({ filter }))
  await call('PUT', `slas/policies/${sla_policy.id}.json`, { sla_policy: { title: 'Gold' } })
  await call('PUT', `slas/policies/reorder.json?sla_policy_ids=${sla_policy.id}`)
  await call('PUT', `tickets/${ticketId}.json`, { ticket: { priority: 'urgent' } })
  const all = [
    { field: 'status', operator: 'is', value: 'pending' },
    { field: 'PENDING', operator: 'is', value: '24' },
  ]
  const actions = [{ field: 'status', value: 'solved' }]
  const { automation } = await call('POST', 'automations.json', {
    automation: { title: 'Solve', all, actions },
  })
  await call('PUT', `automations/${automation.id}.json`, { automation: { title: 'Solve it' } })
  await call('PUT', 'automations/update_many.json', { automations: [{ id: automation.id, active: false }] })
  for (const route of [
    ...['slas/policies', 'slas/policies/definitions', `slas/policies/${sla_policy.id}`, 'group_slas/policies'],
    ...['automations', 'automations/active', 'automations/search', `automations/${automation.id}`],
    ...['ticket_metrics', `ticket_metrics/${ticketId}`, `tickets/${ticketId}/metrics`],
  ]) {
    await call('GET', route === 'automations/search' ? `${route}.json?query=solve` : `${route}.json`)
  }
  await call('GET', `tickets/${ticketId}.json?include=slas,metric_events,metric_sets`)
  await call('DELETE', `automations/destroy_many.json?ids=${automation.id}`)
  await call('DELETE', `slas/policies/${sla_policy.id}.json`)
}
