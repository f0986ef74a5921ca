import { addProblem } from '../http/refused.ts'
import { isEndUser, writesOnlyPrivately } from '../people/roles.ts'
import type { Audit, AuditEvent, Comment, Upload, User, Via } from '../state/model.ts'
import { presentAttachment } from '../uploads/present.ts'
import type { World } from '../world.ts'
import type { Draft } from './apply.ts'
import type { CommentInput, TicketChanges } from './changes.ts'
import { htmlOfText, LONGEST_COMMENT, storedHtml, textOfHtml } from './comment-text.ts'

/** More comments than this a ticket does not take. */
const MOST_COMMENTS = 5000

export type NewComment = Pick<Comment, 'html_body' | 'plain_body' | 'body' | 'public' | 'attachment_ids'> & {
  author: User
  /** Tokens that are spent when the comment is kept. */
  uploads: Upload[]
}

/** Reads the comment of a write; null when there is none. What is wrong with it goes to the draft's problems. */
export function readComment(draft: Draft, changes: TicketChanges, author: User): NewComment | null {
  const { world, ticket, problems } = draft
  const given = asInput(changes, draft.before === null)
  if (!given) return null
  const isHtml = typeof given.html_body === 'string' && given.html_body !== ''
  const text = isHtml ? given.html_body! : String(given.body ?? '')
  const uploads = readUploads(draft, given.uploads)
  if (text.trim() === '' && uploads.length === 0) return null

  if (text.length > LONGEST_COMMENT) {
    addProblem(problems, 'comment', `Comment: is too long (maximum is ${LONGEST_COMMENT} characters)`)
  }
  const earlier = world.state.comments[ticket.id] ?? []
  if (earlier.length >= MOST_COMMENTS) {
    addProblem(problems, 'comment', `Comment: a ticket has at most ${MOST_COMMENTS} comments`)
  }
  const html_body = isHtml ? storedHtml(text) : htmlOfText(text)
  const plain_body = isHtml ? textOfHtml(html_body) : text
  const inherited = earlier[0]?.public ?? true
  const wanted = given.public === undefined || given.public === null ? inherited : isTrue(given.public)
  return {
    author,
    html_body,
    plain_body,
    body: plain_body,
    public: isEndUser(author) || (wanted && !writesOnlyPrivately(author)),
    attachment_ids: uploads.flatMap((upload) => upload.attachment_ids),
    uploads,
  }
}

/** Who writes the comment: `author_id` when the request names one, else the caller. */
export function readAuthor(world: World, changes: TicketChanges, caller: User): User | null {
  const { comment } = changes
  const id = typeof comment === 'object' && comment !== null ? comment.author_id : undefined
  if (id === undefined || id === null) return caller
  return world.state.users[Number(id)] ?? null
}

/** Keeps the comment under the audit; its id is its event's id. */
export function keepComment(world: World, audit: Audit, comment: NewComment): { event: AuditEvent; kept: Comment } {
  const id = world.nextId('audit')
  const { html_body, plain_body, body, attachment_ids } = comment
  const isPublic = comment.public
  const kept: Comment = {
    ...{ id, ticket_id: audit.ticket_id, audit_id: audit.id, author_id: comment.author.id, public: isPublic },
    ...{ html_body, plain_body, body, attachment_ids, via: audit.via as Via, created_at: audit.created_at },
  }
  for (const upload of comment.uploads) delete world.state.uploads[upload.token]
  world.state.comments[audit.ticket_id] ??= []
  world.state.comments[audit.ticket_id]!.push(kept)
  const attachments = attachment_ids.map((one) => presentAttachment(world, world.state.attachments[one]!))
  const event = {
    ...{
      id,
      type: 'Comment',
      author_id: comment.author.id,
      body,
      html_body,
      plain_body,
      public: isPublic,
      attachments,
    },
    audit_id: audit.id,
  }
  return { event, kept }
}

function asInput(changes: TicketChanges, isCreate: boolean): CommentInput | null {
  const { comment, description } = changes
  if (typeof comment === 'string') return { body: comment }
  if (comment && typeof comment === 'object') return comment
  return isCreate && description !== undefined ? { body: String(description) } : null
}

function readUploads({ world, problems }: Draft, given: unknown): Upload[] {
  const tokens = typeof given === 'string' ? [given] : Array.isArray(given) ? given.map(String) : []
  return tokens.flatMap((token) => {
    const upload = world.state.uploads[token]
    if (upload && upload.expires_at > world.clock.now()) return upload
    addProblem(problems, 'base', {
      description: 'Attachment: upload token is invalid or expired',
      error: 'InvalidValue',
    })
    return []
  })
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === 1 || value === '1'
}
