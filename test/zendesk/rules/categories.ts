import type { State, TriggerCategory } from '../state/model.ts'
import type { World } from '../world.ts'

/** The category every account begins with, made when it is first needed; triggers without another go there. */
export function initialCategory(world: World): TriggerCategory {
  world.state.trigger_categories ??= {}
  const first = Object.values(world.state.trigger_categories)[0]
  return first ?? addCategory(world, 'Initial category', 1)
}

export function addCategory(world: World, name: string, position?: number): TriggerCategory {
  world.state.trigger_categories ??= {}
  const now = world.clock.now()
  const last = orderedCategories(world.state).at(-1)?.position ?? 0
  const category = {
    id: String(world.nextId('trigger_category')),
    name,
    position: position ?? last + 1,
    created_at: now,
    updated_at: now,
  }
  world.state.trigger_categories[category.id] = category
  return category
}

export function orderedCategories(state: State): TriggerCategory[] {
  return Object.values(state.trigger_categories ?? {}).sort((a, b) => a.position - b.position)
}

/** Where a category stands among the others; triggers of an earlier one run first. */
export function positionOf(state: State, categoryId: string): number {
  return state.trigger_categories?.[categoryId]?.position ?? 0
}
