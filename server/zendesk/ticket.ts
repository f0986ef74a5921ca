import type { z } from 'zod'
import type { Instant } from '../../core/units.ts'
import { asId } from './audit.ts'
import type { TicketShape } from './shapes.ts'

export type Ticket = {
  id: number
  subject: string
  description: string
  status: string
  priority: string | null
  type: string | null
  tags: string[]
  groupId: number | null
  assigneeId: number | null
  requesterId: number | null
  organizationId: number | null
  channel: string
  /** The closed ticket this one follows, as long as its link names it. Source: api.md 2.7 */
  followUpOf: number | null
  createdAt: Instant
  /** As Zendesk wrote it: the stamp a safe update names. Whole seconds. */
  updatedAt: string
  /** By field id. */
  fields: Record<string, unknown>
}

export function readTicket(shape: z.infer<typeof TicketShape>): Ticket {
  return {
    id: shape.id,
    subject: shape.subject ?? '',
    description: shape.description ?? '',
    status: shape.status,
    priority: shape.priority ?? null,
    type: shape.type ?? null,
    tags: shape.tags ?? [],
    groupId: shape.group_id ?? null,
    assigneeId: shape.assignee_id ?? null,
    requesterId: shape.requester_id ?? null,
    organizationId: shape.organization_id ?? null,
    channel: String(shape.via?.channel ?? ''),
    followUpOf: shape.via?.source?.rel === 'follow_up' ? asId(shape.via.source.from?.ticket_id) : null,
    createdAt: Date.parse(shape.created_at),
    updatedAt: shape.updated_at,
    fields: Object.fromEntries((shape.custom_fields ?? []).map(({ id, value }) => [String(id), value])),
  }
}

/** What one safe update changes. A comment is private: there is no way to say otherwise. */
export type TicketChanges = {
  groupId?: number
  /** Null clears the assignee. */
  assigneeId?: number | null
  priority?: string
  status?: string
  /** Replaces all tags of the ticket. */
  tags?: string[]
  /** Merged by id; fields that are not named stay. */
  fields?: { id: number; value: string | number | null }[]
  privateComment?: string
  /** The same as HTML, in its place. */
  privateHtml?: string
  /** Goes to the audit's `metadata.custom`; below 1 kB. */
  custom?: Record<string, unknown>
}

export function writeChanges(changes: TicketChanges): Record<string, unknown> {
  const { groupId, assigneeId, priority, status, tags, fields, privateComment, privateHtml, custom } = changes
  return {
    ...(groupId !== undefined && { group_id: groupId }),
    ...(assigneeId !== undefined && { assignee_id: assigneeId }),
    ...(priority !== undefined && { priority }),
    ...(status !== undefined && { status }),
    ...(tags !== undefined && { tags }),
    ...(fields !== undefined && { custom_fields: fields }),
    // Left out, `public` would be inherited from the first comment. Source: api.md 3.2
    ...(privateComment !== undefined && { comment: { body: privateComment, public: false } }),
    ...(privateHtml !== undefined && { comment: { html_body: privateHtml, public: false } }),
    ...(custom !== undefined && { metadata: custom }),
  }
}
