import { groupIdsOf } from '../people/roles.ts'
import { conditionHolds } from '../rules/conditions.ts'
import type { Audit, Condition, Ticket, User } from '../state/model.ts'
import type { UpdateInProgress, World } from '../world.ts'

/** Whether a ticket belongs in a view for this person: every `all` holds, and one `any` if there is any. */
export function meetsConditions(
  world: World,
  ticket: Ticket,
  conditions: { all: Condition[]; any: Condition[] },
  viewer: User,
): boolean {
  // Views share the triggers' grammar; a ticket at rest is one that nothing is changing.
  const audit = { events: [], metadata: { system: {}, custom: {} }, via: ticket.via } as unknown as Audit
  const update: UpdateInProgress = {
    ...{ ticket, before: ticket, audit, actor: viewer, comment: null, isCreate: false },
    change: () => false,
  }
  const { all, any } = conditions
  return all.every(isMet) && (any.length === 0 || any.some(isMet))

  function isMet(condition: Condition): boolean {
    if (condition.field === 'group_id' && condition.value === 'current_groups') {
      const isOwn = ticket.group_id !== null && groupIdsOf(world.state, viewer.id).includes(ticket.group_id)
      return isOwn === (condition.operator !== 'is_not')
    }
    return conditionHolds(condition, { world, update })
  }
}
