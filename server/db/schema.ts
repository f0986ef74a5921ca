import type { ColumnType, Generated } from 'kysely'
import type { ZendeskMetricEvent } from '../../core/clock/zendesk-metric-event.ts'
import type { IssueState } from '../../core/engineering/issue-state.ts'
import type { Tracker } from '../../core/engineering/tracker.ts'
import type { Notice } from '../../core/notice/notice.ts'
import type { DeskSignInTable } from './desk-tables.ts'
import type { ArticleDebtTable, ArticleDraftTable, DeflectionAuditTable } from './knowledge-tables.ts'
import type {
  MeasureAccountTable,
  MeasureAgentTable,
  MeasureCaseTable,
  MeasureMarkTable,
  MeasureStayTable,
  MeasureTimerTable,
  MeasureWeekDueTable,
  MeasureWeekTable,
} from './measure-tables.ts'
import type {
  IncidentNumberTable,
  IncidentTable,
  IncidentTicketTable,
  IncidentUpdateTable,
  ReviewItemTable,
  ReviewTable,
} from './review-tables.ts'
import type { SameProblemTable, SimilarAnswerTable, SimilarCaseTable, SimilarNumberTable } from './similar-tables.ts'
import type {
  ExportCallTable,
  ExportLimitTable,
  ReconcilePassTable,
  TicketChangeTable,
  ZendeskArticleTable,
  ZendeskGroupTable,
  ZendeskOrganizationTable,
  ZendeskTicketTable,
  ZendeskUserRoleTable,
  ZendeskUserTable,
} from './sync-tables.ts'

/**
 * The tables, as Kysely sees them. Every table carries `account_id` and has row level security on it. `bigint` columns
 * come back from `pg` as strings unless parsed; `server/db/connect.ts` parses int8 into numbers (all ids of ours and of
 * Zendesk stay below 2^53). Instants are `bigint` milliseconds, so that a test's clock is the only clock.
 */
export type Tables = {
  account: AccountTable
  secret: SecretTable
  policy_version: PolicyVersionTable
  inbox_delivery: InboxDeliveryTable
  inbox_commit: InboxCommitTable
  ticket: TicketTable
  escalation_number: EscalationNumberTable
  escalation: EscalationTable
  event: EventTable
  effect: EffectTable
  sync_cursor: SyncCursorTable
  schedule_version: ScheduleVersionTable
  escalation_clocks: EscalationClocksTable
  watch: WatchTable
  metric_event: MetricEventTable
  engineering_issue: EngineeringIssueTable
  engineering_release: EngineeringReleaseTable
  engineering_link: EngineeringLinkTable
  engineering_delivery: EngineeringDeliveryTable
  notice: NoticeTable
  notice_thread: NoticeThreadTable
  api_key: ApiKeyTable
  api_command: ApiCommandTable
  review: ReviewTable
  review_item: ReviewItemTable
  incident_number: IncidentNumberTable
  incident: IncidentTable
  incident_ticket: IncidentTicketTable
  incident_update: IncidentUpdateTable
  zendesk_ticket: ZendeskTicketTable
  ticket_change: TicketChangeTable
  zendesk_user: ZendeskUserTable
  zendesk_user_role: ZendeskUserRoleTable
  zendesk_organization: ZendeskOrganizationTable
  zendesk_article: ZendeskArticleTable
  zendesk_group: ZendeskGroupTable
  measure_mark: MeasureMarkTable
  measure_timer: MeasureTimerTable
  measure_account: MeasureAccountTable
  measure_case: MeasureCaseTable
  measure_stay: MeasureStayTable
  measure_week: MeasureWeekTable
  measure_week_due: MeasureWeekDueTable
  measure_agent: MeasureAgentTable
  desk_sign_in: DeskSignInTable
  similar_number: SimilarNumberTable
  similar_case: SimilarCaseTable
  similar_answer: SimilarAnswerTable
  same_problem: SameProblemTable
  export_limit: ExportLimitTable
  export_call: ExportCallTable
  reconcile_pass: ReconcilePassTable
  article_draft: ArticleDraftTable
  article_debt: ArticleDebtTable
  deflection_audit: DeflectionAuditTable
}

type Json<T> = ColumnType<T, string, string>

/** One Zendesk subdomain. `installation` holds what `setup` made there: ids of fields, groups, trigger, webhook. */
export type AccountTable = {
  id: Generated<number>
  subdomain: string
  zendesk_url: string
  installation: Json<Record<string, unknown>>
  created_at: number
}

/** OAuth tokens, webhook secrets, the app's shared secret; encrypted with the server's key. */
export type SecretTable = {
  account_id: number
  /** `webhook`, `webhook-previous`, `app`, `oauth` … */
  name: string
  ciphertext: Buffer
  updated_at: number
}

