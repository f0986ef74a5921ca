import type { Message } from './fold.ts'
import { cardFacts, renderText } from './render-text.ts'

export type Letter = { subject: string; text: string; html: string }

/** The message as a letter: plain text, and the same in simple HTML. */
export function renderEmail(message: Message): Letter {
  const { parts, card, recipients, subject } = message
  const whom = recipients.map(({ contact }) => escapeHtml(contact.name)).join(', ')
  const facts = cardFacts(card).map(
    ([label, value]) => `<tr><th align="left">${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`,
  )
  const body = parts.map(
    ({ subject: heading, opening, sections }) =>
      `<h2>${escapeHtml(heading)}</h2>${paragraphs(opening)}${sections
        .map(({ title, lines }) => `<h3>${escapeHtml(title)}</h3><p>${lines.map(lineBreaks).join('<br>')}</p>`)
        .join('')}`,
  )
  return {
    // A line end here would begin another header.
    subject: subject.replace(/[\r\n]+/g, ' '),
    text: renderText(message),
    html: [
      '<!doctype html><html><body>',
      whom === '' ? '' : `<p>For ${whom}</p>`,
      body.join('<hr>'),
      `<table>${facts.join('')}</table>`,
      `<p><a href="${escapeHtml(encodeURI(card.ticketUrl))}">Ticket #${card.ticketId}</a></p>`,
      '</body></html>',
    ].join('\n'),
  }
}

function paragraphs(text: string): string {
  if (text === '') return ''
  return text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${lineBreaks(paragraph)}</p>`)
    .join('')
}

function lineBreaks(text: string): string {
  return escapeHtml(text).replaceAll('\n', '<br>')
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
