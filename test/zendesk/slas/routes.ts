import { type Request, type RequestHandler, Router } from 'express'
import { allow } from '../http/allow.ts'
import { readId, readIds, readRoot } from '../http/parameters.ts'
import { notAllowed, notFound, refuseIfAny } from '../http/refused.ts'
import { iso } from '../http/times.ts'
import { asList } from '../rules/check-trigger.ts'
import type { State } from '../state/model.ts'
import type { World } from '../world.ts'
import { orderedPolicies } from './apply.ts'
import { readPolicy } from './check-policy.ts'
import { filterDefinitions } from './definitions.ts'
import type { SlaPolicy } from './policy.ts'

const PATH = '/api/v2/slas/policies'

/** Source: https://developer.zendesk.com/api-reference/ticketing/business-rules/sla_policies/ */
export function slaRoutes(world: World): Router {
  const router = Router()
  const { state } = world
  const admin = allowOnPlan(world, 'slas', ['growth', 'professional', 'enterprise'])

  router.get(PATH, admin, (_req, res) => {
    const sla_policies = orderedPolicies(world.state).map((policy) => presentPolicy(world, policy))
    res.json({ sla_policies, next_page: null, previous_page: null, count: sla_policies.length })
  })

  router.get(`${PATH}/definitions`, admin, (_req, res) => {
    res.json({ definitions: filterDefinitions(state) })
  })

  router.put(`${PATH}/reorder`, admin, (req, res) => {
    const ids = namedIds(req)
    if (ids.length === 0 || ids.some((id) => !state.sla_policies[id])) throw notFound()
    const rest = orderedPolicies(state).filter(({ id }) => !ids.includes(id))
    renumber([...ids.map((id) => state.sla_policies[id]!), ...rest])
    res.json('')
  })

  router.post(PATH, admin, (req, res) => {
    const input = readRoot(req, 'sla_policy')
    const { policy: read, problems } = readPolicy(state, input, null)
    refuseIfAny(problems)
    const now = world.clock.now()
    const id = world.nextId('sla_policy')
    const policy: SlaPolicy = { id, ...read, position: 0, created_at: now, updated_at: now }
    state.sla_policies[id] = policy
    place(policy, input.position)
    const shown = presentPolicy(world, policy)
    res.status(201).location(shown.url).json({ sla_policy: shown })
  })

  router.get(`${PATH}/:id`, admin, (req, res) => {
    res.json({ sla_policy: presentPolicy(world, existing(req)) })
  })

  router.put(`${PATH}/:id`, admin, (req, res) => {
    const policy = existing(req)
    const input = readRoot(req, 'sla_policy')
    const { policy: read, problems } = readPolicy(state, input, policy)
    refuseIfAny(problems)
    Object.assign(policy, read, { updated_at: world.clock.now() })
    if (input.position !== undefined) place(policy, input.position)
    res.json({ sla_policy: presentPolicy(world, policy) })
  })

  router.delete(`${PATH}/:id`, admin, (req, res) => {
    delete state.sla_policies[existing(req).id]
    res.status(204).end()
  })

  return router

  function existing(req: Request): SlaPolicy {
    const policy = state.sla_policies[readId(req, 'sla_policies/show')]
    if (!policy) throw notFound()
    return policy
  }

  /** Puts a policy where it was asked to be, else last; the others move on. */
  function place(policy: SlaPolicy, position: unknown): void {
    const others = orderedPolicies(state).filter(({ id }) => id !== policy.id)
    const index = Number.isInteger(position) ? Math.max(1, Number(position)) - 1 : others.length
    renumber(others.toSpliced(index, 0, policy))
  }
}

/** Lets admins on when the account's plan has the feature; one that was not bought answers 403. */
export function allowOnPlan(world: World, resource: string, plans: State['account']['plan'][]): RequestHandler {
  const allowed = allow(world, resource, 'admin')
  return (req, res, next) =>
    allowed(req, res, () => {
      if (!plans.includes(world.state.account.plan)) throw notAllowed()
      next()
    })
}

function renumber(policies: SlaPolicy[]): void {
  for (const [index, policy] of policies.entries()) policy.position = index + 1
}

/** In the query, as text or as a list; the older form has them in the body. */
function namedIds(req: Request): number[] {
  const { sla_policy_ids } = req.query
  if (Array.isArray(sla_policy_ids)) return sla_policy_ids.map(Number)
  return sla_policy_ids === undefined ? asList(req.body?.sla_policy_ids).map(Number) : readIds(req, 'sla_policy_ids')
}

function presentPolicy(world: World, policy: SlaPolicy) {
  const { id, title, description, position, filter, policy_metrics, created_at, updated_at } = policy
  return {
    ...{ url: `${world.url}${PATH}/${id}.json`, id, title, description, position, filter, policy_metrics },
    ...{ created_at: iso(created_at), updated_at: iso(updated_at) },
  }
}
