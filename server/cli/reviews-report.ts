import type { Agenda } from '../../core/review/agenda.ts'
import { tellConcerns } from '../../core/review/words.ts'
import { tellChanges, tellDecision } from '../../core/review/write-agenda.ts'
import { table } from './table.ts'

const LONGEST_SUMMARY = 50

/** The agenda for a terminal. */
export function agendaTable(agenda: Agenda): string {
  const { week, items, gone, open, asOf, against } = agenda
  const rows = items.map((item) => [
    item.escalationId,
    `#${item.ticketId}`,
    item.severity,
    `L${item.tier} ${item.stage}`,
    item.owner ?? 'NOBODY',
    item.change,
    tellConcerns(item, asOf),
    item.decided ? tellDecision(item.decided) : item.before ? `last time: ${tellDecision(item.before)}` : '-',
  ])
  const head = ['ESCALATION', 'TICKET', 'SEVERITY', 'WHERE', 'OWNER', 'CHANGE', 'WHY', 'DECISION']
  const left = gone.map((item) => [
    item.escalationId,
    `#${item.ticketId}`,
    item.hasEnded ? 'ended' : 'in order',
    item.summary.length > LONGEST_SUMMARY ? `${item.summary.slice(0, LONGEST_SUMMARY)}…` : item.summary,
  ])
  return [
    `Backlog review ${week}: ${open} open, ${items.length} to talk about${tellChanges(agenda)}`,
    ...(rows.length > 0 ? ['', table(head, rows)] : []),
    ...(left.length > 0
      ? ['', `No longer on the agenda since ${against}`, table(['ESCALATION', 'TICKET', 'NOW', 'SUMMARY'], left)]
      : []),
  ].join('\n')
}
