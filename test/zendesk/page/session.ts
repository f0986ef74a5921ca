import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { isSameOrigin, SESSION_COOKIE, sessionUserId } from '../oauth/authenticate.ts'
import type { User } from '../state/model.ts'
import type { World } from '../world.ts'

/**
 * Who acts in this browser.
 *
 * GET answers the account, the person (null when nobody is chosen yet) and everyone there is to choose from.
 * POST `{user_id}` changes the person. End users are listed, so that it is plain why they can't be chosen.
 */
export function sessionRoutes(world: World): Router {
  const router = Router()

  router.get('/agent/session', (req, res) => {
    const person = sessionUser(world, req)
    res.json({
      account: { subdomain: world.state.account.subdomain, plan: world.state.account.plan },
      user_id: person?.id ?? null,
      people: Object.values(world.state.users)
        .filter((user) => user.active && (isTeamMember(user) || user.role === 'end-user'))
        .map((user) => personRow(world, user)),
    })
  })

  router.post('/agent/session', (req, res) => {
    if (!isSameOrigin(req)) return refuse(res, 403, 'Only the agent page itself chooses who acts.')
    const wanted = z.object({ user_id: z.int() }).safeParse(req.body)
    if (!wanted.success) return refuse(res, 422, 'Send {"user_id": <id of an agent>}.')
    const user = world.state.users[wanted.data.user_id]
    if (!user?.active || user.suspended) return refuse(res, 404, 'There is no active user with this id.')
    if (!isTeamMember(user)) return refuse(res, 403, 'End users have no agent workspace. Choose an agent or an admin.')
    res.cookie(SESSION_COOKIE, String(user.id), { httpOnly: true, sameSite: 'lax', path: '/' })
    res.json({ user_id: user.id })
  })

  return router
}

/** The person of the request's session cookie; null when there is none, or they may not work here any more. */
export function sessionUser(world: World, req: Request): User | null {
  const user = world.state.users[sessionUserId(req) ?? 0]
  return user?.active && !user.suspended && isTeamMember(user) ? user : null
}

function isTeamMember(user: User): boolean {
  return user.role === 'agent' || user.role === 'admin'
}

function personRow(world: World, user: User) {
  const groupIds = Object.values(world.state.memberships)
    .filter((membership) => membership.user_id === user.id)
    .map((membership) => membership.group_id)
  return {
    id: user.id,
    name: user.name,
    role: user.role,
    is_light: user.role_type === 1,
    groups: groupIds.flatMap((id) => world.state.groups[id]?.name ?? []),
  }
}

function refuse(res: Response, status: number, description: string): void {
  res.status(status).json({ error: 'bad-session', description })
}
