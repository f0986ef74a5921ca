import { json, type Request, Router } from 'express'
import { paginate } from '../http/paging.ts'
import { iso } from '../http/times.ts'
import { admit } from '../oauth/authenticate.ts'
import { recordInvalid, recordNotFound, refuse } from '../oauth/refusals.ts'
import type { Trigger } from '../state/model.ts'
import type { World } from '../world.ts'
import { initialCategory } from './categories.ts'
import { categoryRoutes } from './category-routes.ts'
import { asList, readConditions, type TriggerInput, triggerProblems } from './check-trigger.ts'
import { triggerDefinitions } from './definitions.ts'
import { orderedTriggers } from './run.ts'

/** Triggers and their categories; agents may read, admins write. Source: developer.zendesk.com, "Triggers". */
export function triggerRoutes(world: World): Router {
  const router = Router()
  const reading = { resource: 'triggers', access: 'read' } as const
  const writing = { resource: 'triggers', access: 'write', role: 'admin' } as const
  const body = json({ limit: '2mb' })

  router.get(['/api/v2/triggers{.json}', '/api/v2/triggers/active{.json}'], (req, res) => {
    if (!admit(world, req, res, reading)) return
    const onlyActive = /\/active(\.json)?$/.test(req.path) || req.query.active === 'true'
    list(req, res, (trigger) => {
      if (onlyActive && !trigger.active) return false
      if (req.query.active === 'false' && trigger.active) return false
      return req.query.category_id === undefined || trigger.category_id === req.query.category_id
    })
  })

  router.get('/api/v2/triggers/search{.json}', (req, res) => {
    if (!admit(world, req, res, reading)) return
    const query = String(req.query.query ?? '').toLowerCase()
    list(req, res, (trigger) => trigger.title.toLowerCase().includes(query))
  })

  router.get('/api/v2/triggers/definitions{.json}', (req, res) => {
    if (!admit(world, req, res, reading)) return
    res.json({ definitions: triggerDefinitions(world.state) })
  })

  router.put('/api/v2/triggers/reorder{.json}', body, (req, res) => {
    if (!admit(world, req, res, writing)) return
    const ids = asList(req.body?.trigger_ids).map(Number)
    if (ids.length === 0 || ids.some((id) => !world.state.triggers[id])) return refuse(res, recordNotFound)
    const rest = orderedTriggers(world.state).filter((trigger) => !ids.includes(trigger.id))
    const inOrder = [...ids.map((id) => world.state.triggers[id]!), ...rest]
    inOrder.forEach((trigger, index) => {
      trigger.position = index + 1
    })
    res.json({ triggers: inOrder.map((trigger) => showTrigger(world, trigger)), count: inOrder.length })
  })

  router.delete('/api/v2/triggers/destroy_many{.json}', (req, res) => {
    if (!admit(world, req, res, writing)) return
    const ids = String(req.query.ids ?? '')
      .split(',')
      .filter(Boolean)
    if (ids.length === 0 || ids.some((id) => !world.state.triggers[Number(id)])) return refuse(res, recordNotFound)
    for (const id of ids) delete world.state.triggers[Number(id)]
    res.status(204).end()
  })

  router.post('/api/v2/triggers{.json}', body, (req, res) => {
    if (!admit(world, req, res, writing)) return
    const input: TriggerInput = req.body?.trigger ?? {}
    const now = world.clock.now()
    const trigger: Trigger = {
      id: 0,
      title: '',
      description: null,
      active: true,
      default: false,
      position: lastPosition() + 1,
      category_id: initialCategory(world).id,
      conditions: { all: [], any: [] },
      actions: [],
      revision: 1,
      created_at: now,
      updated_at: now,
    }
    const wanted = merge(trigger, input)
    const problems = triggerProblems(world.state, wanted)
    if (Object.keys(problems).length > 0) return refuse(res, recordInvalid(problems))
    const saved = { ...wanted, id: world.nextId('trigger') }
    world.state.triggers[saved.id] = saved
    const shown = showTrigger(world, saved)
    res.status(201).location(shown.url).json({ trigger: shown })
  })

  router.get('/api/v2/triggers/:id{.json}', (req, res) => {
    if (!admit(world, req, res, reading)) return
    const trigger = world.state.triggers[Number(req.params.id)]
    if (!trigger) return refuse(res, recordNotFound)
    res.json({ trigger: showTrigger(world, trigger) })
  })

  router.put('/api/v2/triggers/:id{.json}', body, (req, res) => {
    if (!admit(world, req, res, writing)) return
    const trigger = world.state.triggers[Number(req.params.id)]
    if (!trigger) return refuse(res, recordNotFound)
    const wanted = merge(trigger, req.body?.trigger ?? {})
    const problems = triggerProblems(world.state, wanted)
    if (Object.keys(problems).length > 0) return refuse(res, recordInvalid(problems))
    const saved = { ...wanted, revision: trigger.revision + 1, updated_at: world.clock.now() }
    world.state.triggers[trigger.id] = saved
    res.json({ trigger: showTrigger(world, saved) })
  })

  router.delete('/api/v2/triggers/:id{.json}', (req, res) => {
    if (!admit(world, req, res, writing)) return
    if (!world.state.triggers[Number(req.params.id)]) return refuse(res, recordNotFound)
    delete world.state.triggers[Number(req.params.id)]
    res.status(204).end()
  })

  router.use(categoryRoutes(world))
  return router

  function list(req: Request, res: Parameters<typeof refuse>[0], keep: (trigger: Trigger) => boolean): void {
    const kept = orderedTriggers(world.state).filter(keep)
    const sorted = typeof req.query.sort_by === 'string' ? sortBy(kept, req.query.sort_by) : kept
    if (req.query.sort_order === 'desc') sorted.reverse()
    const { rows, envelope } = paginate(world, req, sorted)
    res.json({ triggers: rows.map((trigger) => showTrigger(world, trigger)), ...envelope })
  }

  function lastPosition(): number {
    return Math.max(0, ...Object.values(world.state.triggers).map((trigger) => trigger.position))
  }
}

