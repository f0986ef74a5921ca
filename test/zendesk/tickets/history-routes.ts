import { Router } from 'express'
import { allow } from '../http/allow.ts'
import { paginate } from '../http/paging.ts'
import { readId, readNames } from '../http/parameters.ts'
import { notFound, refuseIfAny } from '../http/refused.ts'
import { sorted } from '../http/sorting.ts'
import { presentUser } from '../people/present.ts'
import type { World } from '../world.ts'
import { findTicket } from './find.ts'
import { presentAudit, presentComment } from './present-history.ts'
import { pick, sideload } from './sideloads.ts'

/** Comments and audits. Audits need the global `read` scope. */
export function historyRoutes(world: World): Router {
  const router = Router()
  const tickets = allow(world, 'tickets')
  const audits = allow(world, 'ticket_audits')

  router.get('/api/v2/tickets/:id/comments', tickets, (req, res) => {
    const ticket = findTicket(world, req, res, 'ticket_comments/index')
    const page = paginate(world, req, sorted(req, world.state.comments[ticket.id] ?? [], ['created_at']))
    const ids = page.rows.map((comment) => comment.author_id)
    const users = readNames(req.query.include).has('users')
      ? { users: pick(world.state.users, ids).map((user) => presentUser(world, user)) }
      : {}
    res.json({ comments: page.rows.map((comment) => presentComment(world, comment)), ...users, ...page.envelope })
  })

  router.get('/api/v2/tickets/:id/comments/count', tickets, (req, res) => {
    const ticket = findTicket(world, req, res, 'ticket_comments/count')
    res.json(countOf(world.state.comments[ticket.id]?.length ?? 0))
  })

  /** One way: a private comment can't be made public again. */
  router.put('/api/v2/tickets/:id/comments/:comment_id/make_private', tickets, (req, res) => {
    const ticket = findTicket(world, req, res, 'ticket_comments/make_private')
    if (ticket.status === 'closed') refuseIfAny({ status: [{ description: 'Status: closed prevents ticket update' }] })
    const id = readId(req, 'ticket_comments/make_private', 'comment_id')
    const comment = world.state.comments[ticket.id]?.find((one) => one.id === id)
    if (!comment) throw notFound()
    comment.public = false
    const audit = world.state.audits[ticket.id]?.find((one) => one.id === comment.audit_id)
    const event = audit?.events.find((one) => one.id === id)
    if (event) event.public = false
    res.json('')
  })

  router.get('/api/v2/tickets/:id/audits', audits, (req, res) => {
    const ticket = findTicket(world, req, res, 'audits/index')
    const only = readNames(req.query.filter_events)
    const rows = sorted(req, world.state.audits[ticket.id] ?? [], ['created_at']).filter(
      (audit) => only.size === 0 || audit.events.some((event) => only.has(event.type)),
    )
    const page = paginate(world, req, rows)
    const include = readNames(req.query.include)
    const authors = page.rows.map((audit) => audit.author_id)
    const beside = {
      ...sideload(world, req, [ticket]),
      ...(include.has('users')
        ? { users: pick(world.state.users, authors).map((user) => presentUser(world, user)) }
        : {}),
    }
    res.json({ audits: page.rows.map((audit) => presentAudit(audit, only)), ...beside, ...page.envelope })
  })

  router.get('/api/v2/tickets/:id/audits/count', audits, (req, res) => {
    const ticket = findTicket(world, req, res, 'audits/count')
    res.json(countOf(world.state.audits[ticket.id]?.length ?? 0))
  })

  router.get('/api/v2/tickets/:id/audits/:audit_id', audits, (req, res) => {
    const ticket = findTicket(world, req, res, 'audits/show')
    const id = readId(req, 'audits/show', 'audit_id')
    const audit = world.state.audits[ticket.id]?.find((one) => one.id === id)
    if (!audit) throw notFound()
    res.json({ audit: presentAudit(audit) })
  })

  return router

  function countOf(value: number) {
    return { count: { value, refreshed_at: new Date(world.clock.now()).toISOString() } }
  }
}
