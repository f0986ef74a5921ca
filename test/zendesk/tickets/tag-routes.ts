import { type Request, type Response, Router } from 'express'
import { allow, callerOf } from '../http/allow.ts'
import type { RateLimits } from '../http/rate-limits.ts'
import type { World } from '../world.ts'
import type { TicketChanges } from './changes.ts'
import { findTicket } from './find.ts'
import { writerOf } from './routes.ts'
import { normaliseTags } from './tags.ts'
import { writeTicket } from './write.ts'

/** POST replaces all tags (201), PUT adds, DELETE with a body removes; each is a ticket update like any other. */
export function tagRoutes(world: World, limits: RateLimits): Router {
  const router = Router()
  const tickets = allow(world, 'tickets')
  const path = '/api/v2/tickets/:id/tags'

  router.get(path, tickets, (req, res) => {
    res.json({ tags: findTicket(world, req, res, 'tags/index').tags })
  })

  router.post(path, tickets, (req, res) => {
    res.status(201).json({ tags: change(req, res, (_before, given) => given) })
  })

  router.put(path, tickets, (req, res) => {
    res.json({ tags: change(req, res, (before, given) => [...before, ...given]) })
  })

  router.delete(path, tickets, (req, res) => {
    res.json({ tags: change(req, res, (before, given) => before.filter((tag) => !given.includes(tag))) })
  })

  return router

  function change(req: Request, res: Response, merge: (before: string[], given: string[]) => string[]): string[] {
    const before = findTicket(world, req, res, 'tags')
    limits.countUpdate(callerOf(res), before.id, res, req.method === 'PUT')
    const { tags, safe_update, updated_stamp } = (req.body ?? {}) as TicketChanges
    const changes: TicketChanges = { tags: merge(before.tags, normaliseTags(tags)) }
    if (safe_update !== undefined) changes.safe_update = safe_update
    if (updated_stamp !== undefined) changes.updated_stamp = updated_stamp
    return writeTicket(world, writerOf(req, res), before, changes).ticket.tags
  }
}
