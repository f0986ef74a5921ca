import { get } from '../api/http.ts'
import type { ApiTicket, ApiUser } from '../api/shapes.ts'
import type { View } from './views.ts'

export type ViewRows = { tickets: ApiTicket[]; requesters: Record<number, ApiUser>; count: number }

/** The newest hundred of a view; `count` says how many there are. */
export async function readView(view: View): Promise<ViewRows> {
  const query = new URLSearchParams({
    query: `type:ticket ${view.query}`,
    sort_by: 'updated_at',
    sort_order: 'desc',
    per_page: '100',
  })
  const answer = await get<{ results: ApiTicket[]; count: number }>(`/api/v2/search.json?${query}`)
  const tickets = answer.results.toSorted((a, b) => b.updated_at.localeCompare(a.updated_at) || b.id - a.id)
  return { tickets, requesters: await readRequesters(answer.results), count: answer.count }
}

async function readRequesters(tickets: ApiTicket[]): Promise<Record<number, ApiUser>> {
  const ids = [...new Set(tickets.map((ticket) => ticket.requester_id))]
  if (ids.length === 0) return {}
  const { users } = await get<{ users: ApiUser[] }>(`/api/v2/users/show_many.json?ids=${ids.join(',')}`)
  return Object.fromEntries(users.map((user) => [user.id, user]))
}
