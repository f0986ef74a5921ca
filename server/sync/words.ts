import type { ExportName } from './exports.ts'
import type { StreamStanding } from './standing.ts'

export const EXPORT_WORDS: Record<ExportName, string> = {
  tickets: 'Tickets',
  'ticket-metric-events': 'Zendesk’s own clocks',
  'ticket-events': 'What happens to tickets',
  users: 'Agents',
  organizations: 'Organisations',
  groups: 'Groups',
  articles: 'Help Center articles',
  'tickets-history': 'Tickets of the past',
  'ticket-events-history': 'What happened in the past',
}

export const STREAM_STATES: Record<StreamStanding['state'], string> = {
  current: 'Read to the end',
  behind: 'Not read to the end',
  reading: 'Being read',
  done: 'Read',
  denied: 'Refused',
  absent: 'Not in this account',
  never: 'Not read yet',
}

/** What an operator may do, and what stays empty meanwhile; null where nothing is wrong. */
export function adviceOn({ export: name, state }: Pick<StreamStanding, 'export' | 'state'>): string | null {
  if (state === 'denied') {
    return 'Zendesk refuses it: the integration user must be an admin, its OAuth client needs the scope “read”, and the plan must have it. It is asked for again every hour; the rest is read meanwhile.'
  }
  if (state !== 'absent') return null
  return name === 'articles'
    ? 'The account has no Help Center, or it is not open. Reports on articles stay empty; it is asked for again every hour.'
    : 'Zendesk does not have it for this account or plan. What is worked out from it stays empty; it is asked for again every hour.'
}
