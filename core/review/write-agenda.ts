import { writeInstant } from '../escalation/write-instant.ts'
import type { Agenda, AgendaItem, ReviewDecision } from './agenda.ts'
import { CONCERN_WORDS, plain, span, tellConcerns } from './words.ts'

/** The weekly agenda as Markdown, for a wiki or a mail. */
export function agendaMarkdown(agenda: Agenda): string {
  const { week, asOf, items, gone, open, against } = agenda
  return [
    `# Backlog review ${week}`,
    '',
    `As of ${writeInstant(asOf)}: ${open} open, ${items.length} to talk about${tellChanges(agenda)}.`,
    ...items.flatMap((item) => ['', ...itemLines(item, asOf)]),
    ...(gone.length > 0 ? ['', `## No longer on the agenda since ${against}`, ''] : []),
    ...gone.map(
      ({ escalationId, ticketId, severity, summary, hasEnded, decided }) =>
        `- ${escalationId} (#${ticketId}, ${severity}) ${plain(summary)}: ${hasEnded ? 'ended' : 'in order'}${tellBefore(decided)}`,
    ),
    '',
  ].join('\n')
}

/** `; 3 new, 2 still there, 1 worse, 4 gone since 2026-W09`. */
export function tellChanges({ items, gone, against }: Agenda): string {
  if (against === null) return ''
  const count = (change: AgendaItem['change']) => items.filter((item) => item.change === change).length
  const parts = [`${count('new')} new`, `${count('still')} as before`, `${count('worse')} worse`, `${gone.length} gone`]
  return `; ${parts.join(', ')} since ${against}`
}

function itemLines(item: AgendaItem, now: number): string[] {
  const { escalationId, ticketId, severity, tier, queue, stage, owner, account, summary, change, added } = item
  const worse = change === 'worse' ? `, worse: ${added.map((kind) => CONCERN_WORDS[kind]).join(', ')}` : ''
  return [
    `## ${escalationId} (#${ticketId}, ${severity}): ${plain(summary) || 'no summary'}`,
    '',
    `- ${plain(account) || 'no account'}; L${tier} ${plain(queue)}, ${stage}, ${owner === null ? 'nobody has it' : plain(owner)}; open for ${span(now - item.requestedAt)}`,
    `- ${change}${worse}: ${tellConcerns(item, now)}`,
    ...(item.before ? [`- Last time: ${tellDecision(item.before)}`] : []),
    `- Decision: ${item.decided ? tellDecision(item.decided) : '__________'}`,
  ]
}

export function tellDecision({ decision, note, by }: ReviewDecision): string {
  return `${decision}${note ? ` (${plain(note)})` : ''}, ${plain(by)}`
}

function tellBefore(decided: ReviewDecision | null): string {
  return decided ? `; decided: ${tellDecision(decided)}` : ''
}
