import { iso } from '../http/times.ts'
import type { Field, Group, GroupMembership, Organization, User } from '../state/model.ts'
import type { World } from '../world.ts'

const LOCALE_IDS: Record<string, number> = { 'en-US': 1, de: 8, es: 2, fr: 16, ja: 67, 'pt-BR': 19 }

export function localeId(locale: string): number {
  return LOCALE_IDS[locale] ?? 1
}

export function presentUser(world: World, user: User) {
  const isAgent = user.role !== 'end-user'
  return {
    id: user.id,
    url: `${world.url}/api/v2/users/${user.id}.json`,
    name: user.name,
    email: user.email,
    created_at: iso(user.created_at),
    updated_at: iso(user.updated_at),
    time_zone: user.time_zone,
    iana_time_zone: user.iana_time_zone,
    phone: user.phone,
    shared_phone_number: null,
    photo: user.photo_url
      ? { id: user.id, content_url: user.photo_url, file_name: 'photo.png', content_type: 'image/png' }
      : null,
    locale_id: localeId(user.locale),
    locale: user.locale,
    organization_id: user.organization_id,
    role: user.role,
    verified: true,
    external_id: user.external_id ?? null,
    tags: user.tags,
    alias: null,
    active: user.active,
    shared: false,
    shared_agent: false,
    last_login_at: null,
    two_factor_auth_enabled: false,
    signature: null,
    details: user.details ?? '',
    notes: user.notes ?? '',
    role_type: user.role_type,
    custom_role_id: null,
    moderator: isAgent,
    ticket_restriction: user.ticket_restriction,
    only_private_comments: user.only_private_comments || user.role_type === 1,
    restricted_agent: user.role === 'agent' && user.ticket_restriction !== null,
    suspended: user.suspended,
    default_group_id: user.default_group_id,
    report_csv: user.role === 'admin',
    user_fields: fieldValues(world.state.user_fields, user.user_fields),
  }
}

/** What `GET /users/me` answers to a caller without an identity, with 200. Source: recorded answers. */
export function anonymousUser(world: World) {
  return {
    ...{ id: null, url: `${world.url}/api/v2/users/.json`, name: 'Anonymous user', email: 'invalid@example.com' },
    ...{ created_at: null, updated_at: null, time_zone: 'UTC', iana_time_zone: 'Etc/UTC', phone: null, photo: null },
    ...{ locale_id: 1, locale: 'en-US', organization_id: null, role: 'end-user', verified: false, tags: [] },
    ...{ active: true, suspended: false, user_fields: {} },
  }
}

export function presentGroup(world: World, group: Group) {
  const { id, name, description, is_public, deleted, created_at, updated_at } = group
  return {
    ...{ url: `${world.url}/api/v2/groups/${id}.json`, id, is_public, name, description, default: group.default },
    ...{ deleted, created_at: iso(created_at), updated_at: iso(updated_at) },
  }
}

export function presentMembership(world: World, membership: GroupMembership) {
  const { id, user_id, group_id, created_at } = membership
  return {
    ...{ url: `${world.url}/api/v2/group_memberships/${id}.json`, id, user_id, group_id, default: membership.default },
    ...{ created_at: iso(created_at), updated_at: iso(created_at) },
  }
}

export function presentOrganization(world: World, organization: Organization) {
  const { id, name, external_id, details, notes, group_id, shared_tickets, domain_names, tags } = organization
  return {
    ...{ url: `${world.url}/api/v2/organizations/${id}.json`, id, name, shared_tickets, shared_comments: false },
    ...{ external_id, created_at: iso(organization.created_at), updated_at: iso(organization.updated_at) },
    ...{ domain_names, details, notes, group_id, tags },
    ...(organization.deleted_at === undefined ? {} : { deleted_at: iso(organization.deleted_at) }),
    organization_fields: fieldValues(world.state.organization_fields, organization.organization_fields),
  }
}

/** Every active field by its key, null when it has no value. */
function fieldValues(fields: Record<number, Field>, values: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.values(fields).flatMap((field) => (field.active && field.key ? [field.key] : []))
  return Object.fromEntries(keys.map((key) => [key, values[key] ?? null]))
}
