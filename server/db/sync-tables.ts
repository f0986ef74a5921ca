import type { ColumnType } from 'kysely'

type Json<T> = ColumnType<T, string, string>

/** A ticket as Zendesk's export told of it last, also of tickets that have nothing to do with an escalation. */
export type ZendeskTicketTable = {
  account_id: number
  ticket_id: number
  created_at: number
  updated_at: number
  /** When Zendesk last touched it; an older row never replaces a newer one. */
  generated_at: number
  subject: string
  status: string
  priority: string | null
  type: string | null
  channel: string
  group_id: number | null
  assignee_id: number | null
  requester_id: number | null
  submitter_id: number | null
  organization_id: number | null
  brand_id: number | null
  form_id: number | null
  problem_id: number | null
  followup_of: number | null
  tags: ColumnType<string[], string[], string[]>
  /** Field id to value, of fields that have one. */
  fields: Json<Record<string, unknown>>
  /** Of Zendesk's own metric set, when it was told. */
  solved_at: number | null
  reopens: number | null
  replies: number | null
  /** `live`; `deleted` and `scrubbed` are kept as such, without text; `merged` was closed into another. */
  standing: 'live' | 'deleted' | 'scrubbed' | 'merged'
  read_at: number
}

/**
 * One change of one field, or one comment, out of Zendesk's ticket events: the account's history. Added to, never
 * altered; what comes again is dropped by its key.
 */
export type TicketChangeTable = {
  account_id: number
  ticket_id: number
  at: number
  audit_id: number
  /** Place within its audit. */
  part: number
  /** `status`, `priority`, `group_id`, `assignee_id`, `tags`, a custom field's id; `comment`; `created`. No texts. */
  field: string
  /** Of `tags` those that came, with spaces between; of `comment` `public` or `private`; of `created` how it came in. */
  value: string | null
  /** Of `tags` those that went; of `comment` its length where that is known. */
  previous: string | null
  /** Who made the update; -1 for Zendesk itself. */
  by_id: number | null
  /** Id of the business rule that changed it; null when a person did. */
  rule_id: number | null
}

/** An agent or admin, or who was one, with the role of now; `zendesk_user_role` has that of any time. Others are customers. */
export type ZendeskUserTable = {
  account_id: number
  user_id: number
  name: string
  role: string
  is_active: boolean
  organization_id: number | null
  default_group_id: number | null
  updated_at: number
  read_at: number
}

/** Since when somebody has a role, as far as the exports told. */
export type ZendeskUserRoleTable = {
  account_id: number
  user_id: number
  since: number
  role: string
}

export type ZendeskOrganizationTable = {
  account_id: number
  organization_id: number
  name: string
  fields: Json<Record<string, unknown>>
  is_deleted: boolean
  updated_at: number
  read_at: number
}

export type ZendeskArticleTable = {
  account_id: number
  article_id: number
  title: string
  url: string
  locale: string
  section_id: number | null
  is_draft: boolean
  labels: ColumnType<string[], string[], string[]>
  created_at: number
  updated_at: number
  /** No longer in the Help Center. */
  is_gone: boolean
  read_at: number
}

/** A group as it was named; a deleted one keeps its last name. */
export type ZendeskGroupTable = {
  account_id: number
  group_id: number
  name: string
  is_deleted: boolean
  read_at: number
}

/** How many calls of exports the account has a minute, and until when Zendesk takes none. */
export type ExportLimitTable = {
  account_id: number
  per_minute: number
  stopped_until: number
}

/** Calls of exports within the last hour, by whichever server. */
export type ExportCallTable = {
  account_id: number
  at: number
  export: string
  calls: number
}

/** What a daily reconcile found and had looked at again. */
export type ReconcilePassTable = {
  account_id: number
  at: number
  /** Tickets with our tag that changed after we last looked. */
  missed: number
  /** Tickets that were deleted while their escalation is open here. */
  gone: number
  /** Tickets whose tags say another stage than the record. */
  differing: number
}
