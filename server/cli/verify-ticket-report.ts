import type { ZendeskClock } from '../../core/clock/zendesk-sla.ts'
import { writeInstant } from '../../core/escalation/write-instant.ts'
import type { Instant } from '../../core/units.ts'
import type { ClockCheck, ClockFigures } from '../../core/verify/check-clocks.ts'
import type { PartDifference, ZendeskCheck } from '../../core/verify/check-zendesk.ts'
import type { TimingCheck } from '../../core/verify/timings.ts'
import { CHECK_REASONS, EVENT_TROUBLES, RECORD_REASONS } from '../../core/verify/words.ts'
import type { TicketVerification } from '../verify/verify-ticket.ts'
import { ourClock, sentenceOfDifference, span, zendeskClock } from './clocks-words.ts'
import { table } from './table.ts'

/** For people: each clock, step and figure of a ticket twice, and why the two differ where they do. */
export function describeVerification(found: TicketVerification): string {
  const { ticketId, asOf, escalations, updates, unexplained } = found
  const newer = updates.newer === 0 ? '' : `; ${updates.newer} of them are newer than the record and left out`
  return [
    `Ticket ${ticketId}${escalations.length > 0 ? `, ${escalations.join(', ')}` : ''}, as of ${writeInstant(asOf)}\n` +
      `${updates.all} updates read from Zendesk${newer}.`,
    describeClocks(found.clocks),
    ...(found.timings.length > 0 ? [describeTimings(found.timings)] : []),
    describeEvents(found),
    describeZendesk(found.zendesk),
    ...(found.pairs.length > 0 ? [describePairs(found)] : []),
    ...(found.native.length > 0 ? [describeNative(found)] : []),
    unexplained === 0 ? 'Nothing is unexplained.' : `${unexplained} unexplained: see above.`,
  ].join('\n\n')
}

function describeClocks(clocks: readonly ClockCheck[]): string {
  if (clocks.length === 0) return "Baton's clocks\nNone."
  const rows = clocks.map((clock) => [
    ourClock(clock),
    figures(clock.recorded),
    figures(clock.reread),
    clock.differences.length === 0 ? 'same' : clock.differences.map(({ figure }) => figure).join(', '),
  ])
  return [
    "Baton's clocks: by the record, and by the ticket's updates alone",
    table(['CLOCK', 'RECORD', 'UPDATES', 'DIFFERS IN'], rows),
    ...reasons(clocks.flatMap(({ differences }) => differences)),
  ].join('\n')
}

function figures(of: ClockFigures | null): string {
  if (!of) return 'none'
  const used = of.usedUpAt === null ? '' : `, ${of.isBreached ? 'breached' : 'due'} ${writeInstant(of.usedUpAt)}`
  return `${of.phase}, ${span(of.countedMs)} of ${span(of.targetMs)}${used}`
}

function reasons(differences: readonly { reason: keyof typeof RECORD_REASONS | null }[]): string[] {
  const words = differences.map(({ reason }) => (reason === null ? 'Unexplained.' : RECORD_REASONS[reason]))
  return [...new Set(words)]
}

function describeTimings(timings: readonly TimingCheck[]): string {
  const rows = timings.map(({ escalationId, step, recordedAt, rereadAt, afterMs, agrees }) => [
    escalationId,
    step.replaceAll('-', ' '),
    when(recordedAt),
    when(rereadAt),
    afterMs === null ? '-' : span(afterMs),
    agrees ? 'same' : 'differs',
  ])
  return [
    'Steps',
    table(['ESCALATION', 'STEP', 'RECORD', 'UPDATES', 'AFTER', ''], rows),
    ...reasons(timings.filter(({ agrees }) => !agrees)),
  ].join('\n')
}

function describeEvents({ events: { checked, troubles, mostLateMs } }: TicketVerification): string {
  return [
    `The record's events: ${checked} that name an update or a breach, ${troubles.length} of them not as Zendesk has it.`,
    ...troubles.map(
      ({ kind, at, trouble, detail }) => `  ${kind} at ${when(at)}: ${EVENT_TROUBLES[trouble]} (${detail})`,
    ),
    ...(mostLateMs > 0
      ? [`What fell due was noticed at most ${span(mostLateMs)} late; each event has its true instant.`]
      : []),
  ].join('\n')
}

function describeZendesk(checks: readonly ZendeskCheck[]): string {
  if (checks.length === 0) return "Zendesk's own clocks\nNone: Zendesk told of no metric of this ticket."
  const rows = checks.map((check) => [
    zendeskClock(check),
    summary(check.clock),
    check.verdict.replaceAll('-', ' '),
    check.countedBy === null ? '-' : `${check.countedBy.schedule}${check.countedBy.lastOnly ? ', as it is now' : ''}`,
  ])
  const why = Map.groupBy(
    checks.filter(({ reason }) => reason !== null),
    ({ reason }) => reason!,
  )
  const lines = [
    ...[...why].map(([reason, some]) => `${[...new Set(some.map(zendeskClock))].join(', ')}: ${CHECK_REASONS[reason]}`),
    ...checks.flatMap((check) => check.differences.map((one) => `${zendeskClock(check)}: ${tellPart(one)}`)),
  ]
  return [
    "Zendesk's own clocks, reckoned again by its rules from the updates",
    table(['METRIC', 'ZENDESK SAYS', 'RECKONED', 'BUSINESS TIME BY'], rows),
    ...lines,
  ].join('\n')
}

function summary({ phase, breachedAt, breachesAt, told }: ZendeskClock): string {
  const used = breachedAt ?? breachesAt
  return [
    phase,
    ...(used === null ? [] : [`${breachedAt === null ? 'due' : 'breached'} ${writeInstant(used)}`]),
    ...(told === null ? [] : [`${span(told.calendarMs)} in all`]),
  ].join(', ')
}

function tellPart({ part, theirs, ours }: PartDifference): string {
  const isSpan = part === 'calendar-time' || part === 'business-time'
  const tell = (value: string | number | null) =>
    typeof value !== 'number' ? (value ?? 'none') : isSpan ? span(value) : writeInstant(value)
  return `${part.replaceAll('-', ' ')}: Zendesk ${tell(theirs)}, reckoned ${tell(ours)}`
}

function describePairs({ pairs }: TicketVerification): string {
  const lines = pairs.flatMap((pair) => {
    const title = `${ourClock(pair)} and Zendesk's ${zendeskClock(pair)}`
    if (pair.verdict === 'agrees') return [`${title}: used up in the same minute, or not at all.`]
    return [`${title} differ, ${pair.verdict}:`, ...pair.differences.map((one) => `  ${sentenceOfDifference(one)}`)]
  })
  return ['Side by side', ...lines].join('\n')
}

function describeNative({ native }: TicketVerification): string {
  const rows = native.map(({ metric, theirs, ours, agrees }) => [
    metric.replaceAll('_', ' '),
    minutes(theirs),
    minutes(ours),
    agrees ? 'same' : 'differs',
  ])
  return [
    "Zendesk's ticket metrics, which count from the creation and are no SLA clocks (every hour)",
    table(['METRIC', 'ZENDESK', 'UPDATES', ''], rows),
  ].join('\n')
}

function minutes(value: number | null): string {
  return value === null ? '-' : `${value}m`
}

function when(at: Instant | null): string {
  return at === null ? '-' : writeInstant(at)
}
