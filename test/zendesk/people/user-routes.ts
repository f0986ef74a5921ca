import { type Request, type Response, Router } from 'express'
import { allow, callerOf } from '../http/allow.ts'
import { paginate } from '../http/paging.ts'
import { readId, readIds, readNames, readRoot } from '../http/parameters.ts'
import { notFound } from '../http/refused.ts'
import { sorted } from '../http/sorting.ts'
import { authenticate } from '../oauth/authenticate.ts'
import { requireScope } from '../oauth/scopes.ts'
import type { User } from '../state/model.ts'
import { visibleTickets } from '../tickets/find.ts'
import { presentTicket } from '../tickets/present-ticket.ts'
import { pick } from '../tickets/sideloads.ts'
import type { World } from '../world.ts'
import { anonymousUser, presentGroup, presentOrganization, presentUser } from './present.ts'
import { groupIdsOf } from './roles.ts'
import { saveUser } from './save-user.ts'
import { findUsers } from './user-search.ts'

/** Source: https://developer.zendesk.com/api-reference/ticketing/users/users/ */
export function userRoutes(world: World): Router {
  const router = Router()
  const users = allow(world, 'users')

  /** Never a proof of identity: whoever is not recognised is answered with an anonymous user and 200. */
  router.get('/api/v2/users/me', (req, res) => {
    const caller = authenticate(world, req)
    const isKnown = typeof caller !== 'string' && requireScope(caller, 'users', 'read') === null
    res.json({ user: isKnown ? presentUser(world, caller.user) : anonymousUser(world) })
  })

  router.get('/api/v2/users', users, (req, res) => {
    const roles = readNames(req.query.role)
    const rows = activeUsers().filter((user) => roles.size === 0 || roles.has(user.role))
    answerUsers(req, res, sorted(req, rows, ['created_at', 'updated_at', 'name']))
  })

  router.get('/api/v2/users/count', users, (_req, res) => {
    const refreshed_at = new Date(world.clock.now()).toISOString()
    res.json({ count: { value: activeUsers().length, refreshed_at } })
  })

  router.get('/api/v2/users/show_many', users, (req, res) => {
    const rows = pick(world.state.users, readIds(req)).filter((user) => user.active)
    answerUsers(req, res, rows)
  })

  router.get(['/api/v2/users/search', '/api/v2/users/autocomplete'], users, (req, res) => {
    const { query, external_id, name } = req.query
    const rows =
      external_id === undefined
        ? findUsers(activeUsers(), String(query ?? name ?? ''))
        : activeUsers().filter((user) => user.external_id === external_id)
    answerUsers(req, res, rows)
  })

  router.get('/api/v2/users/:id', users, (req, res) => {
    const user = findUser(req, 'users/show')
    const include = readNames(req.query.include)
    const { state } = world
    const groups = pick(state.groups, groupIdsOf(state, user.id)).map((group) => presentGroup(world, group))
    const organizations = pick(state.organizations, [user.organization_id]).map((one) =>
      presentOrganization(world, one),
    )
    res.json({
      user: presentUser(world, user),
      ...(include.has('groups') ? { groups } : {}),
      ...(include.has('organizations') ? { organizations } : {}),
    })
  })

  router.post('/api/v2/users', users, (req, res) => {
    const user = saveUser(world, null, readRoot(req, 'user'), callerOf(res).user)
    const shown = presentUser(world, user)
    res.status(201).location(shown.url).json({ user: shown })
  })

  router.post('/api/v2/users/create_or_update', users, (req, res) => {
    const given = readRoot(req, 'user')
    const email = String(given.email ?? '').toLowerCase()
    const known = activeUsers().find(
      (user) => user.email?.toLowerCase() === email || (given.external_id && user.external_id === given.external_id),
    )
    const user = saveUser(world, known ?? null, given, callerOf(res).user)
    const shown = presentUser(world, user)
    res
      .status(known ? 200 : 201)
      .location(shown.url)
      .json({ user: shown })
  })

  router.put('/api/v2/users/:id', users, (req, res) => {
    const user = saveUser(world, findUser(req, 'users/update'), readRoot(req, 'user'), callerOf(res).user)
    res.json({ user: presentUser(world, user) })
  })

  router.get('/api/v2/users/:id/groups', users, (req, res) => {
    const page = paginate(world, req, pick(world.state.groups, groupIdsOf(world.state, findUser(req, 'groups').id)))
    res.json({ groups: page.rows.map((group) => presentGroup(world, group)), ...page.envelope })
  })

  router.get('/api/v2/users/:id/organizations', users, (req, res) => {
    const rows = pick(world.state.organizations, [findUser(req, 'organizations').organization_id])
    const page = paginate(world, req, rows)
    res.json({ organizations: page.rows.map((one) => presentOrganization(world, one)), ...page.envelope })
  })

  router.get('/api/v2/users/:id/tickets/:relation', allow(world, 'tickets'), (req, res) => {
    const user = findUser(req, 'tickets/requested')
    const column = { requested: 'requester_id', assigned: 'assignee_id' }[String(req.params.relation)]
    if (!column) throw notFound()
    const rows = visibleTickets(world, callerOf(res).user).filter((one) => one[column as 'requester_id'] === user.id)
    const page = paginate(world, req, rows)
    res.json({ tickets: page.rows.map((ticket) => presentTicket(world, ticket)), ...page.envelope })
  })

  return router

  function activeUsers(): User[] {
    return Object.values(world.state.users).filter((user) => user.active)
  }

  function findUser(req: Request, endpoint: string): User {
    const user = world.state.users[readId(req, endpoint)]
    if (!user) throw notFound()
    return user
  }

  function answerUsers(req: Request, res: Response, rows: User[]): void {
    const page = paginate(world, req, rows)
    res.json({ users: page.rows.map((user) => presentUser(world, user)), ...page.envelope })
  }
}
