import { Stage } from '../../../core/contract/api.ts'
import { FIELD_KEYS, type FieldKey, type Installation } from '../../../server/admin/installation.ts'
import type { AccessToken, TokenStore } from '../../../server/zendesk/access.ts'
import { connectZendesk, type ZendeskClient } from '../../../server/zendesk/client.ts'
import { createStoppedClock } from '../../support/clock.ts'
import { newUser } from '../../zendesk/people/new-user.ts'
import { type LocalZendesk, startZendesk, type ZendeskOptions } from '../../zendesk/server.ts'
import type { Field, Group, Ticket, User } from '../../zendesk/state/model.ts'
import type { TicketChanges } from '../../zendesk/tickets/changes.ts'
import { createTicket, updateTicket } from '../../zendesk/tickets/create.ts'
import type { FaultAnswer, MovableClock } from '../../zendesk/world.ts'

export type SmallAccount = AsyncDisposable & {
  zendesk: LocalZendesk
  clock: MovableClock
  client: ZendeskClient
  tokens: TokenStore & { saved: AccessToken[] }
  /** What the client logged. */
  logged: Record<string, unknown>[]
  groups: Record<'support' | 'identity' | 'platform', Group>
  people: Record<'agent' | 'specialist' | 'lightAgent' | 'customer' | 'integration', User>
  installation: Installation
  /** A ticket of the customer, in the support group. */
  aTicket(changes?: TicketChanges): number
  /** Changes a ticket as somebody, without HTTP. */
  change(user: User, ticketId: number, changes: TicketChanges): number
  ticket(ticketId: number): Ticket
  /** Gives the next answers to calls of this kind. */
  answerNext(method: string, path: string | RegExp, answer: FaultAnswer['answer'], times?: number): void
  /** Calls made so far that match. */
  countCalls(method: string, path: RegExp): number
}

export const CLIENT = { id: 'baton', secret: 'client-secret-of-the-test' }

/** A local Zendesk with three groups, five people, Baton's fields and an OAuth client, at 2026-03-06 09:00 UTC. */
export async function startSmallAccount(
  options: Partial<ZendeskOptions> & { callMs?: number } = {},
): Promise<SmallAccount> {
  const { callMs, ...zendeskOptions } = options
  const clock = createStoppedClock('2026-03-06T09:00:00Z')
  const zendesk = await startZendesk({
    clock,
    limits: { accountPerMinute: 100_000, ticketUpdatesPerMinute: 10_000 },
    ...zendeskOptions,
  })
  const { world } = zendesk
  const groups = {
    support: addGroup('Support'),
    identity: addGroup('Identity specialists'),
    platform: addGroup('Platform engineering'),
  }
  const people = {
    agent: addAgent('Ana Lindqvist', [groups.support]),
    specialist: addAgent('Elif Aydin', [groups.identity]),
    lightAgent: addAgent('Max Liu', [groups.support], { role_type: 1 }),
    customer: newUser(world, { name: 'Casey Customer', email: 'casey@customer.example' }),
    integration: addAgent('Baton', [groups.support], { role: 'admin', role_type: 4 }),
  }
  world.state.oauth_clients[1] = {
    ...{ id: 1, name: 'Baton', identifier: CLIENT.id, secret: CLIENT.secret, user_id: people.integration.id },
    ...{ redirect_uris: [], kind: 'confidential' as const },
  }

  const tokens = rememberTokens()
  const logged: Record<string, unknown>[] = []
  const note = (fields: Record<string, unknown>) => void logged.push(fields)
  const client = connectZendesk({
    ...{ baseUrl: zendesk.url, client: CLIENT, tokens, clock, callMs: callMs ?? 5000 },
    log: { info: note, warn: note },
  })

  return {
    ...{ zendesk, clock, client, tokens, logged, groups, people },
    installation: {
      ...{ integrationUserId: people.integration.id, fields: addFields() },
      ...{ webhookId: null, triggerId: null, moveTriggerId: null, viewId: null, groupIds: [] },
    },
    aTicket: (changes = {}) =>
      createTicket(
        world,
        { subject: 'SSO login fails', description: 'Nobody can sign in.', group_id: groups.support.id, ...changes },
        people.customer,
      ).ticket.id,
    change: (user, ticketId, changes) => updateTicket(world, user, ticketId, changes).audit.id,
    ticket: (ticketId) => world.state.tickets[ticketId]!,
    answerNext: (method, path, answer, times = 1) => void world.faults.answers.push({ method, path, answer, times }),
    countCalls: (method, path) => zendesk.requests.filter((one) => one.method === method && path.test(one.path)).length,
    [Symbol.asyncDispose]: () => zendesk.close(),
  }

  function addGroup(name: string): Group {
    const times = { created_at: clock.now(), updated_at: clock.now() }
    const group = { id: world.nextId('group'), name, description: '', default: false, deleted: false, is_public: true }
    world.state.groups[group.id] = { ...group, ...times }
    return world.state.groups[group.id]!
  }

  function addAgent(name: string, memberOf: Group[], given: Partial<User> = {}): User {
    const email = `${name.toLowerCase().replace(' ', '.')}@company.example`
    const user = newUser(world, { role: 'agent', name, email, default_group_id: memberOf[0]!.id, ...given })
    for (const [index, group] of memberOf.entries()) {
      const id = world.nextId('group_membership')
      const membership = { id, user_id: user.id, group_id: group.id, default: index === 0, created_at: clock.now() }
      world.state.memberships[id] = membership
    }
    return user
  }

  function addFields(): Record<FieldKey, number> {
    const entries = FIELD_KEYS.map((key) => [key, addField(key).id] as const)
    return Object.fromEntries(entries) as Record<FieldKey, number>
  }

  function addField(key: FieldKey): Field {
    const options = OPTIONS[key] ?? []
    const field: Field = {
      ...{ id: world.nextId('ticket_field'), key: null, title: `Escalation ${key}`, description: '' },
      ...{ type: options.length > 0 ? 'tagger' : key === 'urgency' ? 'integer' : 'text' },
      ...{ active: true, position: 99, required: false, removable: true },
      custom_field_options: options.map((value) => ({ id: world.nextId('option'), name: value, value })),
      ...{ created_at: clock.now(), updated_at: clock.now() },
    }
    world.state.ticket_fields[field.id] = field
    return field
  }
}

const OPTIONS: Partial<Record<FieldKey, string[]>> = {
  tier: ['baton_tier_1', 'baton_tier_2', 'baton_tier_3'],
  queue: ['baton_queue_support', 'baton_queue_identity', 'baton_queue_platform'],
  stage: Stage.options.map((stage) => `baton_stage_${stage}`),
  severity: ['baton_severity_p0', 'baton_severity_p1', 'baton_severity_p2', 'baton_severity_p3'],
}

function rememberTokens(): TokenStore & { saved: AccessToken[] } {
  const saved: AccessToken[] = []
  return { saved, load: async () => saved.at(-1) ?? null, save: async (token) => void saved.push(token) }
}
