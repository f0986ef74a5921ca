/** What the public API answers, as far as this page shows it. */

export type ApiVia = { channel: string; source?: { from?: Record<string, unknown>; rel?: string | null } }

export type ApiTicket = {
  id: number
  subject: string
  description: string
  status: string
  priority: string | null
  type: string | null
  requester_id: number
  submitter_id: number
  assignee_id: number | null
  group_id: number | null
  organization_id: number | null
  follower_ids: number[]
  collaborator_ids: number[]
  tags: string[]
  custom_fields: { id: number; value: unknown }[]
  external_id: string | null
  ticket_form_id: number | null
  brand_id: number | null
  via: ApiVia
  due_at: string | null
  problem_id: number | null
  created_at: string
  updated_at: string
}

export type ApiUser = {
  id: number
  name: string
  email: string
  role: string
  role_type?: number | null
  locale?: string
  time_zone?: string
  iana_time_zone?: string
  phone?: string | null
  organization_id?: number | null
  default_group_id?: number | null
  only_private_comments?: boolean
  tags?: string[]
  user_fields?: Record<string, unknown>
  created_at?: string
}

export type ApiGroup = { id: number; name: string; deleted?: boolean }
export type ApiMembership = { id: number; user_id: number; group_id: number; default?: boolean }

export type ApiOrganization = {
  id: number
  name: string
  details?: string | null
  notes?: string | null
  domain_names?: string[]
  tags?: string[]
  external_id?: string | null
  shared_tickets?: boolean
  organization_fields?: Record<string, unknown>
}

export type ApiFieldOption = { id: number; name: string; value: string }

export type ApiField = {
  id: number
  key?: string | null
  type: string
  title: string
  description?: string
  active: boolean
  position: number
  required?: boolean
  removable?: boolean
  custom_field_options?: ApiFieldOption[]
}

export type ApiForm = { id: number; name: string; default: boolean; active: boolean; ticket_field_ids: number[] }

export type ApiAttachment = {
  id: number
  file_name: string
  content_type: string
  size: number
  content_url: string
}

export type ApiComment = {
  id: number
  author_id: number
  audit_id?: number
  public: boolean
  html_body: string
  plain_body?: string
  body: string
  attachments: ApiAttachment[]
  via?: ApiVia
  created_at: string
}

export type ApiAuditEvent = { id: number; type: string; via?: ApiVia } & Record<string, unknown>

export type ApiAudit = {
  id: number
  author_id: number
  created_at: string
  via?: ApiVia
  events: ApiAuditEvent[]
}
