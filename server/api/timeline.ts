import type { TimelineEntry } from '../../core/contract/api.ts'
import type { EscalationEvent } from '../../core/escalation/events.ts'
import { isOfLife, tellOfLife } from '../../core/escalation/life-sentences.ts'
import { fieldName } from '../../core/escalation/shortfall.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { findNotices } from '../notify/list-notices.ts'
import { type NoticeEntry, tellOfNotices } from './timeline-of-notices.ts'
import { tellOfTime } from './timeline-of-time.ts'

/** The last things that happened on a ticket, and what people were told of them, oldest first, in words. */
export async function readTimeline(tx: AccountTransaction, ticketId: number, most = 100): Promise<TimelineEntry[]> {
  const rows = await tx
    .selectFrom('event')
    .select(['kind', 'at', 'by_id', 'by_name', 'escalation_id', 'audit_id', 'data'])
    .where('ticket_id', '=', ticketId)
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  const events = rows.toReversed().map((row) => {
    const by = row.by_id === null ? null : { id: row.by_id, name: row.by_name ?? '' }
    const common = { at: row.at, escalationId: row.escalation_id, by, auditId: row.audit_id }
    const event = { ...common, kind: row.kind, ...(row.data as object) } as EscalationEvent
    return { at: new Date(row.at).toISOString(), kind: row.kind, by, text: tell(event) }
  })
  const notices = tellOfNotices((await findNotices(tx, { ticketId, most })).toReversed())
  return merge(events, notices).slice(-most)
}

/** Events keep the order in which they became known; a notice comes after the last of them that had happened by then. */
function merge(events: readonly TimelineEntry[], notices: readonly NoticeEntry[]): TimelineEntry[] {
  const after = Map.groupBy(notices, (notice) => events.findLastIndex((event) => Date.parse(event.at) <= notice.at))
  const entriesAfter = (index: number) => (after.get(index) ?? []).map(({ entry }) => entry)
  return [...entriesAfter(-1), ...events.flatMap((event, index) => [event, ...entriesAfter(index)])]
}

function tell(event: EscalationEvent): string {
  switch (event.kind) {
    case 'requested':
      return `Escalated to tier ${event.tier}, queue ${event.queue}: ${event.reasons.slice(0, 3).join('; ')}`
    case 'amended': {
      const owed = event.owed.map(fieldName).join(', ')
      return `Note completed to ${event.score} of 100${owed ? `; still missing: ${owed}` : ''}`
    }
    case 'refused':
      return event.detail
    case 'routed': {
      const differences = event.differences.map((one) => `${one.field}: asked ${one.asked}, got ${one.returned}`)
      const place = event.group === null ? 'Ticket updated' : `Ticket moved to ${event.group}`
      return differences.length === 0 ? place : `${place}, but Zendesk answered otherwise: ${differences.join('; ')}`
    }
    case 'routing-refused':
    case 'routing-failed':
      return event.detail
    case 'routing-delayed':
      return `${event.detail} (try ${event.attempts})`
    case 'comment-was-public':
      return 'Zendesk stored Baton’s comment as public; Baton made it private at once'
    case 'moved':
      return event.toGroupId === null ? 'Ticket left its group' : 'Ticket moved to another group'
    case 'ticket-ended':
      return `Ticket was ${event.status}; the escalation ended`
    default:
      return isOfLife(event) ? tellOfLife(event) : tellOfTime(event)
  }
}
