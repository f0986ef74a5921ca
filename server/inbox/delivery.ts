import { z } from 'zod'

/** What our trigger sends. It carries ids alone; everything else is read from Zendesk afterwards. */
export const WebhookBody = z.object({
  v: z.literal(1),
  ticket_id: z.string().regex(/^[1-9]\d{0,15}$/, 'Must be the digits of a ticket id'),
  updated_at: z.string(),
  actor_id: z.string(),
  rule: z.string(),
})

/**
 * The template of our trigger's webhook; `rule` names the trigger. Every placeholder renders to digits or a timestamp:
 * they are put in unescaped, so a customer's text would break the document.
 */
export function webhookTemplate(rule: string): string {
  return `{"v":1,"ticket_id":"{{ticket.id}}","updated_at":"{{ticket.updated_at_with_timestamp}}","actor_id":"{{current_user.id}}","rule":"${rule}"}`
}

/** A webhook that was accepted: to be stored before it is acknowledged. */
export type Delivery = {
  accountId: number
  /** The same on every retry of one delivery. */
  invocationId: string
  ticketId: number
}

/** Zendesk's invocation ids are ULIDs; anything short and printable is taken. */
const InvocationId = z.string().regex(/^[\w-]{1,100}$/)

/**
 * Reads a signed webhook. The invocation id is a header, which the signature does not cover: who changes it can make
 * us look at a ticket once more, nothing else.
 *
 * @throws {SyntaxError | z.ZodError} for a body that is not ours
 */
export function readDelivery(accountId: number, invocationId: string | undefined, body: Buffer): Delivery {
  const { ticket_id } = WebhookBody.parse(JSON.parse(body.toString('utf8')))
  return { accountId, invocationId: InvocationId.parse(invocationId), ticketId: Number(ticket_id) }
}
