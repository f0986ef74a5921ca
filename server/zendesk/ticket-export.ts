import { z } from 'zod'
import { type Instant, SECOND_MS } from '../../core/units.ts'
import type { ExportCall, ExportLimit } from './export-call.ts'
import { Id, OptionalId, OptionalTime, readRows, Time } from './loose.ts'

/** A start time is for the very first page; from then on the export goes on from its cursor, for ever. */
export type ExportFrom = { startTime: Instant } | { cursor: string }

/** `live`; `deleted` and `scrubbed` are told of without their text; `merged` was closed into another. */
export type ExportedStanding = 'live' | 'deleted' | 'scrubbed' | 'merged'

export type ExportedTicket = {
  id: number
  standing: ExportedStanding
  /** When Zendesk last touched it, to the second; what orders the export. */
  generatedAt: Instant
  createdAt: Instant
  updatedAt: Instant
  subject: string
  status: string
  priority: string | null
  type: string | null
  channel: string
  groupId: number | null
  assigneeId: number | null
  requesterId: number | null
  submitterId: number | null
  organizationId: number | null
  brandId: number | null
  formId: number | null
  problemId: number | null
  /** The closed ticket this one follows. */
  followUpOf: number | null
  tags: string[]
  /** By field id, of fields that have a value. */
  fields: Record<string, unknown>
  solvedAt: Instant | null
  reopens: number | null
  replies: number | null
}

/** What every page of an export tells, whatever its rows are. */
export type ExportPage = {
  /** Nothing more has changed, as far as Zendesk tells: it holds the last minute back. */
  isAtEnd: boolean
  limit: ExportLimit | null
}

export type TicketPage = ExportPage & {
  tickets: ExportedTicket[]
  /** Where the next page begins; null when Zendesk named none, because it had no ticket to name. */
  cursor: string | null
}

/** The largest there is; whoever does not get it in time asks for less. Source: api.md 5.1 */
export const LARGEST_PAGE = 1000

const Metric = z.object({
  solved_at: OptionalTime,
  reopens: z.number().nullish(),
  replies: z.number().nullish(),
})

const Shape = z.object({
  id: Id,
  status: z.string(),
  tags: z.array(z.string()).nullish(),
  generated_timestamp: z.number().nullish(),
  created_at: Time,
  updated_at: Time,
  subject: z.string().nullish(),
  raw_subject: z.string().nullish(),
  priority: z.string().nullish(),
  type: z.string().nullish(),
  group_id: OptionalId,
  assignee_id: OptionalId,
  requester_id: OptionalId,
  submitter_id: OptionalId,
  organization_id: OptionalId,
  brand_id: OptionalId,
  ticket_form_id: OptionalId,
  problem_id: OptionalId,
  via_followup_source_id: OptionalId,
  via: z
    .object({
      channel: z.union([z.string(), z.number()]).nullish(),
      source: z
        .object({ rel: z.string().nullish(), from: z.looseObject({ ticket_id: OptionalId }).nullish() })
        .nullish(),
    })
    .nullish(),
  custom_fields: z.array(z.object({ id: Id, value: z.unknown() })).nullish(),
  metric_set: Metric.nullish(),
})

const Answer = z.object({
  tickets: z.array(z.unknown()),
  after_cursor: z.string().nullish(),
  end_of_stream: z.boolean(),
  /** Some answers put the metric sets beside the tickets. */
  metric_sets: z.array(Metric.extend({ ticket_id: Id })).nullish(),
})

export function createTicketExport(call: ExportCall) {
  return { exportTickets }

  /**
   * A page of the tickets that were touched, oldest touch first. The same ticket comes again whenever it is touched,
   * also by what changes nothing in it; a deleted one comes as deleted.
   *
   * @throws {ZendeskError} `denied` unless we are an admin with the scope `read`; `rate-limited` above the ten calls a
   * minute that all exports of the account share; `rejected` for a start within the last minute, and for a cursor that
   * expired
   * Source: https://developer.zendesk.com/documentation/ticketing/managing-tickets/using-the-incremental-export-api/
   */
  async function exportTickets(from: ExportFrom, pageSize = LARGEST_PAGE): Promise<TicketPage> {
    const query = new URLSearchParams({ per_page: String(pageSize), include: 'metric_sets' })
    if ('cursor' in from) query.set('cursor', from.cursor)
    else query.set('start_time', String(Math.floor(from.startTime / SECOND_MS)))
    const { answer, limit } = await call(`/api/v2/incremental/tickets/cursor.json?${query}`, Answer)
    const metrics = new Map((answer.metric_sets ?? []).map((metric) => [metric.ticket_id, metric]))
    const rows = readRows(answer.tickets, Shape)
    return {
      tickets: rows.map((row) => readExported(row, row.metric_set ?? metrics.get(row.id) ?? null)),
      cursor: answer.after_cursor ?? null,
      isAtEnd: answer.end_of_stream,
      limit,
    }
  }
}

const MERGED_TAG = 'closed_by_merge'
const SCRUBBED_SUBJECT = 'SCRUBBED'

function readExported(row: z.output<typeof Shape>, metric: z.output<typeof Metric> | null): ExportedTicket {
  const tags = row.tags ?? []
  const standing = standingOf(row, tags)
  const isGone = standing === 'deleted' || standing === 'scrubbed'
  return {
    ...{ id: row.id, standing, createdAt: row.created_at, updatedAt: row.updated_at, status: row.status },
    generatedAt: (row.generated_timestamp ?? 0) * SECOND_MS,
    subject: isGone ? '' : (row.subject ?? row.raw_subject ?? ''),
    ...{ priority: row.priority ?? null, type: row.type ?? null, channel: String(row.via?.channel ?? '') },
    ...{ groupId: row.group_id, assigneeId: row.assignee_id, requesterId: row.requester_id },
    ...{ submitterId: row.submitter_id, organizationId: row.organization_id, brandId: row.brand_id },
    ...{ formId: row.ticket_form_id, problemId: row.problem_id, followUpOf: followUpOf(row), tags },
    fields: isGone ? {} : fieldsOf(row.custom_fields ?? []),
    ...{ solvedAt: metric?.solved_at ?? null, reopens: metric?.reopens ?? null, replies: metric?.replies ?? null },
  }
}

function standingOf({ status, subject }: z.output<typeof Shape>, tags: readonly string[]): ExportedStanding {
  if (subject === SCRUBBED_SUBJECT && status === 'deleted') return 'scrubbed'
  if (status === 'deleted') return 'deleted'
  return status === 'closed' && tags.includes(MERGED_TAG) ? 'merged' : 'live'
}

/** Source: api.md 2.7 */
function followUpOf({ via, via_followup_source_id }: z.output<typeof Shape>): number | null {
  const named = via?.source?.rel === 'follow_up' ? (via.source.from?.ticket_id ?? null) : null
  return named ?? via_followup_source_id
}

function fieldsOf(fields: readonly { id: number; value?: unknown }[]): Record<string, unknown> {
  const filled = fields.filter(({ value }) => value != null && value !== '' && !(Array.isArray(value) && !value.length))
  return Object.fromEntries(filled.map(({ id, value }) => [String(id), value]))
}
