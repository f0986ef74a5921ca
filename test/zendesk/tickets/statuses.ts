import type { State, Ticket, TicketStatus } from '../state/model.ts'

/** In the order Zendesk compares them. */
export const STATUSES: TicketStatus[] = ['new', 'open', 'pending', 'hold', 'solved', 'closed']

/** Lowest first; no priority is below all of them. */
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const

export const TYPES = ['question', 'incident', 'problem', 'task'] as const

/** The ticket's custom status: its own, or the default of its status' category. Closed counts as solved. */
export function customStatusId(state: State, ticket: Ticket): number | null {
  return ticket.custom_status_id ?? defaultStatusId(state, ticket.status)
}

export function defaultStatusId(state: State, status: TicketStatus): number | null {
  const category = status === 'closed' || status === 'deleted' ? 'solved' : status
  const match = Object.values(state.custom_statuses).find((one) => one.default && one.status_category === category)
  return match?.id ?? null
}
