import { createStoppedClock } from '../support/clock.ts'
import { newUser } from './people/new-user.ts'
import { type LocalZendesk, startZendesk, type ZendeskOptions } from './server.ts'
import type { Field, Group, User } from './state/model.ts'
import type { TicketChanges } from './tickets/changes.ts'
import { createTicket } from './tickets/create.ts'
import type { World } from './world.ts'

/** An answer as tests look at it. */
// biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape
export type Answer = { status: number; headers: Headers; body: any; text: string }

export type Call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>

/** A company of a few people at a running local Zendesk whose clock stands still. */
export async function startSmallAccount(options: Partial<ZendeskOptions> = {}) {
  const clock = options.clock ?? createStoppedClock('2026-03-06 10:00Z')
  const zendesk = await startZendesk({ clock, ...options })
  const { world } = zendesk
  const support = addGroup(world, 'Support', true)
  const identity = addGroup(world, 'Identity specialists')
  const ana = addAgent(world, 'Ana', [support])
  const elif = addAgent(world, 'Elif', [identity])
  const lea = addAgent(world, 'Lea', [support], { role: 'admin', role_type: 4 })
  const max = addAgent(world, 'Max', [support], { role_type: 1 })
  const jane = newUser(world, { name: 'Jane Hollis', email: 'jane@acme.example' })

  return {
    ...{ zendesk, world, clock, support, identity, ana, elif, lea, max, jane },
    /** Calls the API as one of them, by API token. */
    as: (user: User): Call => callAs(zendesk, user),
    /** Jane's ticket, written by mail. */
    aTicket: (changes: TicketChanges = {}) =>
      createTicket(world, { subject: 'SSO login fails', comment: { body: 'I cannot log in.' }, ...changes }, jane)
        .ticket,
    aField: (field: Partial<Field> & Pick<Field, 'type' | 'title'>) => addField(world, field),
    [Symbol.asyncDispose]: () => zendesk.close(),
  }
}

export type SmallAccount = Awaited<ReturnType<typeof startSmallAccount>>

function callAs(zendesk: LocalZendesk, user: User): Call {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${zendesk.url}/api/v2/${path}`, {
      method,
      headers: {
        authorization: `Basic ${btoa(`${user.email}/token:secret`)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = /^\s*[{["]/.test(text)
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : null, text }
  }
}

function addGroup(world: World, name: string, isDefault = false): Group {
  const now = world.clock.now()
  const group: Group = {
    ...{ id: world.nextId('group'), name, description: '', default: isDefault, deleted: false, is_public: true },
    ...{ created_at: now, updated_at: now },
  }
  world.state.groups[group.id] = group
  return group
}

function addAgent(world: World, name: string, groups: Group[], given: Partial<User> = {}): User {
  const email = `${name.toLowerCase()}@northwind.example`
  const user = newUser(world, { name, email, role: 'agent', default_group_id: groups[0]!.id, ...given })
  groups.forEach((group, index) => {
    const id = world.nextId('group_membership')
    const created_at = world.clock.now()
    world.state.memberships[id] = { id, user_id: user.id, group_id: group.id, default: index === 0, created_at }
  })
  return user
}

function addField(world: World, given: Partial<Field> & Pick<Field, 'type' | 'title'>): Field {
  const now = world.clock.now()
  const field: Field = {
    ...{ id: world.nextId('ticket_field'), key: null, description: '', active: true, position: 99, required: false },
    ...{ removable: true, custom_field_options: [], created_at: now, updated_at: now },
    ...given,
  }
  world.state.ticket_fields[field.id] = field
  for (const form of Object.values(world.state.ticket_forms)) form.ticket_field_ids.push(field.id)
  return field
}

/** Options of a drop-down by their tags. */
export function optionsOf(...tags: string[]) {
  return tags.map((value, index) => ({ id: index + 1, name: value, value }))
}
