import { z } from 'zod'

/**
 * Zendesk's answers, as far as we use them. Unset values may be null or absent; ids in audit events are strings.
 * Nothing outside this folder sees these names.
 */
export const TicketShape = z.object({
  id: z.int(),
  subject: z.string().nullish(),
  description: z.string().nullish(),
  status: z.string(),
  priority: z.string().nullish(),
  type: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  group_id: z.int().nullish(),
  assignee_id: z.int().nullish(),
  requester_id: z.int().nullish(),
  organization_id: z.int().nullish(),
  via: z
    .object({
      channel: z.union([z.string(), z.number()]).nullish(),
      source: z.object({ rel: z.string().nullish(), from: z.record(z.string(), z.unknown()).nullish() }).nullish(),
    })
    .nullish(),
  created_at: z.string(),
  updated_at: z.string(),
  custom_fields: z.array(z.object({ id: z.int(), value: z.unknown() })).nullish(),
})

export const UserShape = z.object({
  id: z.int().nullable(),
  name: z.string().nullish(),
  email: z.string().nullish(),
  role: z.string(),
  role_type: z.int().nullish(),
  locale: z.string().nullish(),
  iana_time_zone: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  user_fields: z.record(z.string(), z.unknown()).nullish(),
})

export const OrganizationShape = z.object({
  id: z.int(),
  name: z.string(),
  tags: z.array(z.string()).nullish(),
  organization_fields: z.record(z.string(), z.unknown()).nullish(),
})

export const GroupShape = z.object({ id: z.int(), name: z.string(), deleted: z.boolean().nullish() })

export const MembershipShape = z.object({ user_id: z.int(), group_id: z.int() })

export const AuditShape = z.object({
  id: z.int(),
  ticket_id: z.int().nullish(),
  created_at: z.string(),
  author_id: z.int(),
  via: z.looseObject({}).nullish(),
  metadata: z.looseObject({ custom: z.record(z.string(), z.unknown()).nullish() }).nullish(),
  events: z.array(z.looseObject({ id: z.number().nullish(), type: z.string() })),
})

export const PageShape = z.object({ has_more: z.boolean().nullish(), after_cursor: z.string().nullish() }).nullish()
