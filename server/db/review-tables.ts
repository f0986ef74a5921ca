import type { ColumnType } from 'kysely'
import type { BacklogItem } from '../../core/review/backlog.ts'
import type { PostAnswers } from '../../core/review/post.ts'

type Json<T> = ColumnType<T, string, string>

/** A review that was held, or that is due. `subject`: the week, or the escalation. */
export type ReviewTable = {
  account_id: number
  kind: 'weekly' | 'post'
  subject: string
  /** When it was looked at last. */
  held_at: number
  due_at: number | null
  answers: Json<PostAnswers> | null
  done_at: number | null
  done_by: string | null
}

/** What was on a weekly agenda, as it stood then, and what was decided. */
export type ReviewItemTable = {
  account_id: number
  kind: 'weekly' | 'post'
  subject: string
  escalation_id: string
  item: Json<BacklogItem>
  decision: string | null
  note: string | null
  decided_by: string | null
  decided_at: number | null
}

/** Last number allotted per account and year, for ids such as INC-2026-0001. */
export type IncidentNumberTable = { account_id: number; year: number; last: number }

/** One major incident, for however many tickets. */
export type IncidentTable = {
  account_id: number
  id: string
  title: string
  /** What joins escalations to it; empty for one that was opened by hand for no component. */
  component: string
  severity: string
  bridge_url: string | null
  /** The problem ticket, once Zendesk has made it. */
  problem_ticket_id: number | null
  opened_at: number
  opened_by: string
  closed_at: number | null
  closed_by: string | null
  /** What was said when it was closed. */
  closing: string | null
}

/** A ticket in an incident. It stays in the record when it is taken out. */
export type IncidentTicketTable = {
  account_id: number
  ticket_id: number
  incident_id: string
  escalation_id: string
  linked_at: number
  linked_by: string
  unlinked_at: number | null
  unlinked_by: string | null
}

/** Something told to all tickets of an incident. */
export type IncidentUpdateTable = {
  account_id: number
  incident_id: string
  number: number
  text: string
  to_customers: boolean
  by_name: string
  at: number
}
