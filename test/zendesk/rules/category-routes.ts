import { json, Router } from 'express'
import { paginate } from '../http/paging.ts'
import { iso } from '../http/times.ts'
import { admit } from '../oauth/authenticate.ts'
import { recordInvalid, refuse } from '../oauth/refusals.ts'
import type { TriggerCategory } from '../state/model.ts'
import type { World } from '../world.ts'
import { addCategory, initialCategory, orderedCategories } from './categories.ts'

/** Trigger categories: groups of triggers that run one after the other. */
export function categoryRoutes(world: World): Router {
  const router = Router()

  router.get('/api/v2/trigger_categories{.json}', (req, res) => {
    if (!admit(world, req, res, { resource: 'triggers', access: 'read' })) return
    initialCategory(world)
    const { rows, envelope } = paginate(world, req, orderedCategories(world.state))
    res.json({ trigger_categories: rows.map(showCategory), ...envelope })
  })

  router.post('/api/v2/trigger_categories{.json}', json(), (req, res) => {
    if (!admit(world, req, res, { resource: 'triggers', access: 'write', role: 'admin' })) return
    initialCategory(world)
    const { name, position } = req.body?.trigger_category ?? {}
    if (typeof name !== 'string' || !name.trim()) return refuse(res, recordInvalid({ name: ['Name: cannot be blank'] }))
    const category = addCategory(world, name, Number.isInteger(position) ? position : undefined)
    res.status(201).json({ trigger_category: showCategory(category) })
  })

  return router
}

function showCategory(category: TriggerCategory) {
  return { ...category, created_at: iso(category.created_at), updated_at: iso(category.updated_at) }
}
