import { get, getAll } from '../api/http.ts'
import type { ApiAudit, ApiComment, ApiOrganization, ApiTicket, ApiUser } from '../api/shapes.ts'

export type TicketReading = {
  ticket: ApiTicket
  people: Record<number, ApiUser>
  organization: ApiOrganization | null
  comments: ApiComment[]
  audits: ApiAudit[]
}

/** Reads a ticket with everything a ticket view shows: people, organisation, conversation and events. */
export async function readTicket(id: number): Promise<TicketReading> {
  const [shown, comments, audits] = await Promise.all([
    get<{ ticket: ApiTicket; users?: ApiUser[]; organizations?: ApiOrganization[] }>(
      `/api/v2/tickets/${id}.json?include=users,groups,organizations`,
    ),
    getAll<ApiComment>(`/api/v2/tickets/${id}/comments.json`, 'comments'),
    getAll<ApiAudit>(`/api/v2/tickets/${id}/audits.json`, 'audits'),
  ])
  const { ticket } = shown
  const known = Object.fromEntries((shown.users ?? []).map((user) => [user.id, user]))
  const people = { ...known, ...(await readMissing(known, ticket, comments, audits)) }
  const organization =
    shown.organizations?.find((one) => one.id === ticket.organization_id) ??
    (ticket.organization_id === null
      ? null
      : await get<{ organization: ApiOrganization }>(`/api/v2/organizations/${ticket.organization_id}.json`)
          .then((answer) => answer.organization)
          .catch(() => null))
  return { ticket, people, organization, comments, audits }
}

/** Only the ticket's own row, for seeing whether someone changed it. */
export async function peekTicket(id: number): Promise<ApiTicket> {
  return (await get<{ ticket: ApiTicket }>(`/api/v2/tickets/${id}.json`)).ticket
}

async function readMissing(
  known: Record<number, ApiUser>,
  ticket: ApiTicket,
  comments: ApiComment[],
  audits: ApiAudit[],
): Promise<Record<number, ApiUser>> {
  const named = [
    ticket.requester_id,
    ticket.submitter_id,
    ticket.assignee_id,
    ...ticket.follower_ids,
    ...comments.map((comment) => comment.author_id),
    ...audits.map((audit) => audit.author_id),
  ]
  const missing = [...new Set(named)].filter((id): id is number => id !== null && id > 0 && !known[id])
  const found = await Promise.all(
    missing.map((id) =>
      get<{ user: ApiUser }>(`/api/v2/users/${id}.json`)
        .then((answer) => [answer.user])
        .catch(() => []),
    ),
  )
  return Object.fromEntries(found.flat().map((user) => [user.id, user]))
}
