import type { User } from '../state/model.ts'
import type { World } from '../world.ts'

/** Makes and keeps a user; what is not given is as for a new end user. */
export function newUser(world: World, given: Partial<User> & { name: string; email: string }): User {
  const now = world.clock.now()
  const domain = given.email.split('@')[1]?.toLowerCase() ?? ''
  const organization = Object.values(world.state.organizations).find((one) => one.domain_names.includes(domain))
  const role = given.role ?? 'end-user'
  const user: User = {
    role,
    role_type: role === 'admin' ? 4 : role === 'agent' ? 0 : null,
    organization_id: role === 'end-user' ? (organization?.id ?? null) : null,
    default_group_id: null,
    locale: 'en-US',
    time_zone: 'UTC',
    iana_time_zone: 'Etc/UTC',
    phone: null,
    photo_url: null,
    ticket_restriction: role === 'end-user' ? 'requested' : null,
    only_private_comments: false,
    active: true,
    suspended: false,
    tags: [],
    user_fields: {},
    created_at: now,
    updated_at: now,
    ...given,
    id: given.id ?? world.nextId('user'),
  }
  world.state.users[user.id] = user
  return user
}
