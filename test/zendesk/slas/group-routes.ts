import { Router } from 'express'
import { notFound } from '../http/refused.ts'
import { iso } from '../http/times.ts'
import type { World } from '../world.ts'
import type { GroupSlaPolicy } from './policy.ts'
import { allowOnPlan } from './routes.ts'

const PATH = '/api/v2/group_slas/policies'

/** Only read: nothing here makes one but a saved account. Source: group SLA policies reference. */
export function groupSlaRoutes(world: World): Router {
  const router = Router()
  const admin = allowOnPlan(world, 'group_slas', ['enterprise'])

  router.get(PATH, admin, (_req, res) => {
    const rows = Object.values(world.state.group_sla_policies).sort((a, b) => a.position - b.position)
    const group_sla_policies = rows.map((policy) => present(world, policy))
    res.json({ group_sla_policies, next_page: null, previous_page: null, count: rows.length })
  })

  router.get(`${PATH}/:id`, admin, (req, res) => {
    const id = String(req.params.id)
    const policies = world.state.group_sla_policies
    const policy = Object.hasOwn(policies, id) ? policies[id] : undefined
    if (!policy) throw notFound()
    res.json({ group_sla_policy: present(world, policy) })
  })

  return router
}

function present(world: World, { created_at, updated_at, ...policy }: GroupSlaPolicy) {
  const url = `${world.url}${PATH}/${policy.id}.json`
  return { url, ...policy, created_at: iso(created_at), updated_at: iso(updated_at) }
}
