import { writeInstant } from '../escalation/write-instant.ts'
import type { Message } from './fold.ts'
import type { Card } from './notice.ts'

/** The message as plain text; whole. */
export function renderText({ parts, card, recipients }: Message): string {
  const whom = recipients.length > 0 ? [`For ${recipients.map(({ contact }) => contact.name).join(', ')}`, ''] : []
  return [
    ...whom,
    ...parts.flatMap((part, index) => [...(index > 0 ? ['', '---', ''] : []), ...partLines(part)]),
    '',
    ...cardLines(card),
  ].join('\n')
}

function partLines({ subject, opening, sections }: Message['parts'][number]): string[] {
  return [
    subject,
    ...(opening === '' ? [] : ['', opening]),
    ...sections.flatMap(({ title, lines }) => ['', `${title}:`, ...lines]),
  ]
}

/** `L2 Specialists, Identity` and so on: the facts of a card by their labels. */
export function cardFacts(card: Card): [label: string, value: string][] {
  return [
    ['Stage', card.stage],
    ['With', `L${card.tier} ${card.tierName}, ${card.queueName}`],
    ['Severity', card.severity],
    ['Owner', card.owner ?? 'nobody yet'],
    ...(card.account === '' ? [] : [['Customer', card.account] as [string, string]]),
    ...(card.respondBy === null ? [] : [['Respond by', writeInstant(card.respondBy)] as [string, string]]),
  ]
}

function cardLines(card: Card): string[] {
  return [...cardFacts(card).map(([label, value]) => `${label}: ${value}`), card.ticketUrl]
}

/** The text of a notice that is meant for the customer, for somebody here to look through and send. */
export function renderDraft({ parts }: Message): string {
  return parts
    .map(({ subject, opening }) => `Draft for the customer, not sent:\n\n${subject}\n\n${opening}`)
    .join('\n\n')
}
