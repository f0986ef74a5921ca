import { escapeHtml as escaped } from './escape-html.ts'
import { blockHtml, factsHtml, timeHtml } from './html-blocks.ts'
import type { Packet, PacketSection } from './shape.ts'
import { PACKET_STYLE } from './style.ts'

/**
 * The packet as a page of its own, to read, print or save: no scripts, nothing loaded from anywhere, light or dark as the
 * reader has it. Whatever people wrote is text.
 *
 * @param contentPolicy kept in the page too, so that it still holds when the page is opened from a file
 */
export function toHtml(packet: Packet, contentPolicy: string): string {
  const { audience, title, escalationId, severity, stage, asOf, ticketId, ticketUrl, summary, sections } = packet
  const name = title || `Ticket ${ticketId}`
  const ticket =
    ticketUrl === null
      ? `Ticket ${ticketId}`
      : `<a href="${escaped(ticketUrl)}" rel="noopener noreferrer">Ticket ${ticketId}</a>`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(contentPolicy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escaped(`${escalationId}: ${name}`)}</title>
<style>${PACKET_STYLE}</style>
</head>
<body>
<header>
<p class="where"><strong>${escaped(escalationId)}</strong> ${ticket}${audience === 'executives' ? ' <span>Executive summary</span>' : ''}</p>
<h1 dir="auto">${escaped(name)}</h1>
<p class="state"><span class="severity ${severityClass(severity)}">${escaped(severity)}</span> <span class="stage">${escaped(stage)}</span> <span class="as-of">as of ${timeHtml(asOf)}</span></p>
</header>
<main>
<section class="short" aria-labelledby="short"><h2 id="short">In short</h2>${factsHtml(summary)}</section>
${contents(sections)}
${sections.map(sectionHtml).join('\n')}
</main>
</body>
</html>
`
}

const MANY_SECTIONS = 6

/** A page of a few sections is seen at once. */
function contents(sections: readonly PacketSection[]): string {
  if (sections.length < MANY_SECTIONS) return ''
  const links = sections.map(({ id, title }) => `<li><a href="#${escaped(id)}">${escaped(title)}</a></li>`)
  return `<nav aria-label="Contents"><ul>${links.join('')}</ul></nav>`
}

function sectionHtml({ id, title, blocks }: PacketSection): string {
  const name = escaped(id)
  return `<section aria-labelledby="${name}"><h2 id="${name}">${escaped(title)}</h2>${blocks.map(blockHtml).join('')}</section>`
}

function severityClass(severity: string): string {
  return severity === 'P0' || severity === 'P1' ? 'grave' : 'usual'
}
