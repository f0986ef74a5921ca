import type { Instant } from '../../core/units.ts'
import { createArticleExport } from '../../server/zendesk/article-export.ts'
import type { ExportCall } from '../../server/zendesk/export-call.ts'
import { createMetricEventExport } from '../../server/zendesk/metric-events.ts'
import { createPeopleExport } from '../../server/zendesk/people-export.ts'
import { createTicketEventExport } from '../../server/zendesk/ticket-event-export.ts'
import { createTicketExport } from '../../server/zendesk/ticket-export.ts'

export const PAGE = 1000
/** Updates of a ticket, and what each changes: what accounts have, roughly. */
const UPDATES = 5
const FIELDS = 25

export type PageOptions = {
  now(): Instant
  /** How far apart tickets of the past are. */
  everyMs: number
  /** Called with each call; may let time pass. */
  onCall(): Promise<void>
}

/** Zendesk's exports as a large account answers them, as text that is read like any answer. The past never ends. */
export function createLargeAccount({ now, everyMs, onCall }: PageOptions) {
  const [ticketText, eventText] = [JSON.stringify(ticketPage()), JSON.stringify(eventPage())]
  let [tickets, events] = [0, 0]

  const ask: ExportCall = async (path, schema) => {
    await onCall()
    return { answer: schema.parse(answerTo(path)), limit: { perMinute: 10, left: 5, resetsAt: now() } }
  }
  const call = async <T>(_method: string, _path: string, _body: unknown, schema: { parse(value: unknown): T }) =>
    schema.parse({ users: [], groups: [], meta: { has_more: false } })

  return {
    ...createTicketExport(ask),
    ...createTicketEventExport(ask),
    ...createMetricEventExport(ask),
    ...createPeopleExport(ask, call),
    ...createArticleExport(ask, call),
  }

  function answerTo(path: string): unknown {
    const url = new URL(path, 'http://localhost')
    const start = Number(url.searchParams.get('start_time') ?? 0)
    const isPast = url.searchParams.has('cursor') ? true : start * 1000 < now() - 3_600_000
    if (url.pathname.includes('/incremental/tickets/')) return isPast ? nextTickets() : emptyCursorPage('tickets')
    if (url.pathname.includes('/incremental/users/')) return emptyCursorPage('users')
    if (url.pathname.includes('/ticket_events')) return isPast ? nextEvents(start) : emptyTimePage('ticket_events')
    if (url.pathname.includes('/ticket_metric_events')) return emptyTimePage('ticket_metric_events')
    return emptyTimePage(url.pathname.includes('organizations') ? 'organizations' : 'articles')
  }

  function nextTickets() {
    const page = JSON.parse(ticketText)
    for (const ticket of page.tickets) {
      ticket.id = ++tickets
      ticket.generated_timestamp = Math.floor((PAST + tickets * everyMs) / 1000)
    }
    return { ...page, after_cursor: `at-${tickets}` }
  }

  function nextEvents(start: number) {
    const page = JSON.parse(eventText)
    for (const event of page.ticket_events) {
      event.id = 1e12 + ++events
      event.ticket_id = 1 + Math.floor(events / UPDATES)
      event.timestamp = start + 1
    }
    return { ...page, end_time: start + 1 }
  }
}

const PAST: Instant = Date.parse('2025-01-01T00:00:00Z')

function emptyCursorPage(name: string) {
  return { [name]: [], after_cursor: null, end_of_stream: true }
}

function emptyTimePage(name: string) {
  return { [name]: [], count: 0, end_of_stream: true, end_time: null }
}

function ticketPage() {
  const at = '2025-06-01T10:00:00Z'
  const tickets = Array.from({ length: PAGE }, (_, index) => ({
    ...{ id: index, url: 'https://acme.zendesk.com/api/v2/tickets/1.json', external_id: null, created_at: at },
    ...{
      via: { channel: 'email', source: { from: { address: 'jane@acme.example', name: 'Jane' }, to: {}, rel: null } },
    },
    ...{ updated_at: at, type: 'incident', subject: `Sign-in fails for some of our users since update ${index}` },
    ...{ raw_subject: 'Sign-in fails for some of our users', description: 'We see an error. '.repeat(60) },
    ...{ priority: 'high', status: 'closed', recipient: null, requester_id: 360_000_000_000 + index },
    ...{
      submitter_id: 360_000_000_000 + index,
      assignee_id: 370_000_000_000 + (index % 40),
      organization_id: 380_000_001,
    },
    ...{ group_id: 390_000_000 + (index % 12), problem_id: null, ticket_form_id: 400_000_000, brand_id: 410_000_000 },
    tags: ['vip', 'sso', 'emea', 'tier_2', `product_${index % 9}`, 'csat_good'],
    custom_fields: Array.from({ length: FIELDS }, (_, field) => {
      return { id: 36_000_000_000 + field, value: field % 3 === 0 ? `option_${(index + field) % 20}` : null }
    }),
    metric_set: { reopens: index % 3, replies: index % 7, solved_at: at },
    generated_timestamp: 0,
  }))
  return { tickets, end_of_stream: false }
}

function eventPage() {
  const ticket_events = Array.from({ length: PAGE }, (_, index) => ({
    ...{
      id: 0,
      ticket_id: 0,
      timestamp: 0,
      created_at: '2025-06-01T10:00:00Z',
      updater_id: 370_000_000_000 + (index % 40),
    },
    ...{
      via: 'Web form',
      system: { client: 'Mozilla/5.0', ip_address: '203.0.113.7', location: 'Oslo' },
      metadata: {},
    },
    event_type: 'Audit',
    child_events: [
      {
        id: 1,
        via: 'Web form',
        via_reference_id: null,
        comment_present: true,
        comment_public: true,
        event_type: 'Comment',
      },
      change({ status: 'pending', previous_value: 'open' }),
      change({ group_id: 390_000_000 + (index % 12), previous_value: 390_000_011 }, 51_000_000_000),
    ].slice(0, index % UPDATES === 0 ? 3 : 2),
  }))
  return { ticket_events, end_of_stream: false, count: PAGE }
}

function change(fields: Record<string, unknown>, ruleId: number | null = null) {
  return { id: 2, via: ruleId ? 'Rule' : 'Web form', via_reference_id: ruleId, event_type: 'Change', ...fields }
}
