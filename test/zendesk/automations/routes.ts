import { type Request, type Response, Router } from 'express'
import { allow } from '../http/allow.ts'
import { paginate } from '../http/paging.ts'
import { readId, readIds, readRoot } from '../http/parameters.ts'
import { notFound, refuseIfAny } from '../http/refused.ts'
import { iso } from '../http/times.ts'
import { asList } from '../rules/check-trigger.ts'
import type { World } from '../world.ts'
import { type Automation, orderedAutomations } from './automation.ts'
import { automationProblems, merge } from './check-automation.ts'

const PATH = '/api/v2/automations'

/** Agents may read, admins write. Source: https://developer.zendesk.com/api-reference/ticketing/business-rules/automations/ */
export function automationRoutes(world: World): Router {
  const router = Router()
  const { state } = world
  const reading = allow(world, 'automations')
  const writing = allow(world, 'automations', 'admin')

  router.get([PATH, `${PATH}/active`], reading, (req, res) => {
    const onlyActive = req.path.endsWith('/active') || req.query.active === 'true'
    const isWanted = ({ active }: Automation) => (onlyActive ? active : req.query.active !== 'false' || !active)
    answer(req, res, orderedAutomations(state).filter(isWanted))
  })

  router.get(`${PATH}/search`, reading, (req, res) => {
    const query = String(req.query.query ?? '').toLowerCase()
    answer(
      req,
      res,
      orderedAutomations(state).filter(({ title }) => title.toLowerCase().includes(query)),
    )
  })

  router.delete(`${PATH}/destroy_many`, writing, (req, res) => {
    const ids = readIds(req)
    if (ids.length === 0 || ids.some((id) => !state.automations[id])) throw notFound()
    for (const id of ids) delete state.automations[id]
    res.status(204).end()
  })

  router.put(`${PATH}/update_many`, writing, (req, res) => {
    const changes = asList(req.body?.automations) as { id?: unknown; active?: unknown; position?: unknown }[]
    const wanted = changes.map(({ id, active, position }) => merge(named(Number(id)), { active, position }))
    for (const automation of wanted) save(automation)
    const automations = wanted.map((automation) => present(world, automation))
    res.json({ automations, count: automations.length, next_page: null, previous_page: null })
  })

  router.post(PATH, writing, (req, res) => {
    const now = world.clock.now()
    const position = Math.max(0, ...Object.values(state.automations).map((one) => one.position)) + 1
    const blank: Automation = {
      ...{ id: 0, title: '', active: true, default: false, position, conditions: { all: [], any: [] }, actions: [] },
      ...{ revision: 0, created_at: now, updated_at: now },
    }
    const wanted = merge(blank, readRoot(req, 'automation'))
    refuseIfAny(automationProblems(state, wanted))
    const shown = present(world, save({ ...wanted, id: world.nextId('automation') }))
    res.status(201).location(shown.url).json({ automation: shown })
  })

  router.get(`${PATH}/:id`, reading, (req, res) => {
    res.json({ automation: present(world, existing(req)) })
  })

  router.put(`${PATH}/:id`, writing, (req, res) => {
    const wanted = merge(existing(req), readRoot(req, 'automation'))
    refuseIfAny(automationProblems(state, wanted))
    res.json({ automation: present(world, save(wanted)) })
  })

  router.delete(`${PATH}/:id`, writing, (req, res) => {
    delete state.automations[existing(req).id]
    res.status(204).end()
  })

  return router

  function answer(req: Request, res: Response, automations: Automation[]): void {
    const { rows, envelope } = paginate(world, req, automations)
    res.json({ automations: rows.map((automation) => present(world, automation)), ...envelope })
  }

  function existing(req: Request): Automation {
    return named(readId(req, 'automations/show'))
  }

  function named(id: number): Automation {
    const automation = state.automations[id]
    if (!automation) throw notFound()
    return automation
  }

  function save(automation: Automation): Automation {
    const saved = { ...automation, revision: automation.revision + 1, updated_at: world.clock.now() }
    state.automations[saved.id] = saved
    return saved
  }
}

function present(world: World, { created_at, updated_at, revision: _, title, ...automation }: Automation) {
  return {
    ...{ url: `${world.url}${PATH}/${automation.id}.json`, ...automation, title, raw_title: title },
    ...{ created_at: iso(created_at), updated_at: iso(updated_at) },
  }
}
