import type { z } from 'zod'
import type { Instant } from '../../core/units.ts'
import type { AuditShape } from './shapes.ts'

/** A field as an update left it. Ids are strings here; tags are arrays. */
export type FieldChange = { field: string; value: unknown; previous: unknown; isCreate: boolean; isByRule: boolean }

export type AuditComment = { id: number | null; authorId: number; html: string; isPublic: boolean; isByRule: boolean }

/** One update of a ticket, with what business rules added to it. */
export type Audit = {
  id: number
  at: Instant
  authorId: number
  /** `web`, `email`, `api` …; empty when Zendesk does not say. */
  channel: string
  /** `metadata.custom`: what a program said about its update. */
  custom: Record<string, unknown>
  comments: AuditComment[]
  /** In the order they happened; one field may change several times. */
  changes: FieldChange[]
}

export function readAudit(shape: z.infer<typeof AuditShape>): Audit {
  return {
    id: shape.id,
    at: Date.parse(shape.created_at),
    authorId: shape.author_id,
    channel: channelOf(shape.via),
    custom: shape.metadata?.custom ?? {},
    comments: shape.events
      .filter((event) => event.type === 'Comment')
      .map((event) => ({
        id: typeof event.id === 'number' ? event.id : null,
        authorId: typeof event.author_id === 'number' ? event.author_id : shape.author_id,
        html: typeof event.html_body === 'string' ? event.html_body : '',
        // What cannot be told counts as public: the caller then makes it private.
        isPublic: event.public !== false,
        isByRule: channelOf(event.via) === 'rule',
      })),
    changes: shape.events
      .filter((event) => event.type === 'Change' || event.type === 'Create')
      .map((event) => ({
        field: String(event.field_name),
        value: event.value ?? null,
        previous: event.previous_value ?? null,
        isCreate: event.type === 'Create',
        isByRule: channelOf(event.via) === 'rule',
      })),
  }
}

/** An event names its origin only when it differs from the audit's; business rules do. Source: api.md 4.1 */
function channelOf(via: unknown): string {
  return typeof via === 'object' && via !== null && 'channel' in via ? String(via.channel ?? '') : ''
}

/** Ids come as strings and numbers; null when there is none. */
export function asId(value: unknown): number | null {
  const id = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : null
}

/** Tags come as an array, or as one string with spaces. */
export function asTags(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String)
  return typeof value === 'string' ? value.split(/\s+/).filter(Boolean) : []
}
