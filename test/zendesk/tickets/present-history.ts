import { iso } from '../http/times.ts'
import type { Audit, Comment } from '../state/model.ts'
import { presentAttachment } from '../uploads/present.ts'
import type { World } from '../world.ts'

export function presentAudit(audit: Audit, only: Set<string> = new Set()) {
  const { id, ticket_id, created_at, author_id, metadata, events, via } = audit
  const shown = only.size > 0 ? events.filter((event) => only.has(event.type)) : events
  return { id, ticket_id, created_at: iso(created_at), author_id, metadata, events: shown, via }
}

export function presentComment(world: World, comment: Comment) {
  const audit = world.state.audits[comment.ticket_id]?.find((one) => one.id === comment.audit_id)
  const { id, author_id, body, html_body, plain_body, audit_id, via } = comment
  return {
    ...{ id, type: 'Comment', author_id, body, html_body, plain_body, public: comment.public },
    attachments: comment.attachment_ids.map((one) => presentAttachment(world, world.state.attachments[one]!)),
    ...{ audit_id, via, created_at: iso(comment.created_at) },
    metadata: audit?.metadata ?? { system: {}, custom: {} },
  }
}
