import { Router } from 'express'
import { allow } from '../http/allow.ts'
import { paginate } from '../http/paging.ts'
import { readId, readRoot } from '../http/parameters.ts'
import { addProblem, notFound, type Problems, refuseIfAny } from '../http/refused.ts'
import type { World } from '../world.ts'
import { HELP_CENTER } from './gate.ts'
import type { UserSegment } from './model.ts'
import { presentDated } from './present.ts'

const SEGMENTS = `${HELP_CENTER}/user_segments`

/** Who may read, and who may edit: for managers of the Help Center. */
export function segmentRoutes(world: World): Router {
  const router = Router()
  const { help_center: center } = world.state
  const managers = allow(world, 'hc', 'admin')

  router.get([SEGMENTS, `${SEGMENTS}/applicable`], managers, (req, res) => {
    const rows = Object.values(center.user_segments).filter(
      ({ built_in }) => req.query.built_in === undefined || String(built_in) === req.query.built_in,
    )
    const { rows: page, envelope } = paginate(world, req, rows)
    res.json({ user_segments: page.map(presentDated), ...envelope })
  })

  router.post(SEGMENTS, managers, (req, res) => {
    const { name, user_type, group_ids = [], tags = [] } = readRoot(req, 'user_segment')
    const problems: Problems = {}
    if (typeof name !== 'string' || name.trim() === '') addProblem(problems, 'name', "Name can't be blank")
    if (user_type !== 'staff' && user_type !== 'signed_in_users') addProblem(problems, 'user_type', 'is invalid')
    refuseIfAny(problems)
    const at = world.clock.now()
    const segment: UserSegment = {
      ...{ id: world.nextId('user_segment'), name: String(name), user_type: user_type as UserSegment['user_type'] },
      ...{ group_ids: group_ids as number[], tags: tags as string[], organization_ids: [], or_tags: [] },
      ...{ added_user_ids: [], built_in: false, created_at: at, updated_at: at },
    }
    center.user_segments[segment.id] = segment
    res.status(201).json({ user_segment: presentDated(segment) })
  })

  router.get(`${SEGMENTS}/:id`, managers, (req, res) => {
    const segment = center.user_segments[readId(req, 'user_segments/show')]
    if (!segment) throw notFound()
    res.json({ user_segment: presentDated(segment) })
  })

  router.get('/api/v2/guide/permission_groups', managers, (req, res) => {
    const { rows, envelope } = paginate(world, req, Object.values(center.permission_groups))
    res.json({ permission_groups: rows.map(presentDated), ...envelope })
  })

  return router
}
