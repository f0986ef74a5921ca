import { type Request, type Response, Router } from 'express'
import { allow, callerOf } from '../http/allow.ts'
import { paginate } from '../http/paging.ts'
import { readIds, readRoot } from '../http/parameters.ts'
import type { RateLimits } from '../http/rate-limits.ts'
import { sorted } from '../http/sorting.ts'
import { seconds } from '../http/times.ts'
import type { World } from '../world.ts'
import { permit, type TicketAction, type TicketChanges, warning } from './changes.ts'
import { channelOf } from './create.ts'
import { deleteTicket } from './delete.ts'
import { findTicket, visibleTicket, visibleTickets } from './find.ts'
import { answerOnce } from './idempotency.ts'
import { presentAudit } from './present-history.ts'
import { incidentsOf, presentTicket } from './present-ticket.ts'
import { presentWithEmbeds, sideload } from './sideloads.ts'
import { type Writer, writeNewTicket, writeTicket } from './write.ts'

/** Source: https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/ */
export function ticketRoutes(world: World, limits: RateLimits): Router {
  const router = Router()
  const tickets = allow(world, 'tickets')

  router.get('/api/v2/tickets', tickets, (req, res) => {
    const { external_id, start_time } = req.query
    const rows = visibleTickets(world, callerOf(res).user)
      .filter((ticket) => external_id === undefined || ticket.external_id === external_id)
      .filter((ticket) => start_time === undefined || seconds(ticket.updated_at) >= Number(start_time))
    answerTickets(req, res, sorted(req, rows, ['updated_at', 'created_at', 'id', 'status']))
  })

  router.get('/api/v2/tickets/count', tickets, (_req, res) => {
    const value = visibleTickets(world, callerOf(res).user).length
    res.json({ count: { value, refreshed_at: new Date(world.clock.now()).toISOString() } })
  })

  router.get('/api/v2/tickets/recent', tickets, (req, res) => {
    const rows = visibleTickets(world, callerOf(res).user).sort((a, b) => b.updated_at - a.updated_at)
    answerTickets(req, res, rows.slice(0, 25))
  })

  router.get('/api/v2/tickets/show_many', tickets, (req, res) => {
    const rows = readIds(req).flatMap((id) => visibleTicket(world, callerOf(res).user, id) ?? [])
    answerTickets(req, res, rows)
  })

  router.get('/api/v2/tickets/:id', tickets, (req, res) => {
    const ticket = findTicket(world, req, res, 'tickets/show')
    res.json({ ticket: presentWithEmbeds(world, req, ticket), ...sideload(world, req, [ticket]) })
  })

  router.post('/api/v2/tickets', tickets, (req, res) => {
    const caller = callerOf(res)
    limits.countCreation(caller, res)
    const changes = permitted('create', req, res)
    answerOnce(world, req, res, () => {
      const { ticket, audit } = writeNewTicket(world, writerOf(req, res), changes)
      const body = { ticket: presentTicket(world, ticket, { isFresh: true }), audit: presentAudit(audit) }
      return { body, ticketId: ticket.id }
    })
  })

  router.put('/api/v2/tickets/:id', tickets, (req, res) => {
    const before = findTicket(world, req, res, 'tickets/update')
    limits.countUpdate(callerOf(res), before.id, res)
    const { ticket, audit } = writeTicket(world, writerOf(req, res), before, permitted('update', req, res))
    res.json({ ticket: presentTicket(world, ticket), audit: presentAudit(audit) })
  })

  router.delete('/api/v2/tickets/:id', tickets, (req, res) => {
    limits.countDeletion(res)
    deleteTicket(world, writerOf(req, res), findTicket(world, req, res, 'tickets/destroy'))
    res.status(204).end()
  })

  router.get('/api/v2/tickets/:id/incidents', tickets, (req, res) => {
    answerTickets(req, res, incidentsOf(world, findTicket(world, req, res, 'tickets/incidents')))
  })

  router.get('/api/v2/tickets/:id/related', tickets, (req, res) => {
    const ticket = findTicket(world, req, res, 'tickets/related')
    const followup_source_ids = ticket.followup_source_id === null ? [] : [String(ticket.followup_source_id)]
    const incidents = incidentsOf(world, ticket).length
    res.json({
      ticket_related: {
        ...{ topic_id: null, jira_issue_ids: [], followup_source_ids, from_archive: ticket.archived, incidents },
      },
    })
  })

  return router

  function answerTickets(req: Request, res: Response, rows: ReturnType<typeof visibleTickets>): void {
    const page = paginate(world, req, rows)
    const shown = page.rows.map((ticket) => presentWithEmbeds(world, req, ticket))
    res.json({ tickets: shown, ...sideload(world, req, page.rows), ...page.envelope })
  }
}

/** The changes of the body's `ticket`; ignored keys are named in a header. */
export function permitted(action: TicketAction, req: Request, res: Response): TicketChanges {
  const { changes, ignored } = permit(action, readRoot(req, 'ticket'))
  if (ignored.length > 0) res.set('x-zendesk-api-warn', warning(action, ignored))
  return changes
}

export function writerOf(req: Request, res: Response): Writer {
  const caller = callerOf(res)
  const client = req.get('user-agent') ?? ''
  const system = { client, ip_address: '127.0.0.1', location: 'Local', latitude: 0, longitude: 0 }
  return { user: caller.user, channel: channelOf(caller), system }
}
