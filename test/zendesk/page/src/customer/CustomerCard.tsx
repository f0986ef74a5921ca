import { Avatar } from '@zendeskgarden/react-avatars'
import { Skeleton } from '@zendeskgarden/react-loaders'
import { useEffect, useState } from 'react'
import { get } from '../api/http.ts'
import type { ApiTicket } from '../api/shapes.ts'
import type { Session } from '../session/session.ts'
import { initials, shortTime } from '../theme/text.ts'
import { StatusSquare } from '../ticket/StatusBadge.tsx'
import type { TicketSnapshot } from '../ticket/ticket-snapshot.ts'
import { pathOf, type Route } from '../workspace/route.ts'
import { organizationRows, userRows } from './customer-rows.ts'

export type CustomerCardProps = { snapshot: TicketSnapshot; session: Session; go: (route: Route) => void }

/** Who asks, from where, and what else they asked. */
export function CustomerCard({ snapshot, session, go }: CustomerCardProps) {
  const { ticket, people, organization } = snapshot
  const requester = people[ticket?.requester_id ?? 0]
  return (
    <section className="customer" aria-label="Customer context">
      <header className="panel-header">
        <h2>Customer</h2>
      </header>
      <div className="customer-card">
        <div className="customer-who">
          <Avatar backgroundColor="#68737d">
            <Avatar.Text>{initials(requester?.name ?? '?')}</Avatar.Text>
          </Avatar>
          <div>
            <h3>{requester?.name ?? 'Unknown requester'}</h3>
            {organization && <p>{organization.name}</p>}
          </div>
        </div>
        <Rows rows={requester ? userRows(requester) : []} />
      </div>
      {organization && (
        <div className="customer-card">
          <h3>{organization.name}</h3>
          <Rows rows={organizationRows(organization, session.organizationFields)} />
        </div>
      )}
      {ticket && (
        <RecentTickets key={ticket.requester_id} requesterId={ticket.requester_id} currentId={ticket.id} go={go} />
      )}
    </section>
  )
}

function Rows({ rows }: { rows: { label: string; value: string }[] }) {
  return (
    <dl>
      {rows.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

type RecentTicketsProps = { requesterId: number; currentId: number; go: (route: Route) => void }

/** How many of the requester's other tickets are shown. */
const RECENT_SHOWN = 6

function RecentTickets({ requesterId, currentId, go }: RecentTicketsProps) {
  const [tickets, setTickets] = useState<ApiTicket[] | null>(null)
  const [failure, setFailure] = useState<string | null>(null)

  useEffect(() => {
    const query = new URLSearchParams({
      query: `type:ticket requester:${requesterId}`,
      sort_by: 'created_at',
      sort_order: 'desc',
    })
    get<{ results: ApiTicket[] }>(`/api/v2/search.json?${query}`).then(
      ({ results }) => setTickets(results.filter((ticket) => ticket.id !== currentId).slice(0, RECENT_SHOWN)),
      (error: Error) => setFailure(error.message),
    )
  }, [requesterId, currentId])

  return (
    <div className="customer-card">
      <h3>Other tickets</h3>
      {failure && <p role="alert">{failure}</p>}
      {!failure && !tickets && <Skeleton height="48px" />}
      {tickets?.length === 0 && <p className="quiet">No other tickets</p>}
      <ul className="recent-tickets">
        {tickets?.map((ticket) => (
          <li key={ticket.id}>
            <StatusSquare status={ticket.status} />
            <a
              href={pathOf({ page: 'ticket', id: ticket.id })}
              onClick={(event) => {
                event.preventDefault()
                go({ page: 'ticket', id: ticket.id })
              }}
            >
              {ticket.subject}
            </a>
            <time dateTime={ticket.created_at}>{shortTime(ticket.created_at)}</time>
          </li>
        ))}
      </ul>
    </div>
  )
}
