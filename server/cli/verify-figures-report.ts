import { writeInstant } from '../../core/escalation/write-instant.ts'
import { definitionOf } from '../../core/metrics/definitions.ts'
import { percent } from '../../core/review/words.ts'
import type { Agreement, AgreementTally } from '../../core/verify/agreement.ts'
import type { CaseDifference } from '../../core/verify/check-report.ts'
import { REPORT_REASONS, wordsOfReason } from '../../core/verify/words.ts'
import type { FigurePair, ReportVerification } from '../verify/verify-report.ts'
import { table } from './table.ts'

/** On a terminal the first are enough; `--json` has all. */
const MOST_ROWS = 30

export function describeReportVerification(found: ReportVerification): string {
  const { title, definition, from, to, asOf, measure, isMissesOnly, figures, same, differences, unexplained } = found
  const shown = differences.slice(0, MOST_ROWS)
  return [
    `${title} (${measure}), ${writeInstant(from)} to ${writeInstant(to)}, as of ${writeInstant(asOf)}\n${definition}`,
    isMissesOnly
      ? 'Events tell what was breached and not what was met, so only the breaches behind the figure are counted again.'
      : table(['TIER', 'REPORT', 'EVENTS', ''], figures.map(figureRow(measure))),
    `${same} ${same === 1 ? 'case is' : 'cases are'} the same, ${differences.length} differ.`,
    ...(shown.length === 0
      ? []
      : [table(['ESCALATION', 'TICKET', 'AT', 'REPORT', 'EVENTS', 'WHY'], shown.map(differenceRow))]),
    ...(differences.length > MOST_ROWS ? [`… and ${differences.length - MOST_ROWS} more (--json).`] : []),
    unexplained === 0 ? 'Nothing is unexplained.' : `${unexplained} unexplained: see above.`,
  ].join('\n\n')
}

const figureRow =
  (measure: ReportVerification['measure']) =>
  ({ tier, reported, recounted, agrees }: FigurePair): string[] => [
    tier === null ? 'all' : tier || 'none',
    figure(reported.value, reported.n, measure),
    figure(definitionOf(measure).kind === 'count' ? recounted.n : recounted.value, recounted.n, measure),
    agrees ? 'same' : 'differs',
  ]

function figure(value: number | null, n: number, measure: ReportVerification['measure']): string {
  const { kind } = definitionOf(measure)
  if (value === null) return `none of ${n}`
  if (kind === 'count') return `${value}`
  if (kind === 'share') return `${(value * 100).toFixed(1)} % of ${n}`
  return kind === 'duration' ? `${value.toFixed(2)} h, median of ${n}` : `${value.toFixed(2)}, mean of ${n}`
}

function differenceRow({ escalationId, ticketId, at, reported, recounted, reason }: CaseDifference): string[] {
  const value = (one: CaseDifference['reported']) =>
    one === null ? 'open' : one === 'none' ? '-' : `${Number(one.toFixed(3))}`
  const why = reason === null ? 'unexplained' : REPORT_REASONS[reason]
  return [escalationId, `#${ticketId}`, writeInstant(at), value(reported), value(recounted), why]
}

export function describeAgreement({ from, to, tickets, reckoned, beside, unexplained }: Agreement): string {
  return [
    `Agreement with Zendesk's metric events, ${writeInstant(from)} to ${writeInstant(to)}: ${tickets} tickets`,
    describeTally("Zendesk's own clocks, reckoned by its rules from the record", reckoned),
    describeTally("Baton's clocks beside the ones of Zendesk's that come closest", beside),
    ...(unexplained.length === 0
      ? ['Nothing is unexplained.']
      : [
          table(
            ['TICKET', 'UNEXPLAINED CLOCK', 'DIFFERS IN'],
            unexplained.map(({ ticketId, clock, differences }) => [`#${ticketId}`, clock, differences.join(', ')]),
          ),
          'baton verify --ticket N shows each of them.',
        ]),
  ].join('\n\n')
}

function describeTally(title: string, { agrees, explained, unexplained, notComparable }: AgreementTally): string {
  const rows = (list: AgreementTally['explained'], what: string) =>
    list.map(({ reason, count }) => [what, `${count}`, wordsOfReason(reason)])
  return [
    title,
    `To the minute: ${percent(agrees)}; unexplained: ${unexplained}`,
    ...(explained.length + notComparable.length === 0
      ? []
      : [table(['', 'CLOCKS', 'BECAUSE'], [...rows(explained, 'differ'), ...rows(notComparable, 'not compared')])]),
  ].join('\n')
}
