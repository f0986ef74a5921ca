import type { ApiAttachment } from '../api/shapes.ts'
import type { TicketSnapshot } from '../ticket/ticket-snapshot.ts'
import { userValue } from './ticket-values.ts'

/** `ticket.comments`: newest first. */
export function commentsOf({ comments, people }: TicketSnapshot) {
  return comments.toReversed().map((comment) => ({
    id: comment.id,
    author: userValue(people[comment.author_id]),
    value: comment.html_body,
    type: comment.public ? 'publicReply' : 'internalNote',
    imageAttachments: comment.attachments.filter(isImage).map(attachmentValue),
    nonImageAttachments: comment.attachments.filter((one) => !isImage(one)).map(attachmentValue),
    via: comment.via?.channel ?? 'web',
  }))
}

/** `ticket.conversation`: oldest first, as it is read. */
export function conversationOf({ comments, people }: TicketSnapshot) {
  return comments.map((comment) => {
    const author = people[comment.author_id]
    return {
      author: { id: comment.author_id, name: author?.name ?? '', role: author?.role ?? 'end-user', avatar: null },
      channel: { name: comment.public ? (comment.via?.channel ?? 'web') : 'internal' },
      message: { content: comment.html_body, contentType: 'text/html' },
      timestamp: comment.created_at,
      attachments: comment.attachments.map(attachmentValue),
    }
  })
}

function isImage(attachment: ApiAttachment): boolean {
  return attachment.content_type.startsWith('image/')
}

function attachmentValue(attachment: ApiAttachment) {
  return {
    filename: attachment.file_name,
    contentType: attachment.content_type,
    contentUrl: attachment.content_url,
    size: attachment.size,
  }
}