export type PolicyVersionTable = {
  account_id: number
  version: string
  yaml: string
  author: string
  reason: string
  effective_at: number
  created_at: number
}

/** A webhook delivery, stored before it is acknowledged and kept for a week. Ids only: never a customer's text. */
export type InboxDeliveryTable = {
  account_id: number
  /** Zendesk's invocation id: the same on every retry. */
  invocation_id: string
  ticket_id: number
  received_at: number
}

/** Deliveries that were stored together and still have to be dispatched: gone once the looks at their tickets are queued. */
export type InboxCommitTable = {
  account_id: number
  id: Generated<number>
  ticket_ids: number[]
}

/** What Baton knows of one ticket: the fold of its facts (`core/escalation/state.ts`). */
export type TicketTable = {
  account_id: number
  ticket_id: number
  state: Json<unknown>
  last_audit_id: number
  updated_at: number
  /** The ticket's `updated_at` in Zendesk up to which it was read; null before the first look. */
  seen_at: ColumnType<number | null, number | null | undefined, number | null>
}

/** Last number allotted per account and year, for ids such as ESC-2026-000123. */
export type EscalationNumberTable = {
  account_id: number
  year: number
  last: number
}

/** One row an episode, for lists and reports; written with the state it is taken from. */
export type EscalationTable = {
  account_id: number
  id: string
  ticket_id: number
  command_id: string
  stage: string
  tier: number
  queue: string
  severity: string
  urgency: number
  policy_version: string
  decision: Json<unknown>
  requested_by: number
  requested_at: number
  respond_by: number | null
}

/** The record: what happened, in order, never altered. */
export type EventTable = {
  account_id: number
  id: Generated<number>
  ticket_id: number
  escalation_id: string | null
  kind: string
  at: number
  by_id: number | null
  by_name: string | null
  audit_id: number | null
  data: Json<unknown>
  recorded_at: number
}

/** Something to do outside, saved with the events it follows from; `id` makes doing it twice the same as once. */
export type EffectTable = {
  account_id: number
  id: string
  ticket_id: number
  escalation_id: string | null
  kind: string
  payload: Json<unknown>
  state: ColumnType<
    'pending' | 'done' | 'refused' | 'failed',
    'pending' | 'done',
    'pending' | 'done' | 'refused' | 'failed'
  >
  attempts: Generated<number>
  last_error: string | null
  created_at: number
  settled_at: number | null
}

/**
 * How far one of Zendesk's exports was read. It is kept for ever: an export is never begun anew from the present. Its
 * schedules are no export; only when they were read, and what is wrong with some, is kept of them.
 */
export type SyncCursorTable = {
  account_id: number
  export:
    | 'tickets'
    | 'ticket-metric-events'
    | 'ticket-events'
    | 'users'
    | 'organizations'
    | 'groups'
    | 'articles'
    | 'tickets-history'
    | 'ticket-events-history'
    | 'schedules'
  /** Where the export begins as long as there is no cursor. */
  start_at: number
  cursor: string | null
  /** When its end was last reached, null before that. */
  current_at: number | null
  /** Why it could not be read last time (`ZendeskFailure`; of schedules, `ScheduleTrouble[]`), null when it could. */
  trouble: string | null
  /** Where it began; null for one that is older than this was kept. */
  began_at: ColumnType<number | null, number | null | undefined, number | null>
  /** Of a history: where it ends, and when it did. */
  until_at: ColumnType<number | null, number | null | undefined, number | null>
  done_at: ColumnType<number | null, number | null | undefined, number | null>
  /** When the next page is to be read. */
  next_at: ColumnType<number | null, number | null | undefined, number | null>
  /** So many rows are asked for; null for as many as there are. */
  page_size: ColumnType<number | null, number | null | undefined, number | null>
  pages: Generated<number>
  /** Rows that were kept. */
  kept: Generated<number>
}

/** A schedule as it was from an instant on; added to, never altered. `id` counts up and names the latest state of all schedules. */
export type ScheduleVersionTable = {
  account_id: number
  id: Generated<number>
  /** Its id in the policy. */
  schedule_id: string
  effective_from: number
  source: 'policy' | 'zendesk'
  definition: Json<unknown>
  created_at: number
}

/**
 * What an escalation waits for, worked out from the state of its ticket: one narrow row, so that what is due is one
 * look into one index and a change of schedule rewrites rows that hold nothing else.
 */
