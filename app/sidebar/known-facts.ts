import type { EscalationView, Form } from '../../core/contract/api.ts'
import { type ComponentGuess, guessComponent } from '../../core/decide/guess-component.ts'
import { wordPattern } from '../../core/decide/words.ts'
import type { FieldPath, FieldValue } from '../../core/note/fields.ts'
import type { TicketPicture } from '../zaf/ticket.ts'

/** A component the ticket's words point to, with those words. */
export type ComponentOfTicket = ComponentGuess<Form['components'][number] & { patterns: RegExp[] }>

const LONGEST_QUOTE = 600

/** What the ticket already knows of a note's fields, for the note to fill itself in. */
export function knownFacts(
  ticket: TicketPicture,
  form: Form,
  earlier: EscalationView | null,
): Partial<Record<FieldPath, FieldValue>> {
  const { requester, organization } = ticket
  const fields = organization?.fields ?? {}
  return {
    'issue.summary': ticket.subject,
    'issue.symptoms': quoteOf(ticket),
    'triage.component': componentOf(ticket, form)?.component.id ?? '',
    'diagnostics.evidence': [...attachmentsOf(ticket), ...earlierOf(earlier)],
    'customer_context.account': organization?.name ?? '',
    'customer_context.tier': wordOf(fields.customer_tier),
    'customer_context.health_score': numberOf(fields.health_score),
    'customer_context.arr': wordOf(fields.arr),
    'customer_context.primary_contact': requester?.email || requester?.name || '',
  }
}

/** The component that the ticket's words point to, by the rule the server goes by. */
export function componentOf(ticket: TicketPicture, form: Form): ComponentOfTicket | null {
  const text = [ticket.description, ...ticket.comments.map((comment) => comment.text)].join('\n')
  const components = form.components.map((one) => ({
    ...one,
    patterns: one.keywords.map((word) => wordPattern([word])!),
  }))
  return guessComponent(components, ticket.subject, text)
}

/** The customer's last public words: one entry, shortened visibly. */
function quoteOf({ comments, requester }: TicketPicture): string[] {
  const last = comments.findLast(({ isPublic, authorId }) => isPublic && authorId === requester?.id)
  const words = last?.text.replace(/\s+/g, ' ').trim() ?? ''
  if (words === '') return []
  return [words.length > LONGEST_QUOTE ? `${words.slice(0, LONGEST_QUOTE).replace(/\s\S*$/, '')} …` : words]
}

function attachmentsOf({ comments }: TicketPicture): string[] {
  return [...new Set(comments.flatMap(({ attachments }) => attachments))]
}

function earlierOf(earlier: EscalationView | null): string[] {
  if (!earlier) return []
  const { id, decision, stage, requestedAt } = earlier
  return [`${id}: L${decision.tier} · ${decision.queueName}, ${stage} (${requestedAt.slice(0, 10)})`]
}

function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}
