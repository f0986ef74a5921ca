import type { ApiAudit } from '../api/shapes.ts'
import type { Session } from '../session/session.ts'
import { longTime, shortTime } from '../theme/text.ts'
import type { TicketSnapshot } from '../ticket/ticket-snapshot.ts'
import { describeEvent, ruleOf } from './describe-event.ts'

/** What one update changed: by its author, and by the business rules that ran on it. */
export function AuditEvents({
  audit,
  snapshot,
  session,
}: {
  audit: ApiAudit
  snapshot: TicketSnapshot
  session: Session
}) {
  const lines = audit.events.flatMap((event) => {
    const line = describeEvent(event, session, snapshot)
    return line ? [{ id: event.id, rule: ruleOf(event), ...line }] : []
  })
  if (lines.length === 0) return null
  const author =
    snapshot.people[audit.author_id]?.name ?? session.agents.find((one) => one.id === audit.author_id)?.name
  return (
    <section className="audit" aria-label="Events">
      <header>
        <span>{author ?? 'System'}</span>
        <time dateTime={audit.created_at} title={longTime(audit.created_at)}>
          {shortTime(audit.created_at)}
        </time>
      </header>
      <ul>
        {lines.map(({ id, label, before, after, rule }) => (
          <li key={id}>
            <span className="audit-label">{label}</span>
            <span className="audit-after">{after}</span>
            {before && <del>{before}</del>}
            {rule && <span className="audit-rule">{rule}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
