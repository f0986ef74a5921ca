import { newUser } from '../people/new-user.ts'
import type { LocalZendesk } from '../server.ts'
import type { User } from '../state/model.ts'
import type { World } from '../world.ts'

export type SmallAccount = {
  ana: User
  ben: User
  lena: User
  riley: User
  supportId: number
  identityId: number
  /** A drop-down with the options `sso` and `mobile`. */
  componentFieldId: number
}

/** Two groups, agents in them, a light agent, a customer with an organisation, and one drop-down. */
export function addSmallAccount(world: World): SmallAccount {
  const now = world.clock.now()
  const times = { created_at: now, updated_at: now }
  const supportId = addGroup(world, 'Support')
  const identityId = addGroup(world, 'Identity specialists')
  const ana = newUser(world, {
    name: 'Ana Agent',
    email: 'ana@local.example',
    role: 'agent',
    default_group_id: supportId,
  })
  const ben = newUser(world, {
    name: 'Ben Agent',
    email: 'ben@local.example',
    role: 'agent',
    default_group_id: identityId,
  })
  const lena = newUser(world, { name: 'Lena Light', email: 'lena@local.example', role: 'agent', role_type: 1 })
  for (const [user, group] of [
    [ana, supportId],
    [ben, identityId],
    [lena, supportId],
  ] as const) {
    const id = world.nextId('group_membership')
    world.state.memberships[id] = { id, user_id: user.id, group_id: group, default: true, created_at: now }
  }
  const tierFieldId = world.nextId('organization_field')
  world.state.organization_fields[tierFieldId] = {
    ...{ id: tierFieldId, key: 'tier', type: 'text', title: 'Customer tier', description: '', active: true },
    ...{ position: 0, required: false, removable: true, custom_field_options: [], ...times },
  }
  const organizationId = world.nextId('organization')
  world.state.organizations[organizationId] = {
    id: organizationId,
    name: 'Acme Corp',
    ...{ external_id: null, details: '', notes: '', group_id: null, shared_tickets: false },
    ...{ domain_names: ['acme.example'], tags: [], organization_fields: { tier: 'enterprise' }, ...times },
  }
  const riley = newUser(world, { name: 'Riley Buyer', email: 'riley@acme.example' })
  const componentFieldId = world.nextId('ticket_field')
  world.state.ticket_fields[componentFieldId] = {
    id: componentFieldId,
    ...{ key: null, type: 'tagger', title: 'Component', description: '', active: true, position: 20 },
    ...{ required: false, removable: true, ...times },
    custom_field_options: [
      { id: world.nextId('field_option'), name: 'Single sign-on', value: 'sso' },
      { id: world.nextId('field_option'), name: 'Mobile app', value: 'mobile' },
    ],
  }
  for (const form of Object.values(world.state.ticket_forms)) form.ticket_field_ids.push(componentFieldId)
  return { ana, ben, lena, riley, supportId, identityId, componentFieldId }
}

function addGroup(world: World, name: string): number {
  const id = world.nextId('group')
  const now = world.clock.now()
  const isFirst = Object.keys(world.state.groups).length === 0
  world.state.groups[id] = {
    ...{ id, name, description: '', default: isFirst, deleted: false, is_public: true },
    ...{ created_at: now, updated_at: now },
  }
  return id
}

/** Calls the API as somebody else would, from their own browser. @throws with the answer's text when it is refused */
export async function callAs<T>(
  zendesk: LocalZendesk,
  user: User,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(`${zendesk.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', origin: zendesk.url, cookie: `local_zendesk_agent=${user.id}` },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
  return JSON.parse(text) as T
}
