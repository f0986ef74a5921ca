import type { Instant } from '../../../core/units.ts'
import type { Automation } from '../automations/automation.ts'
import type { HelpCenter } from '../help-center/model.ts'
import type { Schedule } from '../schedules/schedule.ts'
import type { AppliedSla, GroupSlaPolicy, SlaPolicy } from '../slas/policy.ts'

/** The local Zendesk's memory. Plain JSON-able objects in maps by id, so that save and load are one call each. */

export type Role = 'end-user' | 'agent' | 'admin'

export type User = {
  id: number
  name: string
  email: string
  role: Role
  /** 1 light agent, 0 custom agent, 4 admin; null for end users. */
  role_type: number | null
  organization_id: number | null
  default_group_id: number | null
  locale: string
  time_zone: string
  iana_time_zone: string
  phone: string | null
  photo_url: string | null
  ticket_restriction: string | null
  only_private_comments: boolean
  active: boolean
  suspended: boolean
  tags: string[]
  user_fields: Record<string, unknown>
  external_id?: string | null
  details?: string
  notes?: string
  created_at: Instant
  updated_at: Instant
}

export type Group = {
  id: number
  name: string
  description: string
  default: boolean
  deleted: boolean
  is_public: boolean
  created_at: Instant
  updated_at: Instant
}

export type GroupMembership = { id: number; user_id: number; group_id: number; default: boolean; created_at: Instant }

export type Organization = {
  id: number
  name: string
  external_id: string | null
  details: string
  notes: string
  group_id: number | null
  shared_tickets: boolean
  domain_names: string[]
  tags: string[]
  organization_fields: Record<string, unknown>
  created_at: Instant
  updated_at: Instant
  /** Only of deleted ones, which the export still tells of. */
  deleted_at?: Instant
}

export type FieldOption = { id: number; name: string; value: string }

/** A ticket, user or organisation field. `key` is null for ticket fields. */
export type Field = {
  id: number
  key: string | null
  type: string
  title: string
  description: string
  active: boolean
  position: number
  required: boolean
  /** System fields (`subject`, `status` …) can't be deleted. */
  removable: boolean
  custom_field_options: FieldOption[]
  agent_description?: string | null
  /** The tag a checked checkbox leaves on the ticket. */
  tag?: string | null
  /** For `regexp` fields. */
  regexp_for_validation?: string | null
  created_at: Instant
  updated_at: Instant
}

export type TicketForm = {
  id: number
  name: string
  display_name: string
  active: boolean
  default: boolean
  position: number
  end_user_visible: boolean
  ticket_field_ids: number[]
  agent_conditions?: FormCondition[]
  created_at: Instant
  updated_at: Instant
}

/** When the parent field has the value, the child fields show, and may be required in some statuses. */
export type FormCondition = {
  parent_field_id: number
  value: unknown
  child_fields: {
    id: number
    is_required: boolean
    required_on_statuses?: { type: 'ALL_STATUSES' | 'SOME_STATUSES' | 'NO_STATUSES'; statuses?: string[] }
  }[]
}

export type CustomStatus = {
  id: number
  status_category: 'new' | 'open' | 'pending' | 'hold' | 'solved'
  agent_label: string
  end_user_label: string
  description: string
  end_user_description: string
  active: boolean
  default: boolean
  created_at: Instant
  updated_at: Instant
}

export type Brand = {
  id: number
  name: string
  subdomain: string
  active: boolean
  default: boolean
  created_at: Instant
  updated_at: Instant
}

export type JobStatus = {
  /** `V3-` and 32 hex digits. */
  id: string
  total: number | null
  progress: number | null
  status: 'queued' | 'working' | 'completed' | 'failed' | 'killed'
  message: string | null
  results: unknown
  created_at: Instant
}

/** What a `POST /tickets` with an `Idempotency-Key` answered; kept for two hours. */
export type IdempotentAnswer = { digest: string; ticket_id: number; body: unknown; created_at: Instant }

export type Via = {
  channel: string
  source: { from: Record<string, unknown>; to: Record<string, unknown>; rel: string | null }
}

export type Attachment = {
  id: number
  file_name: string
  content_type: string
  size: number
  /** Base64, so that the state stays JSON. */
  content: string
}

export type Upload = { token: string; attachment_ids: number[]; expires_at: Instant }

export type Comment = {
  id: number
  ticket_id: number
  audit_id: number
  author_id: number
  public: boolean
  /** As stored: sanitised, in Zendesk's wrapper. */
  html_body: string
  plain_body: string
  body: string
  attachment_ids: number[]
  via: Via
  created_at: Instant
}

/** One line of an audit. `via` only when it differs from the audit's, which is how rules show. */
export type AuditEvent = { id: number; type: string; via?: Via } & Record<string, unknown>

export type Audit = {
  id: number
  ticket_id: number
  created_at: Instant
  author_id: number
  metadata: { system: Record<string, unknown>; custom: Record<string, unknown> }
  via: Via
  events: AuditEvent[]
}

export type TicketStatus = 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed' | 'deleted'

export type Ticket = {
  id: number
  external_id: string | null
  via: Via
  created_at: Instant
  updated_at: Instant
  generated_at: Instant
  type: 'question' | 'incident' | 'problem' | 'task' | null
  subject: string
  description: string
  priority: 'low' | 'normal' | 'high' | 'urgent' | null
  status: TicketStatus
  recipient: string | null
  requester_id: number
  submitter_id: number
  assignee_id: number | null
  organization_id: number | null
  group_id: number | null
  collaborator_ids: number[]
  follower_ids: number[]
  email_cc_ids: number[]
  problem_id: number | null
  is_public: boolean
  due_at: Instant | null
  tags: string[]
  /** By field id; what is absent is null. */
  custom_fields: Record<string, unknown>
  followup_ids: number[]
  followup_source_id: number | null
  ticket_form_id: number
  brand_id: number
  archived: boolean
  /** Absent: the default of the status. */
  custom_status_id?: number | null
  /** What a trigger set; absent: the account's default schedule. */
  schedule_id?: number | null
  sla?: AppliedSla | null
  /** What `restore` goes back to. */
  status_before_deletion?: TicketStatus
}

