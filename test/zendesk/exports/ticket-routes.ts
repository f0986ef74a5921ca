import { type Request, Router } from 'express'
import { allow } from '../http/allow.ts'
import type { RateLimits } from '../http/rate-limits.ts'
import { badParameter, Refused } from '../http/refused.ts'
import { seconds } from '../http/times.ts'
import type { Ticket } from '../state/model.ts'
import { presentWithEmbeds, sideload } from '../tickets/sideloads.ts'
import type { World } from '../world.ts'
import { compare, type Position, readCursor, writeCursor } from './cursor.ts'

const PATH = '/api/v2/incremental/tickets/cursor'
const LARGEST_PAGE = 1000
/** What changed in the last minute is held back until no other change can come in between. */
const HELD_BACK_SECONDS = 60

/**
 * The tickets that changed since a point in time, in the order they were generated: deleted ones too, and every ticket
 * again whenever anything touched it.
 * Source: https://developer.zendesk.com/documentation/ticketing/managing-tickets/using-the-incremental-export-api/
 */
export function ticketExportRoutes(world: World, limits: RateLimits): Router {
  const router = Router()

  router.get(PATH, allow(world, 'incremental exports', 'admin'), (req, res) => {
    limits.countExport(res)
    const newest = seconds(world.clock.now()) - HELD_BACK_SECONDS
    const after = readStart(req, newest)
    const size = readSize(req.query.per_page)
    const rows = changedAfter(req, after, newest)
    const page = rows.slice(0, size)
    const last = page.at(-1)
    // Without a row there is nothing a first cursor could name: the caller asks again with the same start.
    const after_cursor = last
      ? writeCursor(positionOf(last))
      : typeof req.query.cursor === 'string'
        ? req.query.cursor
        : null
    const { last_audits: _, ...beside } = sideload(world, req, page)
    res.json({
      tickets: page.map((ticket) => presentWithEmbeds(world, req, ticket)),
      ...beside,
      after_url: after_cursor && linkTo(req, after_cursor),
      after_cursor,
      before_url: null,
      before_cursor: null,
      end_of_stream: rows.length <= size,
    })
  })

  return router

  function changedAfter(req: Request, after: Position, newest: number): Ticket[] {
    // No ticket here was handled by an AI agent.
    if (req.query.support_type_scope === 'ai_agent') return []
    return Object.values(world.state.tickets)
      .filter((ticket) => req.query.exclude_deleted !== 'true' || ticket.status !== 'deleted')
      .filter((ticket) => positionOf(ticket).second <= newest && compare(positionOf(ticket), after) > 0)
      .sort((a, b) => compare(positionOf(a), positionOf(b)))
  }

  function linkTo(req: Request, cursor: string): string {
    const url = new URL(req.originalUrl, world.url)
    url.searchParams.delete('start_time')
    url.searchParams.set('cursor', cursor)
    return url.toString()
  }
}

function positionOf(ticket: Ticket): Position {
  return { second: seconds(ticket.generated_at), id: ticket.id }
}

/** The position after which the page begins; a start time includes its own second. */
function readStart({ query }: Request, newest: number): Position {
  if (typeof query.cursor === 'string') {
    const position = readCursor(query.cursor)
    if (!position) throw refusal(400, 'InvalidCursor', 'cursor is invalid or expired')
    return position
  }
  const second = Number(query.start_time)
  if (!/^\d+$/.test(String(query.start_time))) throw badParameter('start_time', PATH.slice(1))
  if (second >= newest) throw refusal(422, 'StartTimeTooRecent', 'start_time must be more than 60 seconds ago')
  return { second, id: -1 }
}

function readSize(given: unknown): number {
  const size = Math.floor(Number(given ?? LARGEST_PAGE))
  return size >= 1 ? Math.min(size, LARGEST_PAGE) : LARGEST_PAGE
}

function refusal(status: number, code: string, title: string): Refused {
  return new Refused({ status, body: { errors: [{ code, status: String(status), title }] } })
}
