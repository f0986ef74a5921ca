import { StatusBadge } from './StatusBadge.tsx'
import type { TicketSnapshot } from './ticket-snapshot.ts'

/** Where one is: organisation, requester, ticket. */
export function TicketHeader({ snapshot }: { snapshot: TicketSnapshot }) {
  const { ticket, organization, people } = snapshot
  if (!ticket) return null
  return (
    <div className="ticket-header">
      {organization && <span className="crumb">{organization.name}</span>}
      <span className="crumb">{people[ticket.requester_id]?.name ?? 'Unknown requester'}</span>
      <h1 className="crumb" data-current="true">
        <StatusBadge status={ticket.status} /> Ticket #{ticket.id}
      </h1>
    </div>
  )
}
