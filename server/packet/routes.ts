import { type Response, Router } from 'express'
import { z } from 'zod'
import type { Packet } from '../../core/packet/shape.ts'
import { toHtml } from '../../core/packet/to-html.ts'
import { toMarkdown } from '../../core/packet/to-markdown.ts'
import { answerFailure } from '../api/failures.ts'
import { gatherPacket, type PacketDeps } from './gather.ts'
import { ANSWER_POLICY, PAGE_POLICY } from './page-policy.ts'

const TicketId = z.coerce.number().int().positive()

const Query = z.object({
  for: z.enum(['receivers', 'executives'], 'Must be receivers or executives').default('receivers'),
  /** Internal comments are left out unless somebody asks for them. */
  internal: z.enum(['yes', 'no'], 'Must be yes or no').default('no'),
})

const FORMATS = ['application/json', 'text/html', 'text/markdown']

/**
 * GET /api/tickets/:id/packet, as JSON, as a page (text/html) or as Markdown, whatever the request accepts first.
 * `?for=executives` is for people who were not in the ticket; `?internal=yes` adds internal comments.
 * `res.locals.account` says whose tickets may be read; it is set by whoever checked the request's token.
 */
export function packetRoutes(deps: PacketDeps): Router {
  const router = Router()

  router.get('/api/tickets/:id/packet', async (req, res) => {
    res.vary('accept')
    const { id: accountId } = res.locals.account as { id: number }
    const ticketId = TicketId.safeParse(req.params.id)
    if (!ticketId.success) {
      res.status(422).json({ error: 'invalid-ticket', message: 'The ticket in the address must be a whole number.' })
      return
    }
    const { for: audience, internal } = Query.parse(req.query)
    const format = req.accepts(FORMATS)
    if (!format) {
      res.status(406).json({ error: 'not-acceptable', message: `The packet comes as ${FORMATS.join(', ')}.` })
      return
    }

    try {
      const wanted = { accountId, ticketId: ticketId.data, audience, withInternal: internal === 'yes' }
      const packet = await gatherPacket(wanted, deps)
      if (packet) answer(res, packet, format)
      else
        res
          .status(404)
          .json({ error: 'not-escalated', message: 'Nobody has escalated this ticket, so it has no packet.' })
    } catch (error) {
      answerFailure(res, error, deps.clock.now(), 'Ask for the packet again in a minute.')
    }
  })

  return router
}

function answer(res: Response, packet: Packet, format: string): void {
  if (format === 'text/html') {
    named(res, packet, 'html').set('content-security-policy', ANSWER_POLICY)
    res.type('text/html').send(toHtml(packet, PAGE_POLICY))
  } else if (format === 'text/markdown') {
    named(res, packet, 'md').set('content-type', 'text/markdown; charset=utf-8')
    res.send(toMarkdown(packet))
  } else {
    res.json(packet)
  }
}

/** A name to save it under. */
function named(res: Response, { escalationId, audience }: Packet, ending: string): Response {
  const name = audience === 'executives' ? `${escalationId}-executives` : escalationId
  return res.set('content-disposition', `inline; filename="${name.replace(/[^\w-]/g, '')}.${ending}"`)
}
