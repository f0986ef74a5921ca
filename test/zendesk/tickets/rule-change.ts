import type { Via } from '../state/model.ts'
import type { UpdateInProgress, World } from '../world.ts'
import { applyChanges, type Draft } from './apply.ts'
import { changeEvents } from './audit-events.ts'
import type { TicketChanges } from './changes.ts'
import { applyNativeRules } from './native-rules.ts'

/**
 * A business rule's change of one field: the same side effects as a person's, and its events in the same audit under
 * the rule's `via`. What Zendesk would refuse a person, a rule leaves undone.
 *
 * @param field a column, or `custom_fields_<id>`
 * @returns whether anything changed
 */
export function changeByRule(world: World, update: UpdateInProgress, field: string, value: unknown, via: Via): boolean {
  const before = structuredClone(update.ticket)
  const draft: Draft = {
    ...{ world, ticket: structuredClone(before), before, actor: update.actor },
    ...{ named: new Set<string>(), problems: {}, undo: [] },
  }
  applyChanges(draft, readRuleChange(field, value))
  applyNativeRules(draft, { isEndUserComment: false })
  if (Object.keys(draft.problems).length > 0) return false
  const events = changeEvents(world, before, draft.ticket, via)
  if (events.length === 0) return false
  Object.assign(update.ticket, draft.ticket)
  update.audit.events.push(...events)
  return true
}

function readRuleChange(field: string, value: unknown): TicketChanges {
  const custom = /^(?:custom_fields_|ticket_fields_)?(\d+)$/.exec(field)
  if (custom) return { custom_fields: [{ id: Number(custom[1]), value }] }
  switch (field) {
    case 'set_tags':
      return { tags: value as string }
    case 'current_tags':
      return { additional_tags: value as string }
    case 'follower_ids':
      return { followers: [value].flat().map((id) => ({ user_id: Number(id), action: 'put' })) }
    default:
      return { [field]: value }
  }
}
