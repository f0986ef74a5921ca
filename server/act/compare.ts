import type { Difference } from '../../core/escalation/facts.ts'
import type { Group } from '../zendesk/people.ts'
import type { Ticket } from '../zendesk/ticket.ts'
import type { Asked } from './changes.ts'

/**
 * What Zendesk returned where it is not what was asked: a trigger, an omnichannel queue or a restricted group had
 * another idea.
 */
export function compare(asked: Asked, returned: Ticket, groups: readonly Group[]): Difference[] {
  const differences: Difference[] = []
  const differs = (field: string, wanted: string, got: string) => {
    if (wanted !== got) differences.push({ field, asked: wanted, returned: got })
  }
  if (asked.group) {
    const got = groups.find(({ id }) => id === returned.groupId)?.name ?? String(returned.groupId ?? 'none')
    // Two groups may share a name; the id decides.
    if (returned.groupId !== asked.group.id) {
      differs('group', asked.group.name, got === asked.group.name ? String(returned.groupId) : got)
    }
  }
  if (asked.assignee !== 'keep') differs('assignee', personWith(asked.assignee), personWith(returned.assigneeId))
  if (asked.priority !== null) differs('priority', asked.priority, returned.priority ?? 'none')
  for (const { key, id, value } of asked.fields) differs(key, String(value), String(returned.fields[id] ?? 'none'))
  for (const tag of asked.addTags) if (!returned.tags.includes(tag)) differs('tags', `with ${tag}`, `without ${tag}`)
  for (const tag of asked.removeTags) if (returned.tags.includes(tag)) differs('tags', `without ${tag}`, `with ${tag}`)
  return differences
}

function personWith(id: number | null): string {
  return id === null ? 'nobody' : String(id)
}
