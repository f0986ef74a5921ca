import type { Message } from './fold.ts'
import type { Card, Recipient } from './notice.ts'
import { cardFacts } from './render-text.ts'
import { splitText } from './split.ts'
import type { NoticeUrgency } from './words.ts'

/** Blocks of Slack's Block Kit that we use. Source: https://docs.slack.dev/reference/block-kit/blocks */
export type Block =
  | { type: 'header'; text: { type: 'plain_text'; text: string; emoji: false } }
  | { type: 'section'; text: Mrkdwn }
  | { type: 'section'; fields: Mrkdwn[] }
  | { type: 'context'; elements: Mrkdwn[] }
  | { type: 'divider' }
type Mrkdwn = { type: 'mrkdwn'; text: string; verbatim: true }

/** One post: blocks, and the text for notifications and screen readers. */
export type SlackPost = { text: string; blocks: Block[] }

export const SLACK_LIMITS = { blocks: 50, section: 3000, header: 150, field: 2000, context: 2000, text: 4000 } as const

/** More posts than this of one message help nobody; the last one says where the rest is. */
const MOST_POSTS = 8

/** The message as posts, in order: nothing is cut, what does not fit goes into the next. */
export function renderSlack(message: Message): SlackPost[] {
  const blocks = [...mentions(message.recipients), ...message.parts.flatMap((part, index) => partBlocks(part, index))]
  const posts = chunk([...blocks, link(message.card)], SLACK_LIMITS.blocks)
  const kept = posts.slice(0, MOST_POSTS)
  if (posts.length > MOST_POSTS) {
    kept[MOST_POSTS - 1] = [
      ...kept[MOST_POSTS - 1]!.slice(0, SLACK_LIMITS.blocks - 1),
      section(`There is more than Slack takes. All of it is on the ticket: ${escapeText(message.card.ticketUrl)}`),
    ]
  }
  const text = excerpt(`${marker(message.urgency)}${message.subject}`) || message.escalationId
  return kept.map((some, index) => ({
    text: index === 0 ? text : excerpt(`${message.subject} (${index + 1} of ${kept.length})`),
    blocks: some,
  }))
}

/** How the escalation stands: the top of its thread, rewritten in place. */
export function renderCard(card: Card): SlackPost {
  const facts = cardFacts(card).map(([label, value]) => mrkdwn(`*${label}*\n${escapeText(excerpt(value, 900))}`))
  return {
    text: excerpt(`${card.escalationId}: ${card.summary}`),
    blocks: [
      ...title(`${card.escalationId} · ${card.severity}`),
      ...sections(card.summary),
      { type: 'section', fields: facts },
      link(card),
    ],
  }
}

function partBlocks({ subject, opening, sections: named }: Message['parts'][number], index: number): Block[] {
  return [
    ...(index > 0 ? [{ type: 'divider' } as const] : []),
    ...title(subject),
    ...sections(opening),
    ...named.flatMap(({ title: heading, lines }) => sections([`*${heading}*`, ...lines].join('\n'))),
  ]
}

/** A header where it fits; Slack refuses a longer one, so that is written as text. */
function title(text: string): Block[] {
  if (text.trim() === '') return []
  if (text.length > SLACK_LIMITS.header) return sections(text)
  return [{ type: 'header', text: { type: 'plain_text', text, emoji: false } }]
}

function sections(text: string): Block[] {
  return splitText(text, SLACK_LIMITS.section, weight)
    .filter((piece) => piece.trim() !== '')
    .map((piece) => section(escapeText(piece)))
}

function weight(text: string): number {
  return escapeText(text).length
}

/** Whom it is for; those whom Slack does not know by name alone. */
function mentions(recipients: readonly Recipient[]): Block[] {
  const names = recipients.map(({ role, contact: { slack, name } }) => {
    if (slack === null) return `${escapeText(name)} (${escapeText(role)})`
    return slack.startsWith('S') ? `<!subteam^${slack}>` : `<@${slack}>`
  })
  return names.length === 0 ? [] : chunk(names, 30).map((some) => section(`For ${some.join(', ')}`))
}

function link({ ticketUrl, ticketId, escalationId }: Card): Block {
  return { type: 'context', elements: [mrkdwn(`<${encodeURI(ticketUrl)}|Ticket #${ticketId}> · ${escalationId}`)] }
}

function section(text: string): Block {
  return { type: 'section', text: mrkdwn(text) }
}

/** Verbatim: what a customer wrote calls nobody, whatever it looks like. */
function mrkdwn(text: string): Mrkdwn {
  return { type: 'mrkdwn', text, verbatim: true }
}

/** Source: https://docs.slack.dev/messaging/formatting-message-text#escaping */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** For places that only announce what is written whole elsewhere in the message. */
function excerpt(text: string, limit = 300): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= limit ? line : `${[...line].slice(0, limit - 1).join('')}…`
}

function marker(urgency: NoticeUrgency): string {
  return urgency === 'critical' || urgency === 'high' ? `(${urgency}) ` : ''
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  )
}
