import { type Request, type Response, Router } from 'express'
import { allow } from '../http/allow.ts'
import { paginate } from '../http/paging.ts'
import { readId, readNames, readRoot } from '../http/parameters.ts'
import { notFound, refuseIfAny } from '../http/refused.ts'
import type { GroupMembership } from '../state/model.ts'
import { pick } from '../tickets/sideloads.ts'
import type { World } from '../world.ts'
import { unassignLeaver } from './leave-group.ts'
import { presentGroup, presentMembership, presentUser } from './present.ts'
import { isEndUser, isMember } from './roles.ts'

/** Source: https://developer.zendesk.com/api-reference/ticketing/groups/group_memberships/ */
export function membershipRoutes(world: World): Router {
  const router = Router()
  const read = allow(world, 'group_memberships')
  const write = allow(world, 'group_memberships', 'admin')

  router.get(['/api/v2/group_memberships', '/api/v2/group_memberships/assignable'], read, (req, res) => {
    answer(req, res, all())
  })

  router.get(['/api/v2/groups/:id/memberships', '/api/v2/groups/:id/memberships/assignable'], read, (req, res) => {
    const id = readId(req, 'group_memberships')
    if (!world.state.groups[id]) throw notFound()
    answer(
      req,
      res,
      all().filter((one) => one.group_id === id),
    )
  })

  router.get('/api/v2/users/:id/group_memberships', read, (req, res) => {
    const id = readId(req, 'group_memberships')
    if (!world.state.users[id]) throw notFound()
    answer(
      req,
      res,
      all().filter((one) => one.user_id === id),
    )
  })

  router.get('/api/v2/group_memberships/:id', read, (req, res) => {
    res.json({ group_membership: presentMembership(world, find(req)) })
  })

  router.post('/api/v2/group_memberships', write, (req, res) => {
    const given = readRoot(req, 'group_membership')
    const user = world.state.users[Number(given.user_id)]
    const group = world.state.groups[Number(given.group_id)]
    if (!user?.active || isEndUser(user)) refuseIfAny({ user_id: [{ description: 'User: must be an agent' }] })
    if (!group || group.deleted) refuseIfAny({ group_id: [{ description: 'Group: is invalid' }] })
    if (isMember(world.state, user!.id, group!.id)) {
      refuseIfAny({ user_id: [{ description: 'User has already been taken', error: 'DuplicateValue' }] })
    }
    const isFirst = !all().some((one) => one.user_id === user!.id)
    const membership: GroupMembership = {
      id: world.nextId('group_membership'),
      user_id: user!.id,
      group_id: group!.id,
      default: isFirst,
      created_at: world.clock.now(),
    }
    world.state.memberships[membership.id] = membership
    if (isFirst || given.default === true) makeDefault(membership)
    const shown = presentMembership(world, membership)
    res.status(201).location(shown.url).json({ group_membership: shown })
  })

  router.put('/api/v2/users/:user_id/group_memberships/:id/make_default', write, (req, res) => {
    const membership = find(req)
    makeDefault(membership)
    answer(
      req,
      res,
      all().filter((one) => one.user_id === membership.user_id),
    )
  })

  router.delete(
    ['/api/v2/group_memberships/:id', '/api/v2/users/:user_id/group_memberships/:id'],
    write,
    (req, res) => {
      const membership = find(req)
      delete world.state.memberships[membership.id]
      const next = all().find((one) => one.user_id === membership.user_id)
      if (membership.default && next) makeDefault(next)
      unassignLeaver(world, membership.user_id, membership.group_id)
      res.status(204).end()
    },
  )

  return router

  function all(): GroupMembership[] {
    return Object.values(world.state.memberships).filter((one) => !world.state.groups[one.group_id]?.deleted)
  }

  function find(req: Request): GroupMembership {
    const membership = world.state.memberships[readId(req, 'group_memberships')]
    if (!membership) throw notFound()
    return membership
  }

  function makeDefault(membership: GroupMembership): void {
    for (const one of all()) if (one.user_id === membership.user_id) one.default = one === membership
    const user = world.state.users[membership.user_id]
    if (user) user.default_group_id = membership.group_id
  }

  function answer(req: Request, res: Response, rows: GroupMembership[]): void {
    const page = paginate(world, req, rows)
    const include = readNames(req.query.include)
    const beside: Record<string, unknown> = {}
    if (include.has('users')) {
      const ids = page.rows.map((one) => one.user_id)
      beside.users = pick(world.state.users, ids).map((user) => presentUser(world, user))
    }
    if (include.has('groups')) {
      const ids = page.rows.map((one) => one.group_id)
      beside.groups = pick(world.state.groups, ids).map((group) => presentGroup(world, group))
    }
    res.json({ group_memberships: page.rows.map((one) => presentMembership(world, one)), ...beside, ...page.envelope })
  }
}
