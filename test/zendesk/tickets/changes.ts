import type { Via } from '../state/model.ts'

/** What a request says about a ticket's comment. */
export type CommentInput = {
  body?: string
  html_body?: string
  /** Left out, it takes the visibility of the ticket's first comment. */
  public?: boolean
  author_id?: number
  uploads?: string | string[]
}

/** The body of a ticket write, under its root key. Values come from outside and are checked when they are used. */
export type TicketChanges = {
  subject?: string
  status?: string
  custom_status_id?: number | null
  priority?: string | null
  type?: string | null
  assignee_id?: number | null
  assignee_email?: string
  group_id?: number | null
  requester_id?: number
  requester?: { name?: string; email?: string; locale?: string } | string
  submitter_id?: number
  organization_id?: number | null
  external_id?: string | null
  problem_id?: number | null
  due_at?: string | null
  recipient?: string | null
  tags?: string[] | string
  additional_tags?: string[] | string
  remove_tags?: string[] | string
  custom_fields?: { id: number; value: unknown }[] | Record<string, unknown>
  fields?: { id: number; value: unknown }[] | Record<string, unknown>
  ticket_form_id?: number
  brand_id?: number
  collaborator_ids?: number[]
  collaborators?: (number | string | { email?: string; name?: string })[]
  additional_collaborators?: (number | string | { email?: string; name?: string })[]
  followers?: PersonDelta[]
  email_ccs?: PersonDelta[]
  comment?: CommentInput | string
  description?: string
  metadata?: Record<string, unknown>
  safe_update?: boolean | string
  updated_stamp?: string
  via?: Partial<Via> | { channel?: string }
  via_followup_source_id?: number
}

export type PersonDelta = { user_id?: number | string; user_email?: string; action?: 'put' | 'delete' }

/** Keys that a write takes without a warning, though some have no effect here. */
const SHARED_KEYS = [
  ...['subject', 'raw_subject', 'status', 'custom_status_id', 'priority', 'type', 'assignee_id', 'assignee_email'],
  ...[
    'group_id',
    'requester_id',
    'requester',
    'submitter_id',
    'organization_id',
    'external_id',
    'problem_id',
    'due_at',
  ],
  ...['tags', 'custom_fields', 'fields', 'ticket_form_id', 'brand_id', 'collaborator_ids', 'collaborators'],
  ...['additional_collaborators', 'followers', 'email_ccs', 'comment', 'description', 'metadata', 'safe_update'],
  ...['updated_stamp', 'via', 'macro_id', 'macro_ids', 'attribute_value_ids', 'sharing_agreement_ids'],
]

const PERMITTED: Record<TicketAction, Set<string>> = {
  create: new Set([...SHARED_KEYS, 'recipient', 'via_followup_source_id', 'via_id', 'voice_comment']),
  update: new Set(SHARED_KEYS),
  update_many: new Set([...SHARED_KEYS, 'additional_tags', 'remove_tags']),
}

export type TicketAction = 'create' | 'update' | 'update_many'

/** Parts what the action takes from what it ignores. */
export function permit(action: TicketAction, given: Record<string, unknown>): Permitted {
  const entries = Object.entries(given)
  return {
    changes: Object.fromEntries(entries.filter(([key]) => PERMITTED[action].has(key))) as TicketChanges,
    ignored: entries.map(([key]) => key).filter((key) => !PERMITTED[action].has(key)),
  }
}

export type Permitted = { changes: TicketChanges; ignored: string[] }

/** The header with which Zendesk tells that it ignored keys. Source: recorded answers. */
export function warning(action: TicketAction, ignored: string[]): string {
  const keys = ignored.map((key) => `"ticket.${key}"`).join(', ')
  return `{:allowed_parameters=>{:controller=>"tickets", :action=>"${action}", :unpermitted_keys=>[${keys}], :invalid_values=>[]}}`
}
