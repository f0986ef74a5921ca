import { type Request, Router } from 'express'
import { allow } from '../http/allow.ts'
import { paginate } from '../http/paging.ts'
import { readId, readRoot } from '../http/parameters.ts'
import { addProblem, notFound, type Problems, refuseIfAny } from '../http/refused.ts'
import { sorted } from '../http/sorting.ts'
import type { Group } from '../state/model.ts'
import { pick } from '../tickets/sideloads.ts'
import type { World } from '../world.ts'
import { leaveGroup } from './leave-group.ts'
import { presentGroup, presentUser } from './present.ts'

/** Source: https://developer.zendesk.com/api-reference/ticketing/groups/groups/ */
export function groupRoutes(world: World): Router {
  const router = Router()
  const read = allow(world, 'groups')
  const write = allow(world, 'groups', 'admin')

  router.get(['/api/v2/groups', '/api/v2/groups/assignable'], read, (req, res) => {
    const page = paginate(world, req, sorted(req, liveGroups(), ['name', 'created_at', 'updated_at']))
    res.json({ groups: page.rows.map((group) => presentGroup(world, group)), ...page.envelope })
  })

  router.get('/api/v2/groups/count', read, (_req, res) => {
    const refreshed_at = new Date(world.clock.now()).toISOString()
    res.json({ count: { value: liveGroups().length, refreshed_at } })
  })

  router.get('/api/v2/groups/:id', read, (req, res) => {
    res.json({ group: presentGroup(world, findGroup(req, 'groups/show')) })
  })

  router.get('/api/v2/groups/:id/users', read, (req, res) => {
    const { id } = findGroup(req, 'groups/users')
    const memberships = Object.values(world.state.memberships).filter((one) => one.group_id === id)
    const users = pick(
      world.state.users,
      memberships.map((one) => one.user_id),
    )
    const page = paginate(
      world,
      req,
      users.filter((user) => user.active),
    )
    res.json({ users: page.rows.map((user) => presentUser(world, user)), ...page.envelope })
  })

  router.post('/api/v2/groups', write, (req, res) => {
    const given = readRoot(req, 'group')
    checkName(given.name, null)
    const now = world.clock.now()
    const group: Group = {
      id: world.nextId('group'),
      name: String(given.name),
      description: String(given.description ?? ''),
      default: liveGroups().length === 0,
      deleted: false,
      is_public: given.is_public !== false,
      created_at: now,
      updated_at: now,
    }
    world.state.groups[group.id] = group
    const shown = presentGroup(world, group)
    res.status(201).location(shown.url).json({ group: shown })
  })

  router.put('/api/v2/groups/:id', write, (req, res) => {
    const group = findGroup(req, 'groups/update')
    const given = readRoot(req, 'group')
    if (given.name !== undefined) {
      checkName(given.name, group)
      group.name = String(given.name)
    }
    if (given.description !== undefined) group.description = String(given.description)
    // A private group stays private.
    if (given.is_public === false) group.is_public = false
    group.updated_at = world.clock.now()
    res.json({ group: presentGroup(world, group) })
  })

  router.delete('/api/v2/groups/:id', write, (req, res) => {
    const group = findGroup(req, 'groups/destroy')
    if (group.default) refuseIfAny({ base: [{ description: 'Group: the default group cannot be deleted' }] })
    for (const membership of Object.values(world.state.memberships)) {
      if (membership.group_id === group.id) delete world.state.memberships[membership.id]
    }
    group.deleted = true
    group.updated_at = world.clock.now()
    leaveGroup(world, group.id)
    res.status(204).end()
  })

  return router

  function liveGroups(): Group[] {
    return Object.values(world.state.groups).filter((group) => !group.deleted)
  }

  function findGroup(req: Request, endpoint: string): Group {
    const group = world.state.groups[readId(req, endpoint)]
    if (!group || group.deleted) throw notFound()
    return group
  }

  function checkName(name: unknown, own: Group | null): void {
    const problems: Problems = {}
    const text = String(name ?? '').trim()
    if (text === '') addProblem(problems, 'name', { description: 'Name: cannot be blank', error: 'BlankValue' })
    else if (liveGroups().some((group) => group !== own && group.name.toLowerCase() === text.toLowerCase())) {
      addProblem(problems, 'name', { description: 'Name: has already been taken', error: 'DuplicateValue' })
    }
    refuseIfAny(problems)
  }
}
