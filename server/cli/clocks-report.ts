import type { ZendeskClock } from '../../core/clock/zendesk-sla.ts'
import type { ClockExplanation } from '../../core/contract/api.ts'
import { writeInstant } from '../../core/escalation/write-instant.ts'
import type { Instant } from '../../core/units.ts'
import type { ComparedClock, TicketClocks, ZendeskSide } from './clocks-gather.ts'
import { ourClock, sentenceOfDifference, span, zendeskClock } from './clocks-words.ts'
import { table } from './table.ts'

/** For people: Baton's clocks with the sentence that explains each, Zendesk's own, and where they differ. */
export function describeClocks(found: TicketClocks, isExplained: boolean): string {
  const { ticketId, escalation, asOf, clocks, zendesk } = found
  return [
    `Ticket ${ticketId}, ${escalation.id} (${escalation.stage}), as of ${writeInstant(asOf)}`,
    describeOurs(clocks, isExplained),
    describeZendesk(zendesk),
    ...describeComparisons(clocks),
  ].join('\n\n')
}

function describeOurs(clocks: ComparedClock[], isExplained: boolean): string {
  if (clocks.length === 0) return "Baton's clocks\nNone: the policy has no target for this escalation."
  const rows = clocks.map(({ view }) => [
    ourClock(view),
    view.state,
    span(view.targetMs),
    span(view.elapsedMs),
    when(view.breachedAt ?? view.deadline),
    view.schedule ?? 'every hour',
  ])
  return [
    "Baton's clocks",
    table(['CLOCK', 'STATE', 'TARGET', 'COUNTED', 'USED UP', 'SCHEDULE'], rows),
    ...clocks.flatMap(({ explanation }) => [
      '',
      explanation.sentence,
      ...(isExplained ? [describeStretches(explanation)] : []),
    ]),
  ].join('\n')
}

function describeStretches({ stretches }: ClockExplanation): string {
  const rows = stretches.map(({ from, to, kind, because }) => [
    when(from),
    when(to),
    span(Date.parse(to) - Date.parse(from)),
    kind + (because === null ? '' : ` (${because})`),
  ])
  return table(['FROM', 'TO', 'FOR', 'WHAT'], rows)
}

function describeZendesk({ source, trouble, clocks, shown, export: standing }: ZendeskSide): string {
  const title = source === 'zendesk' ? "Zendesk's own clocks" : "Zendesk's own clocks, from what was kept of its export"
  const rows = clocks.map((clock) => [
    zendeskClock(clock),
    clock.breachedAt === null ? clock.phase : `${clock.phase}, breached`,
    clock.target ? `${span(clock.target.targetMs)} ${clock.target.counts}` : 'none',
    span(clock.elapsedMs),
    writeOrDash(clock.breachedAt ?? clock.breachesAt),
    clock.target?.policy?.title ?? '-',
  ])
  return [
    title,
    ...(trouble === null ? [] : [trouble]),
    ...(EXPORT_TROUBLE[standing] ?? []),
    rows.length === 0
      ? 'None: Zendesk told of no metric of this ticket.'
      : table(['METRIC', 'STATE', 'TARGET', 'RAN', 'USED UP', 'SLA POLICY'], rows),
    ...shown.map(
      ({ metric, stage, leftMs }) =>
        `Agents see: ${metric.replaceAll('_', ' ')} ${stage}${leftMs === null ? '' : `, about ${span(leftMs)} left`}`,
    ),
  ].join('\n')
}

const EXPORT_TROUBLE: Partial<Record<ZendeskSide['export'], string[]>> = {
  denied: [
    "Zendesk gives its export of metric events to admins only, so none are kept. Make Baton's user an admin, with the scope",
    'read on its OAuth client; Zendesk is asked again every hour.',
  ],
  behind: [
    'The export of metric events has not been read to its end for 20 minutes; what was kept may lack the newest.',
  ],
}

function describeComparisons(clocks: ComparedClock[]): string[] {
  const lines = clocks.flatMap(({ view, zendesk }) => {
    if (!zendesk) return []
    const pair = `${ourClock(view)} and Zendesk's ${zendeskClock(zendesk)}`
    if (zendesk.agrees) return [`${pair}: used up in the same minute, or not at all.`]
    return [`${pair} differ:`, ...zendesk.differences.map((difference) => `  ${sentenceOfDifference(difference)}`)]
  })
  return lines.length === 0 ? [] : [['Side by side', ...lines].join('\n')]
}

/** For programs: the same, with instants in ISO 8601. The words of `what` are stable. */
export function listClocks({ ticketId, escalation, asOf, clocks, zendesk }: TicketClocks): object {
  return {
    ...{ ticketId, asOf: iso(asOf), escalation },
    clocks: clocks.map(({ view: { counting: _, ...view }, explanation: { id, ...explanation }, zendesk: beside }) => ({
      ...{ ...view, explanation },
      zendesk: beside && {
        ...beside,
        differences: beside.differences.map((one) => ({ ...isoDates(one), sentence: sentenceOfDifference(one) })),
      },
    })),
    zendesk: {
      ...{ source: zendesk.source, trouble: zendesk.trouble, export: zendesk.export },
      clocks: zendesk.clocks.map(zendeskListed),
      shown: zendesk.shown.map((one) => ({ ...one, breachAt: iso(one.breachAt) })),
    },
  }
}

function zendeskListed({ ran, target, ...clock }: ZendeskClock): object {
  return {
    ...isoDates(clock),
    target: target && { ...target, appliedAt: iso(target.appliedAt) },
    ran: ran.map(({ from, to }) => ({ from: iso(from), to: iso(to) })),
  }
}

const INSTANTS = [
  'since',
  'activatedAt',
  'breachedAt',
  'breachesAt',
  'fulfilledAt',
  'startedAt',
  'appliedAt',
  'heldSince',
]

/** `ours` and `theirs` are instants where what differs is the start. */
function isoDates(given: Record<string, unknown>): object {
  const names = given.what === 'start' ? [...INSTANTS, 'ours', 'theirs'] : INSTANTS
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      names.includes(name) && typeof value === 'number' ? iso(value) : value,
    ]),
  )
}

function when(instant: string | null): string {
  return writeOrDash(instant === null ? null : Date.parse(instant))
}

function writeOrDash(at: Instant | null): string {
  return at === null ? '-' : writeInstant(at)
}

function iso(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
