import { Router } from 'express'
import { allow } from '../http/allow.ts'
import { paginate } from '../http/paging.ts'
import { readId, readRoot } from '../http/parameters.ts'
import { addProblem, notFound, type Problems, refuseIfAny } from '../http/refused.ts'
import type { World } from '../world.ts'
import { HELP_CENTER } from './gate.ts'
import type { Category, Place, Section } from './model.ts'
import { presentPlace } from './present.ts'

/** Categories and their sections. Source: https://developer.zendesk.com/api-reference/help_center/help-center-api/sections/ */
export function placeRoutes(world: World): Router {
  const router = Router()
  const { help_center: center } = world.state
  const [agents, managers] = [allow(world, 'hc'), allow(world, 'hc', 'admin')]
  const both = (path: string) => [`${HELP_CENTER}/${path}`, `${HELP_CENTER}/:locale/${path}`]

  for (const kind of ['categories', 'sections'] as const) {
    const one = kind === 'sections' ? 'section' : 'category'
    router.get(both(kind), agents, (req, res) => {
      const { rows, envelope } = paginate(world, req, Object.values<Section | Category>(center[kind]))
      res.json({ [kind]: rows.map((place) => presentPlace(world, kind, place)), ...envelope })
    })
    router.get(both(`${kind}/:id`), agents, (req, res) => {
      const place = center[kind][readId(req, `${kind}/show`)]
      if (!place) throw notFound()
      res.json({ [one]: presentPlace(world, kind, place) })
    })
  }

  router.get(both('categories/:id/sections'), agents, (req, res) => {
    const id = readId(req, 'sections/index')
    if (!center.categories[id]) throw notFound()
    const rows = Object.values(center.sections).filter(({ category_id }) => category_id === id)
    const { rows: page, envelope } = paginate(world, req, rows)
    res.json({ sections: page.map((place) => presentPlace(world, 'sections', place)), ...envelope })
  })

  router.post(both('categories'), managers, (req, res) => {
    const category = addCategory(world, named(readRoot(req, 'category')))
    res.status(201).json({ category: presentPlace(world, 'categories', category) })
  })

  router.post(both('categories/:id/sections'), managers, (req, res) => {
    const id = readId(req, 'sections/create')
    if (!center.categories[id]) throw notFound()
    const section = addSection(world, id, named(readRoot(req, 'section')))
    res.status(201).json({ section: presentPlace(world, 'sections', section) })
  })

  return router
}

export function addCategory(world: World, { name, description = '' }: NewPlace): Category {
  const category = { id: world.nextId('category'), ...placed(world, name, description) }
  world.state.help_center.categories[category.id] = category
  return category
}

export function addSection(world: World, category_id: number, { name, description = '' }: NewPlace): Section {
  const place = placed(world, name, description)
  const section = { id: world.nextId('section'), ...place, category_id, parent_section_id: null }
  world.state.help_center.sections[section.id] = section
  return section
}

type NewPlace = { name: string; description?: string }

function placed(world: World, name: string, description: string): Omit<Place, 'id'> {
  const at = world.clock.now()
  const { default_locale: locale } = world.state.help_center
  return { name, description, locale, position: 0, created_at: at, updated_at: at }
}

function named({ name, description }: Record<string, unknown>): NewPlace {
  const problems: Problems = {}
  if (typeof name !== 'string' || name.trim() === '') addProblem(problems, 'name', "Name can't be blank")
  refuseIfAny(problems)
  return { name: String(name), description: typeof description === 'string' ? description : '' }
}
