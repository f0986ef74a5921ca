import { z } from 'zod'
import { type Instant, SECOND_MS } from '../../core/units.ts'
import type { ExportCall } from './export-call.ts'
import { Id, OptionalId, readRows } from './loose.ts'
import { readTimePage, TIME_PAGE, type TimePage } from './time-page.ts'

/** One change of one field, one comment, or that a ticket was made; out of one update. */
export type ExportedChange = {
  ticketId: number
  auditId: number
  /** Place within the update: the same whenever it is read. */
  part: number
  at: Instant
  /** A field's name or id; `comment`; `created`. */
  field: string
  /** Of tags: those that came, with spaces; of a comment: `public` or `private`; of `created`: how the ticket came in. */
  value: string | null
  /** Of tags: those that went; of a comment: its length, where Zendesk told the comment. */
  previous: string | null
  byId: number | null
  /** The business rule that did it. */
  ruleId: number | null
}

export type TicketEventPage = TimePage & { changes: ExportedChange[] }

const Child = z.looseObject({
  event_type: z.string().nullish(),
  type: z.string().nullish(),
  via: z.unknown(),
  via_reference_id: OptionalId,
})
type Child = z.output<typeof Child>

const Shape = z.object({
  id: Id,
  ticket_id: Id,
  timestamp: z.number().nullish(),
  created_at: z.string().nullish(),
  updater_id: OptionalId,
  via: z.unknown(),
  child_events: z.array(Child).nullish(),
})
type Shape = z.output<typeof Shape>

const Answer = z.object({ ticket_events: z.array(z.unknown()), ...TIME_PAGE })

export function createTicketEventExport(call: ExportCall) {
  return { exportTicketEvents }

  /**
   * A page of what happened to all tickets, oldest first, without what was written in them. The next one begins with the
   * second this one ended in, so some come again.
   *
   * @throws {ZendeskError} as `exportTickets` does
   * Source: https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/#incremental-ticket-event-export
   */
  async function exportTicketEvents(startTime: Instant): Promise<TicketEventPage> {
    const query = new URLSearchParams({ start_time: String(Math.floor(startTime / SECOND_MS)) })
    const { answer, limit } = await call(`/api/v2/incremental/ticket_events.json?${query}`, Answer)
    const rows = readRows(answer.ticket_events, Shape)
    return { ...readTimePage(answer, answer.ticket_events.length, limit), changes: rows.flatMap(changesOf) }
  }
}

/** More fields than this change in no child event. */
const PARTS_PER_CHILD = 64
const OWN_KEYS = new Set([
  ...['id', 'via', 'via_reference_id', 'event_type', 'type', 'previous_value', 'comment_present', 'comment_public'],
  ...[
    'tags',
    'added_tags',
    'removed_tags',
    'audit_id',
    'created_at',
    'author_id',
    'attachments',
    'metadata',
    'system',
    'url',
  ],
])
/** What people wrote is not kept. */
const TEXTS = new Set(['subject', 'raw_subject', 'description', 'body', 'html_body', 'plain_body'])
/** Longer ones are texts too. */
const LONGEST_VALUE = 255

function changesOf(event: Shape): ExportedChange[] {
  const at = event.timestamp == null ? Date.parse(event.created_at ?? '') : event.timestamp * SECOND_MS
  if (Number.isNaN(at)) return []
  const children = event.child_events ?? []
  const base = { ticketId: event.ticket_id, auditId: event.id, at, byId: event.updater_id }
  const isCreation = children.some(({ event_type }) => event_type === 'Create')
  const created: ExportedChange = {
    ...{ ...base, part: 0, field: 'created', value: asText(event.via), previous: null, ruleId: null },
  }
  return [
    ...(isCreation ? [created] : []),
    ...children.flatMap((child, index) => {
      const told = toldBy(child)
      return told.map(({ field, value, previous }, place) => ({
        ...{ ...base, part: 1 + index * PARTS_PER_CHILD + place, field, value, previous, ruleId: ruleOf(child) },
      }))
    }),
  ].filter(({ field, value, previous }) => {
    return !TEXTS.has(field) && (field === 'tags' || (isShort(value) && isShort(previous)))
  })
}

type Told = Pick<ExportedChange, 'field' | 'value' | 'previous'>

function toldBy(child: Child): Told[] {
  const kind = child.event_type ?? child.type
  if (kind === 'Comment' || child.comment_present === true) {
    // What cannot be told counts as public, as everywhere.
    const isPrivate = child.comment_public === false || child.public === false
    const length = typeof child.body === 'string' ? String(child.body.length) : null
    return [{ field: 'comment', value: isPrivate ? 'private' : 'public', previous: length }]
  }
  if (kind !== 'Create' && kind !== 'Change') return []
  const previous = child.previous_value
  return Object.entries(child)
    .filter(([key]) => !OWN_KEYS.has(key))
    .flatMap(([field, value]): Told[] => {
      if (field !== 'custom_ticket_fields') return [{ field, value: asText(value), previous: asText(previous) }]
      return Object.entries((value ?? {}) as Record<string, unknown>).map(([id, one]) => {
        return { field: id, value: asText(one), previous: asText(previousOf(previous, id)) }
      })
    })
    .concat(tagsTold(child))
}

function previousOf(previous: unknown, id: string): unknown {
  return typeof previous === 'object' && previous !== null && id in previous
    ? (previous as Record<string, unknown>)[id]
    : previous
}

/** Tags come whole, with those before them, or as what came and went. */
function tagsTold({ tags, added_tags, removed_tags, previous_value }: Child): Told[] {
  const list = (value: unknown) =>
    Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(/\s+/).filter(Boolean) : []
  if (tags === undefined && added_tags === undefined && removed_tags === undefined) return []
  const isDelta = added_tags !== undefined || removed_tags !== undefined
  const [now, before] = isDelta ? [list(added_tags), list(removed_tags)] : [list(tags), list(previous_value)]
  const came = isDelta ? now : now.filter((tag) => !before.includes(tag))
  const went = isDelta ? before : before.filter((tag) => !now.includes(tag))
  return [{ field: 'tags', value: came.join(' ') || null, previous: went.join(' ') || null }]
}

function ruleOf({ via, via_reference_id }: Child): number | null {
  return isRule(via) ? via_reference_id : null
}

/** `via` is a title here, an object where comments are included. */
function isRule(via: unknown): boolean {
  const channel = typeof via === 'object' && via !== null && 'channel' in via ? via.channel : via
  return String(channel).toLowerCase() === 'rule'
}

function asText(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value)) return value.map(String).join(' ') || null
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function isShort(value: string | null): boolean {
  return value === null || value.length <= LONGEST_VALUE
}
