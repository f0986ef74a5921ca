import { createStoppedClock } from '../../support/clock.ts'
import { newUser } from '../people/new-user.ts'
import { startZendesk, type ZendeskOptions } from '../server.ts'
import type { User } from '../state/model.ts'
import type { Written } from '../tickets/write.ts'

/** An answer as tests look at it. */
// biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape
export type Answer = { status: number; headers: Headers; body: any }

/** A running account with an admin, an agent of the group Support and a customer, on a clock that stands still. */
export async function startAccount(options: ZendeskOptions & { at?: string } = {}) {
  const clock = createStoppedClock(options.at ?? '2026-03-06 10:00Z')
  const zendesk = await startZendesk({ clock, limits: {}, ...options })
  const { world } = zendesk
  const now = clock.now()
  const admin = newUser(world, { name: 'Ada Admin', email: 'ada@acme.example', role: 'admin' })
  const agent = newUser(world, { name: 'Alan Agent', email: 'alan@acme.example', role: 'agent' })
  const customer = newUser(world, { name: 'Cara Customer', email: 'cara@customer.example' })
  const group = {
    ...{ id: world.nextId('group'), name: 'Support', description: '', default: true, deleted: false },
    ...{ is_public: true, created_at: now, updated_at: now },
  }
  world.state.groups[group.id] = group
  for (const user of [admin, agent]) {
    const id = world.nextId('membership')
    world.state.memberships[id] = { id, user_id: user.id, group_id: group.id, default: true, created_at: now }
    user.default_group_id = group.id
  }

  return {
    ...{ zendesk, world, clock, admin, agent, customer, group, call, tokenFor, createTicket, updateTicket, addTrigger },
    [Symbol.asyncDispose]: () => zendesk.close(),
  }

  /** A live bearer token. */
  function tokenFor(user: User, scopes = ['read', 'write']): string {
    const token = {
      ...{ id: world.nextId('oauth_token'), token: world.nextToken(64), refresh_token: null, client_id: 0 },
      ...{ user_id: user.id, scopes, expires_at: null, refresh_expires_at: null, revoked: false },
    }
    world.state.oauth_tokens[token.id] = token
    return token.token
  }

  /** One API call, as the admin unless told otherwise. */
  async function call(
    method: string,
    path: string,
    body?: unknown,
    as: User | { token: string } | null = admin,
  ): Promise<Answer> {
    const token = as === null ? null : 'token' in as ? as.token : tokenFor(as)
    const answer = await fetch(`${zendesk.url}${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'manual',
    })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json')
    return { status: answer.status, headers: answer.headers, body: isJson && text ? JSON.parse(text) : text }
  }

  async function createTicket(ticket: Record<string, unknown> = {}, as: User = agent): Promise<Written> {
    const wanted = { subject: 'SSO login fails', comment: { body: 'It says 500.', public: true }, ...ticket }
    const { status, body } = await call('POST', '/api/v2/tickets', { ticket: wanted }, as)
    if (status !== 201) throw new Error(`POST /api/v2/tickets answered ${status} ${JSON.stringify(body)}`)
    return body
  }

  async function updateTicket(id: number, ticket: Record<string, unknown>, as: User = agent): Promise<Written> {
    const { status, body } = await call('PUT', `/api/v2/tickets/${id}`, { ticket }, as)
    if (status !== 200) throw new Error(`PUT /api/v2/tickets/${id} answered ${status} ${JSON.stringify(body)}`)
    return body
  }

  /** A trigger that must be accepted; by default it holds for every update. */
  async function addTrigger(trigger: Record<string, unknown>) {
    const always = { all: [{ field: 'status', operator: 'less_than', value: 'closed' }], any: [] }
    const { status, body } = await call('POST', '/api/v2/triggers', {
      trigger: { title: 'A rule', conditions: always, ...trigger },
    })
    if (status !== 201) throw new Error(`POST /api/v2/triggers answered ${status} ${JSON.stringify(body)}`)
    return body.trigger
  }
}
