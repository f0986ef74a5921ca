import type { User } from '../state/model.ts'

/** Who automations and the system itself act as: nobody's account, with the id that audits show. */
export const SYSTEM_USER: User = {
  ...{ id: -1, name: 'System', email: '', role: 'agent', role_type: null, organization_id: null },
  ...{ default_group_id: null, locale: 'en-US', time_zone: 'UTC', iana_time_zone: 'Etc/UTC', phone: null },
  ...{ photo_url: null, ticket_restriction: null, only_private_comments: false, active: false, suspended: false },
  ...{ tags: [], user_fields: {}, created_at: 0, updated_at: 0 },
}

export function isSystem(user: User): boolean {
  return user.id === SYSTEM_USER.id
}