export type EscalationClocksTable = {
  account_id: number
  escalation_id: string
  ticket_id: number
  /** The earliest of `countdowns`; null when nothing is to come. */
  next_due_at: number | null
  /** Ids of the schedules the countdowns follow from. */
  schedules: ColumnType<string[], string[], string[]>
  /** `Countdown[]` of `core/escalation/countdown.ts`. */
  countdowns: Json<unknown>
  /** The last `schedule_version.id` it was worked out with. */
  schedules_as_of: number
}

/** Proof that timers work, one row an account: the canary, the sweep's heartbeat, what the auditor found. */
export type WatchTable = {
  account_id: number
  canary_due_at: number | null
  canary_fired_at: number | null
  canary_late_ms: number | null
  swept_at: number | null
  audited_at: number | null
  /** What was due and is not proven executed: escalation, countdown, since when. */
  findings: Json<unknown>
}

/** What happened to one of Zendesk's own clocks, by Zendesk's id of it, on a ticket Baton knows. */
export type MetricEventTable = {
  account_id: number
  id: number
  ticket_id: number
  at: number
  /** Set when Zendesk took it back; it is never un-deleted. */
  is_deleted: boolean
  event: Json<ZendeskMetricEvent>
  read_at: number
}

/** A key of a program that uses our API. Its secret is not kept: `hash` is its SHA-256. */
export type ApiKeyTable = {
  account_id: number
  id: string
  name: string
  scopes: ColumnType<string[], string[], string[]>
  hash: Buffer
  created_at: number
  expires_at: number | null
  revoked_at: number | null
  /** To the minute. */
  last_used_at: number | null
}

/**
 * A command that a program had our own user write into a ticket. An envelope by that user is believed when its id is
 * here; nobody but this server writes these rows.
 */
export type ApiCommandTable = {
  account_id: number
  /** The command's id, a ULID. */
  id: string
  key_id: string
  /** The key's name as it was: whom people read as the author. */
  label: string
  ticket_id: number
  idempotency_key: string | null
  /** SHA-256 of what was asked for, so that a key of theirs is not used for something else. */
  request_hash: Buffer
  /** The update it leaves in the ticket comes after this one. */
  after_audit_id: number
  /** Somebody is writing it until then. */
  leased_until: number | null
  /** The update it left, once known. */
  audit_id: number | null
  created_at: number
}

/** Something to tell somebody over one channel, and what became of it. */
export type NoticeTable = {
  account_id: number
  id: string
  /** In the order they came about. */
  seq: Generated<number>
  ticket_id: number
  escalation_id: string
  /** Those of one lane go out one after the other. */
  lane: string
  kind: string
  channel: string
  recipient: string
  urgency: string
  /** `sent`: on its way, and whether it arrived is not known yet; `accepted`: the channel said that it has it. */
  state: 'queued' | 'sent' | 'accepted' | 'failed' | 'suppressed'
  /** Why it waits, failed or was suppressed: a stable word. */
  why: string | null
  attempts: Generated<number>
  /** Names the message it goes out in; the same for all that were put together, whenever it is tried again. */
  batch: string | null
  /** How many parts of that message have arrived. */
  parts: Generated<number>
  /** What the channel calls it: a Slack timestamp, a message id, a dedup key, the id of an effect. */
  external_id: string | null
  notice: Json<Notice>
  not_before: number | null
  created_at: number
  tried_at: number | null
  settled_at: number | null
}

/** The top of an escalation's thread in Slack. */
export type NoticeThreadTable = {
  account_id: number
  lane: string
  /** Slack's id of the channel. */
  place: string
  ts: string
  /** What it says at present. */
  card: string
}

/** An issue, or a pull or merge request, as its tracker told of it last; also of those nobody has linked. */
export type EngineeringIssueTable = {
  account_id: number
  tracker: Tracker
  host: string
  key: string
  url: string
  title: string | null
  state: IssueState
  /** When the tracker changed it. */
  at: number
  /** Since when it is in this state. */
  since: number
  by_name: string | null
  /** Keys of the issues that this change fixes. */
  fixes: ColumnType<string[], string[], string[]>
  /** What else a release names that carries its fix: versions. */
  carriers: ColumnType<string[], string[], string[]>
  delivery_id: string
  updated_at: number
}

/** A release that is out, with the keys and carriers of what is in it. */
export type EngineeringReleaseTable = {
  account_id: number
  tracker: Tracker
  host: string
  release: string
  names: ColumnType<string[], string[], string[]>
  at: number
  by_name: string | null
  delivery_id: string
}

/** Which escalations are linked to an issue. */
export type EngineeringLinkTable = {
  account_id: number
  tracker: Tracker
  host: string
  key: string
  escalation_id: string
  ticket_id: number
  linked_at: number
}

/** Deliveries that were taken, so that each is taken once. */
export type EngineeringDeliveryTable = {
  account_id: number
  tracker: Tracker
  delivery_id: string
  received_at: number
}