export type Condition = { field: string; operator: string; value: unknown }
export type Action = { field: string; value: unknown }

export type Trigger = {
  id: number
  title: string
  description: string | null
  active: boolean
  default: boolean
  position: number
  category_id: string
  conditions: { all: Condition[]; any: Condition[] }
  actions: Action[]
  revision: number
  created_at: Instant
  updated_at: Instant
}

export type TriggerCategory = { id: string; name: string; position: number; created_at: Instant; updated_at: Instant }

export type Webhook = {
  /** ULID. */
  id: string
  name: string
  description: string
  endpoint: string
  http_method: string
  request_format: string
  status: 'active' | 'inactive'
  subscriptions: string[]
  custom_headers: Record<string, string>
  authentication: Record<string, unknown> | null
  secret: string
  created_at: Instant
  updated_at: Instant
  created_by: string
}

export type WebhookAttempt = {
  status: string
  status_code: number | null
  request: { headers: { key: string; value: string }[]; payload: string }
  response: { headers: { key: string; value: string }[]; payload: string } | null
  completed_at: Instant
}

export type Invocation = {
  /** ULID, the same on every retry: the receiver's key against duplicates. */
  id: string
  webhook_id: string
  payload: string
  status: string
  attempts: WebhookAttempt[]
  created_at: Instant
}

export type OAuthClient = {
  id: number
  name: string
  identifier: string
  secret: string
  /** `client_credentials` tokens act as this user. */
  user_id: number
  redirect_uris: string[]
  kind: 'confidential' | 'public'
}

export type OAuthToken = {
  id: number
  token: string
  refresh_token: string | null
  client_id: number
  user_id: number
  scopes: string[]
  expires_at: Instant | null
  refresh_expires_at: Instant | null
  revoked: boolean
}

export type OAuthCode = {
  code: string
  client_id: number
  user_id: number
  redirect_uri: string
  scopes: string[]
  code_challenge: string | null
  expires_at: Instant
}

export type App = {
  id: number
  name: string
  manifest: Record<string, unknown>
  /** Path in the package → content in base64. */
  files: Record<string, string>
  /** PKCS 8 PEM that signs this app's signed URLs; made when its public key is first asked for. */
  private_key?: string
}

/** What an installation made for the app: an entry of its requirements.json and the record's id (webhooks have ULIDs). */
export type Requirement = {
  identifier: string
  requirement_id: number | string
  requirement_type: string
  created_at: Instant
  updated_at: Instant
}

export type Installation = {
  id: number
  app_id: number
  enabled: boolean
  /** Readable by every agent, and by the app. */
  settings: Record<string, unknown>
  /** Only the proxy sees these. */
  secure_settings: Record<string, string>
  requirements?: Requirement[]
}

export type State = {
  account: {
    id: number
    subdomain: string
    plan: 'team' | 'growth' | 'professional' | 'enterprise'
    rate_limit: number
    /** Who may list business hours; left out, every agent. Zendesk's reference does not say. */
    schedules_readable_by?: 'agent' | 'admin'
    /** Left out, there is one. */
    has_help_center?: boolean
    /** Incremental exports that this account's plan lacks, by name, and what they answer: `{ ticket_events: 404 }`. */
    closed_exports?: Record<string, 403 | 404>
  }
  /** Next ids, by kind; ids are seeded so that a run can be told again. */
  counters: Record<string, number>
  users: Record<number, User>
  groups: Record<number, Group>
  memberships: Record<number, GroupMembership>
  organizations: Record<number, Organization>
  deleted_organizations?: Record<number, Organization>
  ticket_fields: Record<number, Field>
  user_fields: Record<number, Field>
  organization_fields: Record<number, Field>
  ticket_forms: Record<number, TicketForm>
  custom_statuses: Record<number, CustomStatus>
  brands: Record<number, Brand>
  tickets: Record<number, Ticket>
  /** By ticket, oldest first. */
  comments: Record<number, Comment[]>
  /** By ticket, oldest first. */
  audits: Record<number, Audit[]>
  attachments: Record<number, Attachment>
  uploads: Record<string, Upload>
  triggers: Record<number, Trigger>
  automations: Record<number, Automation>
  views: Record<number, Record<string, unknown> & { id: number; title: string }>
  schedules: Record<number, Schedule>
  sla_policies: Record<number, SlaPolicy>
  group_sla_policies: Record<string, GroupSlaPolicy>
  help_center: HelpCenter
  webhooks: Record<string, Webhook>
  invocations: Record<string, Invocation>
  oauth_clients: Record<number, OAuthClient>
  oauth_tokens: Record<number, OAuthToken>
  oauth_codes: Record<string, OAuthCode>
  /** API tokens that are accepted; absent means any, as long as tokens are accepted at all. */
  api_tokens?: string[]
  /** Absent means only Zendesk's initial category. */
  trigger_categories?: Record<string, TriggerCategory>
  apps: Record<number, App>
  installations: Record<number, Installation>
  jobs: Record<string, JobStatus>
  idempotent_answers: Record<string, IdempotentAnswer>
}
