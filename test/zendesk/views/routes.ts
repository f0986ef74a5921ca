import { type Request, type Response, Router } from 'express'
import { allow, callerOf } from '../http/allow.ts'
import { paginate } from '../http/paging.ts'
import { readId, readRoot } from '../http/parameters.ts'
import { addProblem, notFound, type Problems, refuseIfAny } from '../http/refused.ts'
import { iso } from '../http/times.ts'
import type { Condition, Ticket } from '../state/model.ts'
import { visibleTickets } from '../tickets/find.ts'
import { presentTicket } from '../tickets/present-ticket.ts'
import { sideload } from '../tickets/sideloads.ts'
import type { World } from '../world.ts'
import { meetsConditions } from './conditions.ts'

type View = {
  id: number
  title: string
  active: boolean
  position: number
  conditions: { all: Condition[]; any: Condition[] }
  execution: Record<string, unknown>
  restriction: unknown
  description: string | null
  created_at: number
  updated_at: number
}

/** Source: https://developer.zendesk.com/api-reference/ticketing/business-rules/views/ */
export function viewRoutes(world: World): Router {
  const router = Router()
  const read = allow(world, 'views')
  const write = allow(world, 'views', 'admin')

  router.get(['/api/v2/views', '/api/v2/views/active', '/api/v2/views/compact'], read, (req, res) => {
    const rows = all().filter((view) => view.active || req.path === '/api/v2/views')
    const page = paginate(world, req, rows)
    res.json({ views: page.rows.map(present), ...page.envelope })
  })

  router.get('/api/v2/views/:id', read, (req, res) => {
    res.json({ view: present(find(req)) })
  })

  router.get(['/api/v2/views/:id/tickets', '/api/v2/views/:id/execute'], read, (req, res) => {
    const rows = ticketsOf(find(req), res)
    const page = paginate(world, req, rows)
    const tickets = page.rows.map((ticket) => presentTicket(world, ticket))
    res.json({ tickets, ...sideload(world, req, page.rows), ...page.envelope })
  })

  router.get('/api/v2/views/:id/count', read, (req, res) => {
    const view = find(req)
    const value = ticketsOf(view, res).length
    const url = `${world.url}/api/v2/views/${view.id}/count.json`
    res.json({ view_count: { url, view_id: view.id, value, pretty: String(value), fresh: true } })
  })

  router.post('/api/v2/views', write, (req, res) => {
    const now = world.clock.now()
    const blank: View = {
      ...{ id: 0, title: '', active: true, position: all().length + 1, conditions: { all: [], any: [] } },
      ...{ execution: {}, restriction: null, description: null, created_at: now, updated_at: now },
    }
    const view = change(blank, readRoot(req, 'view'))
    view.id = world.nextId('view')
    world.state.views[view.id] = view
    const shown = present(view)
    res.status(201).location(shown.url).json({ view: shown })
  })

  router.put('/api/v2/views/:id', write, (req, res) => {
    const view = change(find(req), readRoot(req, 'view'))
    world.state.views[view.id] = view
    res.json({ view: present(view) })
  })

  router.delete('/api/v2/views/:id', write, (req, res) => {
    delete world.state.views[find(req).id]
    res.status(204).end()
  })

  return router

  function all(): View[] {
    return (Object.values(world.state.views) as View[]).sort((a, b) => a.position - b.position || a.id - b.id)
  }

  function find(req: Request): View {
    const view = world.state.views[readId(req, 'views/show')]
    if (!view) throw notFound()
    return view as View
  }

  function ticketsOf(view: View, res: Response): Ticket[] {
    const { user } = callerOf(res)
    return visibleTickets(world, user)
      .filter((ticket) => !ticket.archived && meetsConditions(world, ticket, view.conditions, user))
      .sort((a, b) => b.updated_at - a.updated_at || b.id - a.id)
  }

  function change(before: View, given: Record<string, unknown>): View {
    const view = structuredClone(before)
    const problems: Problems = {}
    const { conditions } = given as { conditions?: Partial<View['conditions']> }
    const top = conditions ?? (given as Partial<View['conditions']>)
    if (given.title !== undefined) view.title = String(given.title)
    if (given.active !== undefined) view.active = given.active === true
    if (given.position !== undefined) view.position = Number(given.position)
    if (given.description !== undefined) view.description = given.description as string | null
    if (given.restriction !== undefined) view.restriction = given.restriction
    if (given.output) view.execution = given.output as Record<string, unknown>
    if (Array.isArray(top.all)) view.conditions = { all: top.all, any: Array.isArray(top.any) ? top.any : [] }
    if (view.title.trim() === '') addProblem(problems, 'title', 'Title: cannot be blank')
    const bounds = ['status', 'type', 'group_id', 'assignee_id', 'requester_id', 'custom_status_id']
    if (!view.conditions.all.some((one) => bounds.includes(one.field))) {
      addProblem(
        problems,
        'base',
        'Invalid conditions: a view needs a condition on status, type, group, assignee or requester',
      )
    }
    refuseIfAny(problems)
    view.updated_at = world.clock.now()
    return view
  }

  function present(view: View) {
    const { id, title, active, position, description, restriction, conditions, execution } = view
    return {
      ...{ url: `${world.url}/api/v2/views/${id}.json`, id, title, raw_title: title, active, position, description },
      execution: {
        group_by: null,
        sort_by: null,
        group_order: 'asc',
        sort_order: 'desc',
        columns: [],
        fields: [],
        custom_fields: [],
        ...execution,
      },
      ...{ conditions, restriction, default: false, watchable: true },
      ...{ created_at: iso(view.created_at), updated_at: iso(view.updated_at) },
    }
  }
}