/** The trigger as the request would have it: arrays are replaced whole, unknown keys ignored. */
function merge(trigger: Trigger, input: TriggerInput): Trigger {
  return {
    ...trigger,
    title: input.title === undefined ? trigger.title : (input.title as string),
    description: input.description === undefined ? trigger.description : (input.description as string | null),
    active: input.active === undefined ? trigger.active : input.active === true || input.active === 'true',
    position: Number.isInteger(input.position) ? (input.position as number) : trigger.position,
    category_id: input.category_id === undefined ? trigger.category_id : String(input.category_id),
    conditions: readConditions(input) ?? trigger.conditions,
    actions: input.actions === undefined ? trigger.actions : (asList(input.actions) as Trigger['actions']),
  }
}

function sortBy(triggers: Trigger[], key: string): Trigger[] {
  if (key === 'alphabetical') return triggers.sort((a, b) => a.title.localeCompare(b.title))
  if (key === 'created_at' || key === 'updated_at') return triggers.sort((a, b) => a[key] - b[key])
  return triggers
}

/** A trigger as Zendesk answers it: always with `conditions`, terminal operators with a null value. */
function showTrigger(world: World, trigger: Trigger) {
  return {
    url: `${world.url}/api/v2/triggers/${trigger.id}.json`,
    id: trigger.id,
    title: trigger.title,
    raw_title: trigger.title,
    description: trigger.description,
    active: trigger.active,
    default: trigger.default,
    position: trigger.position,
    category_id: trigger.category_id,
    conditions: trigger.conditions,
    actions: trigger.actions,
    created_at: iso(trigger.created_at),
    updated_at: iso(trigger.updated_at),
  }
}
