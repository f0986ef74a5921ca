import { escapeMarkdown, fenced } from '../note/markdown.ts'
import type { Packet, PacketBlock, PacketFact } from './shape.ts'
import { isWebAddress, showInstant } from './words.ts'

/** The packet as Markdown, for issue trackers and documents. What somebody wrote stays text, whatever is in it. */
export function toMarkdown(packet: Packet): string {
  const { title, escalationId, severity, stage, asOf, ticketId, ticketUrl, summary, sections } = packet
  const ticket = ticketUrl === null ? `ticket ${ticketId}` : `[ticket ${ticketId}](${addressOf(ticketUrl)})`
  const parts = [
    `# ${line(title || `Ticket ${ticketId}`)}`,
    `${line(escalationId)} · ${ticket} · ${line(severity)} · ${line(stage)} · as of ${showInstant(asOf)}`,
    '## In short',
    ...(summary.length > 0 ? [facts(summary)] : []),
    ...sections.flatMap((section) => [`## ${line(section.title)}`, ...section.blocks.flatMap(blockParts)]),
  ]
  return `${parts.join('\n\n')}\n`
}

function blockParts(block: PacketBlock): string[] {
  switch (block.kind) {
    case 'text':
      return [...heading(block.heading), escapeMarkdown(block.text)]
    case 'code':
      return [...heading(block.heading), fenced(block.text)]
    case 'list': {
      const items = block.items.map((item, index) =>
        entry(block.isNumbered ? `${index + 1}.` : '-', escapeMarkdown(item)),
      )
      return [...heading(block.heading), items.join('\n')]
    }
    case 'facts':
      return [...heading(block.heading), facts(block.facts)]
    case 'conversation':
      return block.remarks.flatMap(({ at, by, role, isPublic, text, attachments }) => [
        `### ${line(by)}, ${role}${isPublic ? '' : ', internal'}, ${showInstant(at)}`,
        escapeMarkdown(text),
        ...(attachments.length > 0 ? [`Files: ${attachments.map(line).join(', ')}`] : []),
      ])
    case 'timeline':
      return [
        block.events
          .map(({ at, by, text }) =>
            entry('-', `${showInstant(at)}${by ? `, ${line(by)}` : ''}: ${escapeMarkdown(text)}`),
          )
          .join('\n'),
      ]
    case 'table':
      return [
        [
          row(block.columns),
          row(block.columns.map(() => '---')),
          ...block.rows.map((cells) => row(cells.map(line))),
        ].join('\n'),
      ]
  }
}

function heading(text: string | null): string[] {
  return text === null ? [] : [`### ${line(text)}`]
}

function facts(all: readonly PacketFact[]): string {
  return all
    .map(({ label, text, url, at }) => entry('-', `**${line(label)}:** ${shownValue(text, url, at)}`))
    .join('\n')
}

function shownValue(text: string, url: string | undefined, at: string | undefined): string {
  if (at !== undefined) return [showInstant(at), escapeMarkdown(text)].filter(Boolean).join(' ')
  if (url === undefined || !isWebAddress(url)) return escapeMarkdown(text)
  return `[${line(text)}](${addressOf(url)})`
}

/** Further lines of an entry belong to it. */
function entry(mark: string, text: string): string {
  return `${mark} ${text.replaceAll('\n', `\n${' '.repeat(mark.length + 1)}`)}`
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

/** For headings, cells and links, which are one line. */
function line(text: string): string {
  return escapeMarkdown(text.replace(/\s+/g, ' ').trim())
}

function addressOf(url: string): string {
  return url.replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'))
}
