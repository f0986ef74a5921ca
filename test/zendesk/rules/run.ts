import type { State, Trigger, Via } from '../state/model.ts'
import type { UpdateInProgress, World } from '../world.ts'
import { runAction } from './actions.ts'
import { positionOf } from './categories.ts'
import { holds } from './conditions.ts'

/**
 * Runs the account's triggers on an update that is saved and not yet answered.
 *
 * In order of position; when one changes the ticket the walk begins again from the start; each runs at most once per
 * update. A ticket that was closed before the update is left alone; the update that closes it is not.
 */
export function runTriggers(world: World, update: UpdateInProgress): void {
  if (update.before?.status === 'closed') return
  const triggers = orderedTriggers(world.state).filter((trigger) => trigger.active)
  const ran = new Set<number>()
  for (let next = findNext(); next; next = findNext()) {
    // The walk goes on after one that changed nothing, which is the same as beginning again without it.
    ran.add(next.id)
    runActions(world, update, next)
  }

  function findNext(): Trigger | undefined {
    return triggers.find((trigger) => !ran.has(trigger.id) && holds(trigger.conditions, { world, update }))
  }
}

/** Triggers by category and position, the order they run and are listed in. */
export function orderedTriggers(state: State): Trigger[] {
  return Object.values(state.triggers).sort(
    (a, b) =>
      positionOf(state, a.category_id) - positionOf(state, b.category_id) || a.position - b.position || a.id - b.id,
  )
}

function runActions(world: World, update: UpdateInProgress, trigger: Trigger): void {
  const via: Via = {
    channel: 'rule',
    source: {
      from: { id: trigger.id, title: trigger.title, deleted: false, revision_id: trigger.revision },
      to: {},
      rel: 'trigger',
    },
  }
  for (const action of trigger.actions) runAction(world, update, action, via)
}
