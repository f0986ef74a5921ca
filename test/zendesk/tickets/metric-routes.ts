import { Router } from 'express'
import { allow, callerOf } from '../http/allow.ts'
import { paginate } from '../http/paging.ts'
import { readId } from '../http/parameters.ts'
import { notFound } from '../http/refused.ts'
import type { World } from '../world.ts'
import { findTicket, visibleTicket, visibleTickets } from './find.ts'
import { ticketMetricOf } from './metrics.ts'

/** Source: https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_metrics/ */
export function metricRoutes(world: World): Router {
  const router = Router()
  const metrics = allow(world, 'ticket_metrics')

  router.get('/api/v2/ticket_metrics', metrics, (req, res) => {
    const tickets = visibleTickets(world, callerOf(res).user)
      .filter((ticket) => !ticket.archived)
      .sort((a, b) => b.id - a.id)
    const page = paginate(world, req, tickets)
    res.json({ ticket_metrics: page.rows.map((ticket) => ticketMetricOf(world, ticket)), ...page.envelope })
  })

  // One record, though the description promises a list. Source: recorded answers.
  router.get('/api/v2/ticket_metrics/:id', metrics, (req, res) => {
    const ticket = visibleTicket(world, callerOf(res).user, readId(req, 'ticket_metrics/show'))
    if (!ticket) throw notFound()
    res.json({ ticket_metric: ticketMetricOf(world, ticket) })
  })

  router.get('/api/v2/tickets/:id/metrics', metrics, (req, res) => {
    res.json({ ticket_metric: ticketMetricOf(world, findTicket(world, req, res, 'ticket_metrics/show')) })
  })

  return router
}
