import { type Request, type Response, Router } from 'express'
import { allow, callerOf } from '../http/allow.ts'
import { paginate } from '../http/paging.ts'
import { MOST_IDS, readId, readIds, readRoot } from '../http/parameters.ts'
import { missingParameter, notAllowed, notFound, tooManyValues } from '../http/refused.ts'
import { iso } from '../http/times.ts'
import { canSee } from '../people/roles.ts'
import type { JobStatus, Ticket } from '../state/model.ts'
import type { World } from '../world.ts'
import { permit } from './changes.ts'
import { deleteTicket, restoreTicket } from './delete.ts'
import { findTicket, visibleTicket } from './find.ts'
import { type Jobs, presentJob } from './jobs.ts'
import { mergeTickets } from './merge.ts'
import { permitted, writerOf } from './routes.ts'
import { writeNewTicket, writeTicket } from './write.ts'

/** Many tickets at once, as jobs. Source: https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/ */
export function bulkRoutes(world: World, jobs: Jobs): Router {
  const router = Router()
  const tickets = allow(world, 'tickets')

  router.post('/api/v2/tickets/create_many', tickets, (req, res) => {
    const list = readList(req)
    const writer = writerOf(req, res)
    answer(
      res,
      jobs.start(list.length, (index) => {
        const { ticket } = writeNewTicket(world, writer, permit('create', list[index]!).changes)
        return { index, id: ticket.id, account_id: world.state.account.id }
      }),
    )
  })

  router.put('/api/v2/tickets/update_many', tickets, (req, res) => {
    const { user } = callerOf(res)
    const writer = writerOf(req, res)
    const ids = req.query.ids === undefined ? null : readIds(req)
    const list = ids ? null : readList(req)
    const shared = ids ? permitted('update_many', req, res) : null
    answer(
      res,
      jobs.start(ids?.length ?? list!.length, (index) => {
        const id = ids ? ids[index]! : Number(list![index]!.id)
        const { id: _own, ...own } = list?.[index] ?? {}
        const before = visibleTicket(world, user, id)
        if (!before) return { index, id, error: 'TicketNotFound', details: 'Not found' }
        writeTicket(world, writer, before, shared ?? permit('update_many', own).changes)
        return { index, action: 'update', status: 'Updated', success: true, id }
      }),
    )
  })

  router.delete('/api/v2/tickets/destroy_many', tickets, (req, res) => {
    const { user } = callerOf(res)
    const writer = writerOf(req, res)
    const ids = readIds(req)
    answer(
      res,
      jobs.start(ids.length, (index) => {
        const ticket = visibleTicket(world, user, ids[index]!)
        if (!ticket) return { index, id: ids[index], error: 'TicketNotFound', details: 'Not found' }
        deleteTicket(world, writer, ticket)
        return { index, action: 'delete', status: 'Deleted', success: true, id: ticket.id }
      }),
    )
  })

  router.post('/api/v2/tickets/:id/merge', tickets, (req, res) => {
    const target = findTicket(world, req, res, 'tickets/merge')
    const writer = writerOf(req, res)
    if (!Array.isArray(req.body?.ids)) throw missingParameter('ids')
    const ids: number[] = req.body.ids.map(Number)
    answer(
      res,
      jobs.start(1, () => mergeTickets(world, writer, target, ids, req.body)),
    )
  })

  router.get('/api/v2/deleted_tickets', tickets, (req, res) => {
    const page = paginate(world, req, deletedTickets(res))
    const deleted_tickets = page.rows.map((ticket) => {
      const { id, subject } = ticket
      const audit = world.state.audits[id]?.at(-1)
      const actor = world.state.users[audit?.author_id ?? 0]
      const previous_state = ticket.status_before_deletion ?? 'open'
      const deleted_at = iso(audit?.created_at ?? ticket.updated_at)
      return { id, subject, description: null, actor: { id: actor?.id, name: actor?.name }, deleted_at, previous_state }
    })
    res.json({ deleted_tickets, ...page.envelope })
  })

  router.put('/api/v2/deleted_tickets/:id/restore', tickets, (req, res) => {
    const id = readId(req, 'deleted_tickets/restore')
    const ticket = deletedTickets(res).find((one) => one.id === id)
    if (!ticket) throw notFound()
    restoreTicket(world, writerOf(req, res), ticket)
    res.json({})
  })

  const read = allow(world, 'job_statuses')
  router.get('/api/v2/job_statuses', read, (req, res) => {
    const page = paginate(world, req, Object.values(world.state.jobs))
    res.json({ job_statuses: page.rows.map((job) => presentJob(world, job)), ...page.envelope })
  })

  router.get('/api/v2/job_statuses/show_many', read, (req, res) => {
    const ids = String(req.query.ids ?? '').split(',')
    const found = ids.flatMap((id) => world.state.jobs[id] ?? [])
    res.json({ job_statuses: found.map((job) => presentJob(world, job)), count: found.length })
  })

  router.get('/api/v2/job_statuses/:id', read, (req, res) => {
    const job = world.state.jobs[String(req.params.id)]
    if (!job) throw notFound()
    answer(res, job)
  })

  return router

  function deletedTickets(res: Response): Ticket[] {
    const { user } = callerOf(res)
    if (user.role === 'end-user') throw notAllowed()
    return Object.values(world.state.tickets).filter(
      (ticket) => ticket.status === 'deleted' && canSee(world.state, user, ticket),
    )
  }

  function answer(res: Response, job: JobStatus): void {
    res.json({ job_status: presentJob(world, job) })
  }
}

function readList(req: Request): Record<string, unknown>[] {
  const { tickets } = req.body ?? {}
  if (!Array.isArray(tickets)) {
    readRoot(req, 'tickets')
    throw missingParameter('tickets')
  }
  if (tickets.length > MOST_IDS) throw tooManyValues(MOST_IDS)
  return tickets
}
