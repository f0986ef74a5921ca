import type { Session } from '../session/session.ts'
import { capitalised, longTime, shortTime } from '../theme/text.ts'
import { StatusBadge } from '../ticket/StatusBadge.tsx'
import { pathOf, type Route } from '../workspace/route.ts'
import type { ViewRows } from './read-view.ts'

export type TicketTableProps = { rows: ViewRows; session: Session; go: (route: Route) => void }

/** A view's tickets, newest change first. */
export function TicketTable({ rows, session, go }: TicketTableProps) {
  const groupName = (id: number | null) => session.groups.find((group) => group.id === id)?.name ?? '–'
  return (
    <div className="view-table">
      <table>
        <thead>
          <tr>
            <th scope="col">Status</th>
            <th scope="col">ID</th>
            <th scope="col">Subject</th>
            <th scope="col">Requester</th>
            <th scope="col">Updated</th>
            <th scope="col">Group</th>
            <th scope="col">Priority</th>
          </tr>
        </thead>
        <tbody>
          {rows.tickets.map((ticket) => {
            const route: Route = { page: 'ticket', id: ticket.id }
            return (
              <tr key={ticket.id} onClick={() => go(route)}>
                <td>
                  <StatusBadge status={ticket.status} />
                </td>
                <td className="cell-id">#{ticket.id}</td>
                <td className="cell-subject">
                  <a
                    href={pathOf(route)}
                    onClick={(event) => {
                      if (event.metaKey || event.ctrlKey) return
                      event.preventDefault()
                      event.stopPropagation()
                      go(route)
                    }}
                  >
                    {ticket.subject}
                  </a>
                </td>
                <td>{rows.requesters[ticket.requester_id]?.name ?? '–'}</td>
                <td>
                  <time dateTime={ticket.updated_at} title={longTime(ticket.updated_at)}>
                    {shortTime(ticket.updated_at)}
                  </time>
                </td>
                <td>{groupName(ticket.group_id)}</td>
                <td data-priority={ticket.priority ?? undefined}>{capitalised(ticket.priority ?? '–')}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
