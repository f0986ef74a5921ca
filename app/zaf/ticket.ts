import { z } from 'zod'
import type { Zaf } from './client.ts'

const User = z.object({ id: z.number(), name: z.string(), email: z.string().nullish() })

const Organization = z.object({
  id: z.number(),
  name: z.string(),
  organization_fields: z.record(z.string(), z.unknown()).nullish(),
})

const Ticket = z.object({
  id: z.number(),
  subject: z.string().nullish(),
  description: z.string().nullish(),
  status: z.string(),
  priority: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  updated_at: z.string(),
  requester_id: z.number().nullish(),
  organization_id: z.number().nullish(),
})

const TicketAnswer = z.object({
  ticket: Ticket,
  users: z.array(User).nullish(),
  organizations: z.array(Organization).nullish(),
})

const Comment = z.object({
  id: z.number(),
  author_id: z.number(),
  public: z.boolean(),
  plain_body: z.string().nullish(),
  body: z.string().nullish(),
  created_at: z.string(),
  attachments: z.array(z.object({ file_name: z.string() })).nullish(),
})

const CommentsAnswer = z.object({ comments: z.array(Comment) })

export type TicketComment = { authorId: number; isPublic: boolean; text: string; at: string; attachments: string[] }

/** What the ticket already says, for a note to begin from. */
export type TicketPicture = {
  id: number
  subject: string
  description: string
  status: string
  tags: string[]
  /** Zendesk's `updated_at`, ISO 8601. */
  updatedAt: string
  requester: { id: number; name: string; email: string } | null
  organization: { name: string; fields: Record<string, unknown> } | null
  /** Oldest first, at most the last hundred. */
  comments: TicketComment[]
}

/**
 * Reads the ticket with its people and conversation, as the agent.
 * @throws {RequestError}
 */
export async function readTicket(zaf: Zaf, ticketId: number): Promise<TicketPicture> {
  const [answer, conversation] = await Promise.all([
    zaf.request({ url: `/api/v2/tickets/${ticketId}.json?include=users,organizations` }),
    // A conversation that can't be read leaves the note emptier, not the app unusable.
    zaf
      .request({ url: `/api/v2/tickets/${ticketId}/comments.json?page[size]=100&sort=-created_at` })
      .then((value) => CommentsAnswer.parse(value).comments)
      .catch(() => []),
  ])
  const { ticket, users, organizations } = TicketAnswer.parse(answer)
  const requester = users?.find(({ id }) => id === ticket.requester_id)
  const organization = organizations?.find(({ id }) => id === ticket.organization_id)

  return {
    id: ticket.id,
    subject: ticket.subject ?? '',
    description: ticket.description ?? '',
    status: ticket.status,
    tags: ticket.tags ?? [],
    updatedAt: ticket.updated_at,
    requester: requester ? { id: requester.id, name: requester.name, email: requester.email ?? '' } : null,
    organization: organization ? { name: organization.name, fields: organization.organization_fields ?? {} } : null,
    comments: conversation
      .map((comment) => ({
        authorId: comment.author_id,
        isPublic: comment.public,
        text: comment.plain_body ?? comment.body ?? '',
        at: comment.created_at,
        attachments: (comment.attachments ?? []).map((attachment) => attachment.file_name),
      }))
      .sort((one, other) => one.at.localeCompare(other.at)),
  }
}
