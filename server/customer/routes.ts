import { Router } from 'express'
import { z } from 'zod'
import { keyOfMessage, MESSAGES, readMessageKind } from '../../core/customer/words.ts'
import { answerFailure } from '../api/failures.ts'
import { type DraftDeps, gatherDraft } from './gather-draft.ts'

const TicketId = z.coerce.number().int().positive()

/**
 * GET /api/tickets/:id/customer-draft: what the owner may send to the customer next, or the message named by `?message=`.
 * It only reads; whoever sends it does so in the ticket, as themselves.
 */
export function customerRoutes(deps: DraftDeps): Router {
  const router = Router()

  router.get('/api/tickets/:id/customer-draft', async (req, res) => {
    const accountId = (res.locals.account as { id: number }).id
    const ticketId = TicketId.safeParse(req.params.id)
    if (!ticketId.success) {
      res.status(422).json({ error: 'invalid-ticket', message: 'The ticket in the address must be a whole number.' })
      return
    }
    const asked = req.query.message
    const kind = typeof asked === 'string' ? readMessageKind(asked) : null
    if (asked !== undefined && kind === null) {
      const known = MESSAGES.map(keyOfMessage).join(', ')
      res.status(422).json({ error: 'invalid-message', message: `There is no such message; there are ${known}.` })
      return
    }
    try {
      const draft = await gatherDraft({ accountId, ticketId: ticketId.data, kind }, deps)
      if (draft) res.json({ ...draft, kind: keyOfMessage(draft.kind), asOf: new Date(draft.asOf).toISOString() })
      else res.status(404).json({ error: 'no-escalation', message: 'This ticket was never escalated.' })
    } catch (error) {
      answerFailure(res, error, deps.clock.now())
    }
  })

  return router
}
