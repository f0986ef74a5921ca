import { createHash } from 'node:crypto'
import { type Answer, COMMAND_FORMS } from '../../core/command/forms.ts'
import { type ApiMarker, Envelope } from '../../core/contract/command.ts'
import { canonicalForm } from '../../core/form/canonical-form.ts'
import { COMMENT_LIMIT, commentSize, renderForm } from '../../core/form/render-form.ts'
import { Refusal } from '../http/refusal.ts'
import type { Audit } from '../zendesk/audit.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { ZendeskError } from '../zendesk/error.ts'

/** A report as it goes into a ticket. */
export type WrittenProgress = { envelope: Envelope; html: string; marker: ApiMarker }

/** @throws {Refusal} 422 `too-long` when no comment can hold it */
export function progressFor(
  id: string,
  ticketId: number,
  answer: Answer<'progress'>,
  keyName: string,
): WrittenProgress {
  const form = COMMAND_FORMS.progress
  const html = renderForm(form, answer)
  if (commentSize(html) > COMMENT_LIMIT) {
    throw new Refusal(422, 'too-long', 'A comment holds at most 64 kB. Say it in fewer words.')
  }
  const digest = createHash('sha256').update(canonicalForm(form, answer), 'utf8').digest('base64url')
  return {
    envelope: Envelope.parse({ v: 1, verb: 'progress', id, ticket: ticketId, digest }),
    html,
    marker: { by: keyName },
  }
}

/** Reads and writes again at most so often before the caller is to try later. */
const MOST_ROUNDS = 5

/**
 * Writes a report into its ticket as a private comment of our own user, unless one of the updates after `afterAuditId`
 * shows that it was written already.
 *
 * @param assigneeId null leaves whoever has the ticket
 * @returns the id of the update
 * @throws {Refusal} 409 `ticket-closed`
 */
export async function writeProgress(
  zendesk: ZendeskClient,
  { envelope, html, marker }: WrittenProgress,
  afterAuditId: number,
  assigneeId: number | null,
): Promise<number> {
  const ticketId = envelope.ticket
  for (let round = 1; ; round++) {
    // The audits are read after the ticket: an update of ours that comes between the two is then seen.
    const { ticket } = await zendesk.getTicket(ticketId)
    const written = (await zendesk.listAuditsSince(ticketId, afterAuditId)).find((audit) => carries(audit, envelope))
    if (written) return keptPrivate(written, ticketId, zendesk)
    if (ticket.status === 'closed') {
      throw new Refusal(409, 'ticket-closed', `Ticket ${ticketId} is closed. Go on in a follow-up ticket.`)
    }

    const assignee = assigneeId === null || assigneeId === ticket.assigneeId ? {} : { assigneeId }
    try {
      const changes = { privateHtml: html, custom: { baton: envelope, baton_api: marker }, ...assignee }
      const { audit } = await zendesk.updateTicket(ticketId, changes, ticket.updatedAt)
      return await keptPrivate(audit, ticketId, zendesk)
    } catch (error) {
      if (!isOvertaken(error) || round === MOST_ROUNDS) throw error
    }
  }
}

/** What was written for ourselves never stays public, whatever Zendesk made of it. */
async function keptPrivate({ id, comments }: Audit, ticketId: number, zendesk: ZendeskClient): Promise<number> {
  for (const comment of comments) {
    if (comment.isPublic && comment.id !== null) await zendesk.makeCommentPrivate(ticketId, comment.id)
  }
  return id
}

function carries({ custom }: Audit, { id }: Envelope): boolean {
  return Envelope.safeParse(custom.baton).data?.id === id
}

function isOvertaken(error: unknown): boolean {
  return error instanceof ZendeskError && (error.failure === 'conflict' || error.failure === 'collision')
}
