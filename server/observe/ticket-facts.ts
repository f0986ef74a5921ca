import type { TicketFact } from '../../core/escalation/facts.ts'
import { type Audit, asId, asTags } from '../zendesk/audit.ts'

type Change = TicketFact['change']

/** Zendesk puts this tag on a ticket that was merged into another. Source: api.md 3.5 */
const MERGED_TAG = 'closed_by_merge'

/** How an update changed what matters to an escalation: only where each field ended up. */
export function changesOf(audit: Audit): Change[] {
  const last = new Map(audit.changes.filter(({ isCreate }) => !isCreate).map((change) => [change.field, change]))
  const [status, group, tags] = [last.get('status'), last.get('group_id'), last.get('tags')]
  const isMerged = asTags(tags?.value).includes(MERGED_TAG) && !asTags(tags?.previous).includes(MERGED_TAG)
  const found: Change[] = []
  if (group) found.push({ what: 'group', to: asId(group.value) })
  if (isMerged) found.push({ what: 'merged' })
  else if (status) found.push({ what: 'status', to: String(status.value) })
  return found
}
