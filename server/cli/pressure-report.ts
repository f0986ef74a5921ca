import { writeInstant } from '../../core/escalation/write-instant.ts'
import type { PressureGroup, PressureReport, Speed } from '../../core/pressure/meter.ts'
import type { Spread } from '../../core/pressure/spread.ts'
import { percent } from '../../core/review/words.ts'
import { span } from './clocks-words.ts'
import { table } from './table.ts'

const MOST_ROWS = 15

export function describePressure(report: PressureReport): string {
  const { from, to, zone, all, byRevenue, definition, points, weeks, segments, customers, least, displaced, cases } =
    report
  if (all.n === 0) return `No escalation was asked for from ${writeInstant(from)} to ${writeInstant(to)}.`
  return [
    `Pressure, ${writeInstant(from)} to ${writeInstant(to)}: ${points10(all.value)} of 100, mean of ${all.n} escalations` +
      (byRevenue.value === null ? '' : `; ${points10(byRevenue.value)} weighted by revenue, known of ${byRevenue.n}`) +
      `\n${definition}`,
    table(
      ['POINTS', 'FOR', 'HOW MANY'],
      points.map(({ points: some, title, share }) => [`${some}`, title, percent(share)]),
    ),
    groups(`WEEK (${zone})`, weeks),
    groups('SEGMENT', segments),
    customers.length === 0
      ? `No customer has ${least} escalations or more.`
      : groups('CUSTOMER', customers.slice(0, MOST_ROWS)),
    describeSpeed(report),
    `Taken before older ones: ${displaced.jumps.length} times, past ${displaced.passedOver} that waited ` +
      `${span(displaced.longerMs)} longer in all; ${displaced.breached} of them had a clock used up meanwhile.`,
    ...(cases.length === 0 ? [] : [describeCases(report)]),
  ].join('\n\n')
}

function groups(title: string, rows: readonly PressureGroup[]): string {
  return table(
    [title, 'ESCALATIONS', 'POINTS', 'EXECUTIVE', 'TAKEN BEFORE OLDER ONES'],
    rows.map(({ name, n, value, executive, jumped }) => [
      ...[name ?? 'none named', `${n}`, points10(value)],
      ...[percent(executive), percent(jumped)],
    ]),
  )
}

function describeSpeed({ accept, firstReply }: PressureReport): string {
  const rows = accept
    .filter(({ speed: { under, without } }) => under.n + without.n > 0)
    .map(({ severity, speed }) => ['request to accept', severity ?? 'all', ...speedCells(speed)])
  const reply = ['creation to first reply', 'executive', ...speedCells(firstReply)]
  return [
    'Does pressure buy speed? (medians)',
    table(['FROM … TO', 'OF', 'UNDER PRESSURE', 'WITHOUT', 'FASTER'], [...rows, reply]),
  ].join('\n')
}

function speedCells({ under, without, isFaster }: Speed): string[] {
  return [spread(under), spread(without), isFaster === null ? 'unclear' : isFaster ? 'yes' : 'no, slower']
}

function spread({ n, medianMs, interval }: Spread): string {
  if (medianMs === null) return 'none'
  const between = interval === null ? '' : `, ${span(interval[0])} to ${span(interval[1])}`
  return `${span(medianMs)} (${n}${between})`
}

function describeCases({ cases }: PressureReport): string {
  const rows = cases
    .slice(0, MOST_ROWS)
    .map(({ escalationId, ticketId, score, points }) => [
      ...[escalationId, `#${ticketId}`, `${score}`],
      points.map(({ id, points: some }) => `${id} ${some}`).join(' + '),
    ])
  return ['The most pressed', table(['ESCALATION', 'TICKET', 'POINTS', 'MADE OF'], rows)].join('\n')
}

function points10(value: number | null): string {
  return value === null ? '-' : value.toFixed(1)
}
