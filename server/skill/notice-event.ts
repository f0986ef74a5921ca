import type { EscalationEvent } from '../../core/escalation/events.ts'
import type { Escalation } from '../../core/escalation/state.ts'
import { kindsOf } from '../../core/notice/kinds.ts'
import type { NoticeKind } from '../../core/notice/words.ts'
import { formatDuration, type Instant, MINUTE_MS } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/**
 * What a notice of this kind tells of: the last thing recorded of the escalation that is told as such. Its age can be told
 * at any time. Null when nothing of the kind has happened.
 */
export async function eventToTell(
  tx: AccountTransaction,
  kind: NoticeKind,
  { id, requestedAt }: Escalation,
  now: Instant,
): Promise<EscalationEvent | null> {
  const rows = await tx
    .selectFrom('event')
    .select(['kind', 'at', 'by_id', 'by_name', 'escalation_id', 'audit_id', 'data'])
    .where('escalation_id', '=', id)
    .orderBy('id', 'desc')
    .execute()
  for (const row of rows) {
    const by = row.by_id === null ? null : { id: row.by_id, name: row.by_name ?? '' }
    const common = { at: row.at, escalationId: row.escalation_id, by, auditId: row.audit_id, kind: row.kind }
    const event = { ...common, ...(row.data as object) } as EscalationEvent
    if (kindsOf(event).includes(kind)) return event
  }
  if (kind !== 'ageing-reminder') return null
  const title = `It was escalated ${formatDuration((now - requestedAt) / MINUTE_MS)} ago`
  const common = { at: now, escalationId: id, by: null, auditId: null }
  return { ...common, kind: 'timer-fired', timer: 'asked-for', title, missed: 0, lateMs: 0 }
}
