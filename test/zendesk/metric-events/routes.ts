import { type Request, type Response, Router } from 'express'
import { allowExport } from '../exports/door.ts'
import { LARGEST_PAGE, newestSecond, readStartTime } from '../exports/window.ts'
import { paginate } from '../http/paging.ts'
import type { RateLimits } from '../http/rate-limits.ts'
import { seconds } from '../http/times.ts'
import type { Ticket } from '../state/model.ts'
import type { World } from '../world.ts'
import { changedAt, createMetricChanges } from './changes.ts'
import { metricEventsOf } from './derive.ts'
import type { MetricEvent } from './metric-event.ts'
import { presentMetricEvent } from './present.ts'

const PATH = '/api/v2/incremental/ticket_metric_events'

/**
 * Metric events of all tickets since a time, by time. With `include_changes` an event comes again when it changed: by
 * the time it was known or taken back, so that a breach foreseen and deleted since is not missed.
 * Source: https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_metric_events/
 */
export function metricEventRoutes(world: World, limits: RateLimits): Router {
  const router = Router()
  const changes = createMetricChanges(world.state)

  router.get(PATH, allowExport(world, limits, 'ticket_metric_events'), (req, res) => {
    const newest = newestSecond(world)
    const start = readStartTime(req, newest)
    const isByChange = req.query.include_changes === 'true'
    const isByCursor = req.query.page !== undefined && typeof req.query.page === 'object'
    const timeOf = isByChange ? changedAt : happenedAt
    const rows =
      isByChange && !isByCursor
        ? changes.since(start, newest, LARGEST_PAGE, isWanted(req))
        : eventsOf(req, newest)
            .filter((event) => seconds(timeOf(event)) >= start)
            .sort((a, b) => timeOf(a) - timeOf(b) || a.id - b.id)
    if (isByCursor) return answerPage(req, res, rows)

    const page = firstPage(rows, (event) => seconds(timeOf(event)))
    // A foreseen breach must not carry the next start beyond what was held back.
    const end_time = Math.max(start, ...page.map((event) => seconds(timeOf(event))).filter((time) => time <= newest))
    res.json({
      ticket_metric_events: page.map(presentMetricEvent),
      count: page.length,
      end_time,
      next_page: linkTo(req, end_time),
    })
  })

  return router

  function answerPage(req: Request, res: Response, rows: MetricEvent[]): void {
    const page = paginate(world, req, rows)
    res.json({ ticket_metric_events: page.rows.map(presentMetricEvent), ...page.envelope })
  }

  function eventsOf(req: Request, newest: number): MetricEvent[] {
    return Object.values(world.state.tickets)
      .filter(isWanted(req))
      .flatMap((ticket) => metricEventsOf(world.state, ticket.id))
      .filter((event) => seconds(event.knownAt) <= newest)
  }

  function linkTo(req: Request, start: number): string {
    const url = new URL(req.originalUrl, world.url)
    url.searchParams.set('start_time', String(start))
    return url.toString()
  }
}

function happenedAt({ at }: MetricEvent): number {
  return at
}

function isWanted({ query }: Request): (ticket: Ticket) => boolean {
  return ({ status }) => query.exclude_deleted !== 'true' || status !== 'deleted'
}

/** Ends with a whole second, so that the next page, which begins with it, always goes on. */
function firstPage(rows: MetricEvent[], secondOf: (event: MetricEvent) => number): MetricEvent[] {
  const last = rows[LARGEST_PAGE - 1]
  return last ? rows.filter((event, index) => index < LARGEST_PAGE || secondOf(event) === secondOf(last)) : rows
}
