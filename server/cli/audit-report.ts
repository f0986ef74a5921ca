import type { AuditedPattern, ShownFinding } from '../../core/audit/clock-audit.ts'
import type { Finding } from '../../core/audit/finding.ts'
import { PATTERN_WORDS } from '../../core/audit/patterns.ts'
import { writeInstant } from '../../core/escalation/write-instant.ts'
import { percent } from '../../core/review/words.ts'
import type { NamedAudit } from '../audit/gather-audit.ts'
import { span } from './clocks-words.ts'
import { table } from './table.ts'

/** On a terminal the longest of each pattern are enough; `--json` has all. */
const MOST_FINDINGS = 20

/** For people: pattern by pattern, then the updates, and people last. */
export function describeAudit({ from, to, tickets, patterns, names, least }: NamedAudit): string {
  return [
    `Clock audit, ${writeInstant(from)} to ${writeInstant(to)}: ${tickets} tickets. What follows is worth a look; it proves nothing.`,
    ...patterns.map((pattern) => describePattern(pattern, names, least)),
  ].join('\n\n')
}

function describePattern(pattern: AuditedPattern, names: NamedAudit['names'], least: number): string {
  const { title, definition, share, of, also, lastedMs, findings, people } = pattern
  const head = `${title}: ${percent(share)} of ${of}`
  if (findings.length === 0) return head
  return [
    `${head}, ${span(lastedMs)} in all`,
    definition,
    `It may be: ${also}`,
    table(['TICKET', 'FROM', 'FOR', 'WHAT', 'CLOCKS THAT STOOD STILL'], findings.slice(0, MOST_FINDINGS).map(rowOf)),
    ...(findings.length > MOST_FINDINGS ? [`… and ${findings.length - MOST_FINDINGS} more (--json).`] : []),
    ...(people.length === 0
      ? [`Nobody had ${least} chances or more.`]
      : people.map(
          ({ id, share: own, peers, standsOut }) =>
            `${names[id]}: ${percent(own)}; everybody else ${percent(peers)}${standsOut ? ' (worth a look)' : ''}`,
        )),
  ].join('\n')
}

function rowOf(finding: ShownFinding): string[] {
  const moved = finding.moved.map(({ clock, ms }) => `${clock} ${span(ms)}`).join(', ')
  return [...row(finding), moved || '-']
}

function row({ ticketId, from, to, evidence, caveat }: Finding): string[] {
  const what = evidence.map(({ what: one, auditId }) => `${one} (${auditId})`).join(', ')
  return [`#${ticketId}`, writeInstant(from), span(to - from), caveat ? `${what}. ${caveat}` : what]
}

export function describeTicketAudit(
  ticketId: number,
  { findings, names }: { findings: Finding[]; names: Record<number, string> },
): string {
  if (findings.length === 0) return `Ticket ${ticketId}: nothing is worth a look.`
  const rows = findings.map((finding) => [
    PATTERN_WORDS[finding.pattern].title,
    ...row(finding).slice(1),
    names[finding.byId] ?? '-',
  ])
  return [`Ticket ${ticketId}: worth a look`, table(['PATTERN', 'FROM', 'FOR', 'WHAT (UPDATE)', 'BY'], rows)].join('\n')
}
