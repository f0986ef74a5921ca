import type { Severity } from '../severity.ts'
import type { Message } from './fold.ts'
import type { PageAction } from './notice.ts'
import { cardFacts } from './render-text.ts'

/** The body of an event of PagerDuty's Events API v2, without the key. */
export type PageEvent = {
  event_action: PageAction
  dedup_key: string
  client?: string
  client_url?: string
  links?: { href: string; text: string }[]
  payload?: {
    summary: string
    source: string
    severity: 'critical' | 'error' | 'warning' | 'info'
    timestamp: string
    component: string
    group: string
    class: string
    custom_details: Record<string, string>
  }
}

const MOST_SUMMARY = 1024
/** PagerDuty takes events of up to 512 KB; the rest of the event is small. */
const MOST_DETAILS = 400_000

const SEVERITIES = { P0: 'critical', P1: 'error', P2: 'warning', P3: 'info' } as const satisfies Record<
  Severity,
  string
>

/**
 * One alert for each hand-over of an escalation: triggered again it adds to the alert and pages nobody anew. A long summary is
 * whole among the details.
 *
 * @param at when what it tells of happened
 */
export function renderPage(action: PageAction, handOver: number, message: Message, at: number): PageEvent {
  const { card } = message
  const event = { event_action: action, dedup_key: `baton/${card.escalationId}/${handOver}` }
  if (action !== 'trigger') return event
  return {
    ...event,
    client: 'Baton',
    client_url: card.ticketUrl,
    links: [{ href: card.ticketUrl, text: `Ticket #${card.ticketId}` }],
    payload: {
      summary: shortened(message.subject),
      source: 'baton',
      severity: SEVERITIES[card.severity],
      timestamp: new Date(at).toISOString(),
      component: card.queueName,
      group: `L${card.tier} ${card.tierName}`,
      class: 'escalation',
      custom_details: detailsOf(message),
    },
  }
}

function shortened(subject: string): string {
  const line = subject.replace(/\s+/g, ' ').trim()
  return line.length <= MOST_SUMMARY ? line : `${line.slice(0, MOST_SUMMARY - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

function detailsOf({ parts, card, recipients, subject }: Message): Record<string, string> {
  const whom = recipients.map(({ contact, role }) => `${contact.name} (${role})`).join(', ')
  const details: Record<string, string> = {
    escalation: card.escalationId,
    ...Object.fromEntries(cardFacts(card)),
    ...(whom === '' ? {} : { for: whom }),
    ...(subject.length > MOST_SUMMARY ? { subject } : {}),
  }
  for (const [index, { subject: heading, opening, sections }] of parts.entries()) {
    const number = parts.length === 1 ? '' : `${index + 1}. `
    if (parts.length > 1) details[`${number}about`] = heading
    if (opening !== '') details[`${number}message`] = opening
    for (const { title, lines } of sections) details[`${number}${title}`] = lines.join('\n')
  }
  const size = Object.entries(details).reduce((sum, [key, value]) => sum + 2 * (key.length + value.length), 0)
  if (size <= MOST_DETAILS) return details
  return {
    escalation: card.escalationId,
    message: `There is more than PagerDuty takes. All of it is on the ticket: ${card.ticketUrl}`,
  }
}
