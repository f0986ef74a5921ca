import { type Request, type Response, Router } from 'express'
import { touchBySystem } from '../exports/touch.ts'
import { allow, callerOf } from '../http/allow.ts'
import { paginate } from '../http/paging.ts'
import { readId, readIds, readRoot } from '../http/parameters.ts'
import { addProblem, notFound, type Problems, refuseIfAny } from '../http/refused.ts'
import { sorted } from '../http/sorting.ts'
import type { Organization } from '../state/model.ts'
import { visibleTickets } from '../tickets/find.ts'
import { presentTicket } from '../tickets/present-ticket.ts'
import { pick } from '../tickets/sideloads.ts'
import { normaliseTags } from '../tickets/tags.ts'
import type { World } from '../world.ts'
import { presentOrganization, presentUser } from './present.ts'

/** Source: https://developer.zendesk.com/api-reference/ticketing/organizations/organizations/ */
export function organizationRoutes(world: World): Router {
  const router = Router()
  const read = allow(world, 'organizations')
  const write = allow(world, 'organizations', 'admin')

  router.get('/api/v2/organizations', read, (req, res) => {
    answer(req, res, sorted(req, all(), ['name', 'created_at', 'updated_at']))
  })

  router.get('/api/v2/organizations/count', read, (_req, res) => {
    const refreshed_at = new Date(world.clock.now()).toISOString()
    res.json({ count: { value: all().length, refreshed_at } })
  })

  router.get('/api/v2/organizations/show_many', read, (req, res) => {
    answer(req, res, pick(world.state.organizations, readIds(req)))
  })

  router.get(['/api/v2/organizations/search', '/api/v2/organizations/autocomplete'], read, (req, res) => {
    const { external_id, name } = req.query
    const wanted = String(external_id ?? name ?? '').toLowerCase()
    const rows = all().filter((one) =>
      external_id === undefined ? one.name.toLowerCase().startsWith(wanted) : one.external_id?.toLowerCase() === wanted,
    )
    answer(req, res, rows)
  })

  router.get('/api/v2/organizations/:id', read, (req, res) => {
    res.json({ organization: presentOrganization(world, find(req)) })
  })

  router.get('/api/v2/organizations/:id/users', read, (req, res) => {
    const { id } = find(req)
    const rows = Object.values(world.state.users).filter((user) => user.active && user.organization_id === id)
    const page = paginate(world, req, rows)
    res.json({ users: page.rows.map((user) => presentUser(world, user)), ...page.envelope })
  })

  router.get('/api/v2/organizations/:id/tickets', read, (req, res) => {
    const { id } = find(req)
    const rows = visibleTickets(world, callerOf(res).user).filter((ticket) => ticket.organization_id === id)
    const page = paginate(world, req, rows)
    res.json({ tickets: page.rows.map((ticket) => presentTicket(world, ticket)), ...page.envelope })
  })

  router.post('/api/v2/organizations', write, (req, res) => {
    const now = world.clock.now()
    const blank: Organization = {
      ...{ id: 0, name: '', external_id: null, details: '', notes: '', group_id: null, shared_tickets: false },
      ...{ domain_names: [], tags: [], organization_fields: {}, created_at: now, updated_at: now },
    }
    const changed = change(blank, readRoot(req, 'organization'))
    changed.id = world.nextId('organization')
    world.state.organizations[changed.id] = changed
    const shown = presentOrganization(world, changed)
    res.status(201).location(shown.url).json({ organization: shown })
  })

  router.put('/api/v2/organizations/:id', write, (req, res) => {
    const changed = change(find(req), readRoot(req, 'organization'))
    world.state.organizations[changed.id] = changed
    res.json({ organization: presentOrganization(world, changed) })
  })

  router.delete('/api/v2/organizations/:id', write, (req, res) => {
    const organization = find(req)
    const { id } = organization
    const now = world.clock.now()
    delete world.state.organizations[id]
    world.state.deleted_organizations ??= {}
    world.state.deleted_organizations[id] = { ...organization, updated_at: now, deleted_at: now }
    for (const user of Object.values(world.state.users)) if (user.organization_id === id) user.organization_id = null
    const tickets = Object.values(world.state.tickets).filter((ticket) => ticket.organization_id === id)
    for (const ticket of tickets) ticket.organization_id = null
    touchBySystem(
      world,
      tickets.map((ticket) => ticket.id),
    )
    res.status(204).end()
  })

  return router

  function all(): Organization[] {
    return Object.values(world.state.organizations)
  }

  function find(req: Request): Organization {
    const organization = world.state.organizations[readId(req, 'organizations')]
    if (!organization) throw notFound()
    return organization
  }

  /** A changed copy. @throws {Refused} 422 when the name is blank or taken, or a field has no such option */
  function change(before: Organization, given: Record<string, unknown>): Organization {
    const after = structuredClone(before)
    const problems: Problems = {}
    for (const key of ['name', 'details', 'notes'] as const) {
      if (given[key] !== undefined) after[key] = String(given[key] ?? '')
    }
    if (given.external_id !== undefined)
      after.external_id = given.external_id === null ? null : String(given.external_id)
    if (given.group_id !== undefined) after.group_id = given.group_id as number | null
    if (given.shared_tickets !== undefined) after.shared_tickets = given.shared_tickets === true
    if (Array.isArray(given.domain_names)) after.domain_names = given.domain_names.map(String)
    if (given.tags !== undefined) after.tags = normaliseTags(given.tags)
    for (const [key, value] of Object.entries((given.organization_fields ?? {}) as Record<string, unknown>)) {
      const field = Object.values(world.state.organization_fields).find((one) => one.key === key)
      // Unknown keys are passed over in silence.
      if (!field) continue
      const isUnknown = field.type === 'dropdown' && !field.custom_field_options.some((one) => one.value === value)
      if (value !== null && isUnknown) addProblem(problems, key, `${field.title}: is not valid`)
      after.organization_fields[key] = value
    }
    const name = after.name.trim().toLowerCase()
    if (name === '') addProblem(problems, 'name', { description: 'Name: cannot be blank', error: 'BlankValue' })
    else if (all().some((one) => one.id !== after.id && one.name.toLowerCase() === name)) {
      addProblem(problems, 'name', { description: 'Name: has already been taken', error: 'DuplicateValue' })
    }
    refuseIfAny(problems)
    after.updated_at = world.clock.now()
    return after
  }

  function answer(req: Request, res: Response, rows: Organization[]): void {
    const page = paginate(world, req, rows)
    res.json({ organizations: page.rows.map((one) => presentOrganization(world, one)), ...page.envelope })
  }
}
